import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { locales } from '@akimetr/api/contracts/common';
import type { Locale } from '@akimetr/api/contracts/common';
import {
  completenessOf,
  missingLanguages,
  textsOf,
  type QuestionnaireText,
} from '@akimetr/api/domain/questionnaire-texts';
import { localeNames } from '../../../lib/i18n.ts';
import { keyOf, type Path } from '../model/document.ts';
import { useAim, useDesignerStore, useDoc } from '../model/designer-store.ts';
import { useTextName } from '../../../lib/text-name.ts';
import { branchAt, pathOfText } from './text-place.ts';
import { TextRow } from './TextRow.tsx';
import { Translators } from './Translators.tsx';
import fields from '../Fields.module.css';
import styles from './Languages.module.css';

const quietMs = 300;

type Filter = 'all' | 'missing' | Locale;

/** Every text that the questionnaire shows, in three languages side by side. */
export function LanguagesTab() {
  const { t } = useTranslation(['designer', 'office']);
  const store = useDesignerStore();
  const [, setParams] = useSearchParams();
  const doc = useDoc();
  // Which texts there are is looked up when typing pauses; each row shows what is typed at once.
  const [later] = useDebouncedValue(doc, quietMs);
  const texts = useMemo(() => textsOf(later), [later]);
  const complete = useMemo(() => completenessOf(texts), [texts]);
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim().toLocaleLowerCase());
  const [filter, setFilter] = useState<Filter>('all');
  // What was missing when the filter was chosen stays in sight while it is being written.
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const choose = (next: Filter) => {
    setFilter(next);
    setKept(new Set(texts.filter((text) => isMissing(text, next)).map(({ key }) => key)));
  };
  const shown = useMemo(
    () =>
      texts.filter((text) => (kept.has(text.key) || isMissing(text, filter)) && says(text, wanted)),
    [texts, kept, filter, wanted],
  );
  // The first rows at once, hundreds more behind them without making anybody wait.
  const most = useDeferredValue(Infinity, 40);
  // The same elements while somebody types: each row follows its text by itself.
  const nameOf = useTextName();
  const go = useCallback(
    (path: Path) => {
      store.select(branchAt(store.doc(), path)?.path ?? []);
      setParams({ tab: 'structure' });
    },
    [store, setParams],
  );
  const whole = t('office:questionnaires.whole');
  const aim = useAim();
  const asked = aim && keyOf(aim);
  const rows = useMemo(
    () =>
      shown.slice(0, most).map((text) => {
        const pathKey = keyOf(pathOfText(text));
        return (
          <TextRow
            key={text.key}
            pathKey={pathKey}
            name={text.question ?? text.page ?? whole}
            what={nameOf(text.property)}
            needed={text.needed}
            onGo={go}
            aim={pathKey === asked ? aim : null}
          />
        );
      }),
    [shown, most, whole, nameOf, go, asked, aim],
  );
  return (
    <div className={styles.languages}>
      <div className={styles.bar}>
        <input
          type="search"
          className={styles.search}
          aria-label={t('languages.search')}
          placeholder={t('languages.search')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <label className={styles.filter}>
          <span>{t('languages.filter')}</span>
          <select
            className={fields.select}
            value={filter}
            onChange={({ target }) => choose(target.value as Filter)}
          >
            <option value="all">{t('languages.all')}</option>
            <option value="missing">{t('languages.missing')}</option>
            {locales.map((language) => (
              <option key={language} value={language}>
                {t('languages.missingIn', { language: localeNames[language] })}
              </option>
            ))}
          </select>
        </label>
        <span role="status" className={styles.count}>
          {t('languages.shown', { shown: shown.length, of: texts.length })}
        </span>
        <Translators texts={texts} />
      </div>
      <div className={styles.grid} role="table" aria-label={t('languages.grid')}>
        <div role="row" className={styles.head}>
          <span role="columnheader">{t('languages.place')}</span>
          {locales.map((language) => (
            <span key={language} role="columnheader" lang={language}>
              {localeNames[language]}{' '}
              <span className={styles.done} data-whole={isWhole(complete[language]) || undefined}>
                {t('languages.done', complete[language])}
              </span>
            </span>
          ))}
        </div>
        {rows}
      </div>
      {shown.length === 0 && (
        <p className={styles.none}>
          {t(filter === 'all' || wanted !== '' ? 'languages.none' : 'languages.nothingMissing')}
        </p>
      )}
    </div>
  );
}

const isWhole = ({ done, of }: { done: number; of: number }) => done === of;

function isMissing(text: QuestionnaireText, filter: Filter): boolean {
  if (filter === 'all') return true;
  const missing = missingLanguages(text);
  return filter === 'missing' ? missing.length > 0 : missing.includes(filter);
}

/** Whether a name or a text in any language has the words that are looked for. */
const says = ({ question, page, property, texts, plain }: QuestionnaireText, words: string) =>
  words === '' ||
  [question, page, property, plain, ...Object.values(texts)].some((text) =>
    text?.toLocaleLowerCase().includes(words),
  );
