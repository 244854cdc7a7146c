import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { locales } from '@akimetr/api/contracts/common';
import { localeNames } from '../../../lib/i18n.ts';
import { useDesigner, useDesignerStore } from '../model/designer-store.ts';
import { getAt, pathOf } from '../model/document.ts';
import { mainLanguageOf } from '@akimetr/api/domain/questionnaire-texts';
import { textIn } from '../model/outline.ts';
import { useTextName } from './text-name.ts';
import { branchAt, withTextAt } from './text-place.ts';
import styles from './Languages.module.css';

interface Props {
  pathKey: string;
  question: string | null;
  page: string | null;
  property: string;
  /** Whether it must stand in every language. */
  needed: boolean;
}

/** One text in three languages; it follows the document by itself, so that typing shows this row alone anew. */
export const TextRow = memo(function TextRow({ pathKey, question, page, property, needed }: Props) {
  const { t } = useTranslation(['designer', 'office']);
  const store = useDesignerStore();
  const [, setParams] = useSearchParams();
  const path = pathOf(pathKey);
  const value = useDesigner(({ present }) => getAt(present.doc, path));
  const main = useDesigner(({ present }) => mainLanguageOf(present.doc));
  const name = question ?? page ?? t('office:questionnaires.whole');
  const what = useTextName()(property);
  const go = () => {
    store.select(branchAt(store.doc(), path)?.path ?? []);
    setParams({ tab: 'structure' });
  };
  return (
    <div role="row" className={styles.row}>
      <div role="rowheader" className={styles.place}>
        <button type="button" onClick={go}>
          {name}
        </button>
        <span>{what}</span>
      </div>
      {locales.map((language) => {
        const plain = typeof value === 'string' ? value : textIn(value, 'default');
        const text = typeof value === 'string' ? '' : (textIn(value, language) ?? '');
        return (
          <div key={language} role="cell">
            <textarea
              lang={language}
              rows={1}
              aria-label={`${name}, ${what}, ${localeNames[language]}`}
              data-missing={(needed && text === '') || undefined}
              placeholder={plain ?? undefined}
              value={text}
              onChange={({ target }) =>
                store.change(
                  withTextAt(store.doc(), path, language, target.value, main),
                  JSON.stringify([...path, language]),
                )
              }
            />
          </div>
        );
      })}
    </div>
  );
});
