import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { locales } from '@akimetr/api/contracts/common';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import { formatNumber } from '../../../lib/formats.ts';
import { localeNames } from '../../../lib/i18n.ts';
import { useDesignerStore } from '../model/designer-store.ts';
import type { Path } from '../model/document.ts';
import { anyText, flatOf, outlineOf } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import { FindingLines } from './FindingLines.tsx';
import { CheckContext, gravestFirst, type Checked } from './use-findings.ts';
import styles from './Check.module.css';

/** Everything found in the draft, place by place; each leads to where it is mended. */
export function CheckTab() {
  const { t } = useTranslation('designer');
  const state = useContext(CheckContext);
  return (
    <div className={styles.check}>
      {typeof state === 'string' ? (
        <p role="status" className={styles.sum}>
          {t(`check.${state}`)}
        </p>
      ) : (
        <Found {...state} />
      )}
    </div>
  );
}

function Found({ findings, minutes, server }: Checked) {
  const { t } = useTranslation(['designer', 'office']);
  const store = useDesignerStore();
  const language = useLanguage();
  const [, setParams] = useSearchParams();
  const places = byPlace(findings);
  const branches = flatOf(outlineOf(store.doc()));
  const go = (path: Path) => {
    store.select(path);
    setParams({ tab: 'structure' });
  };
  const count = (severity: QuestionnaireFault['severity']) =>
    findings.filter((one) => one.severity === severity).length;
  return (
    <>
      <p role="status" className={styles.sum}>
        {t('check.sum', {
          errors: count('error'),
          warnings: count('warning'),
          notes: count('note'),
        })}
        {server !== 'told' && (
          <span className={styles.server}> · {t(server ? 'check.unreached' : 'check.asking')}</span>
        )}
      </p>
      <ReadingTimes minutes={minutes} />
      {[...places].map(([name, found]) => {
        const branch = name === '' ? undefined : branches.find((one) => one.name === name);
        const path = name === '' ? [] : branch?.path;
        const title = branch && anyText(branch.element.title, language);
        const words = name === '' ? t('office:questionnaires.whole') : (title ?? name);
        return (
          <section key={name}>
            <h2>
              {path ? (
                <button type="button" onClick={() => go(path)}>
                  {words}
                </button>
              ) : (
                words
              )}
              {branch && <code>{name}</code>}
            </h2>
            <FindingLines findings={found} />
          </section>
        );
      })}
    </>
  );
}

/** How long it takes to read the draft aloud, in each language. */
function ReadingTimes({ minutes }: Pick<Checked, 'minutes'>) {
  const { t } = useTranslation('designer');
  return (
    <p className="soft">
      {t('check.reading')}{' '}
      {locales
        .map((locale) =>
          t('check.minutes', {
            language: localeNames[locale],
            minutes: formatNumber(minutes[locale], 1),
          }),
        )
        .join(' · ')}
    </p>
  );
}

/** Name of question or page → its findings, the gravest first; '' for the whole. */
function byPlace(findings: readonly QuestionnaireFault[]): Map<string, QuestionnaireFault[]> {
  const places = new Map<string, QuestionnaireFault[]>();
  for (const finding of gravestFirst(findings)) {
    const name = finding.question ?? finding.page ?? '';
    places.set(name, [...(places.get(name) ?? []), finding]);
  }
  return places;
}
