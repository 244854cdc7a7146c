import { useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Methodology } from '@akimetr/api/contracts/methodologies';
import { scoreInterview, type ScoringPlan } from '@akimetr/api/domain/scoring';
import { formatScore } from '../../../lib/formats.ts';
import { localText } from '../../../lib/i18n.ts';
import { useLanguage } from '../model/working-language.ts';
import type { Doc } from '../model/document.ts';
import { Frame } from '../preview/Frame.tsx';
import { usePreview } from '../preview/use-preview.ts';
import { respondentIndex } from './respondent-index.ts';
import styles from './Scoring.module.css';

interface Props {
  doc: Doc;
  plan: ScoringPlan;
  methodology: Methodology | null;
}

/** The questionnaire to be answered, with the scores that the answers so far come to. */
export function LiveTest({ doc, plan, methodology }: Props) {
  const { t } = useTranslation('designer');
  const language = useLanguage();
  const { survey, given } = usePreview(doc, language);
  const answers = useSyncExternalStore(given.subscribe, given.get);
  const { items, indicators } = useMemo(() => scoreInterview(plan, answers), [plan, answers]);
  const index = methodology ? respondentIndex(methodology, indicators) : null;
  const names = new Map(
    methodology?.blocks.flatMap((block) =>
      block.indicators.map(({ code, name }) => [code, localText(name)] as const),
    ) ?? [],
  );
  const answered = items.filter(({ missing }) => missing !== 'unanswered');
  return (
    <>
      <h2>{t('scoring.test')}</h2>
      <p className={styles.index} role="status">
        {t('scoring.index')}: <strong>{formatScore(index)}</strong>
      </p>
      {index === null && methodology && <p className="soft">{t('scoring.noIndex')}</p>}
      <div className={styles.scores} role="group" aria-label={t('scoring.items')} tabIndex={0}>
        <table className={styles.answers}>
          <caption>{t('scoring.indicators')}</caption>
          <tbody>
            {Object.entries(indicators).map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{names.get(name) ?? name}</th>
                <td>{formatScore(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {answered.length > 0 && (
          <table className={styles.answers}>
            <caption>{t('scoring.items')}</caption>
            <tbody>
              {answered.map(({ name, score: value, missing }) => (
                <tr key={name}>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td>{missing === null ? formatScore(value) : t(`missing.${missing}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {survey ? (
        <Frame survey={survey} device="phone" label={t('preview.frame')} />
      ) : (
        <p role="alert">{t('preview.broken')}</p>
      )}
    </>
  );
}
