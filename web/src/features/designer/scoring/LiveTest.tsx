import { useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Methodology } from '@akimetr/api/contracts/methodologies';
import { scoreInterview, type ItemScore, type ScoringPlan } from '@akimetr/api/domain/scoring';
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
  return (
    <>
      <div className={styles.board}>
        <h2>{t('scoring.test')}</h2>
        <p className={styles.index} role="status">
          {t('scoring.index')}: <strong>{formatScore(index)}</strong>
        </p>
        {index === null && methodology && <p className={styles.soft}>{t('scoring.noIndex')}</p>}
        <Scores plan={plan} items={items} indicators={indicators} names={names} />
      </div>
      {survey ? (
        <Frame survey={survey} device="phone" label={t('preview.frame')} />
      ) : (
        <p role="alert">{t('preview.broken')}</p>
      )}
    </>
  );
}

interface ScoresProps {
  plan: ScoringPlan;
  items: readonly ItemScore[];
  indicators: Readonly<Record<string, number | null>>;
  /** Indicator → its name in the methodology. */
  names: ReadonlyMap<string, string>;
}

/** Each indicator with its answered items under it; what the last answer changed is marked and in sight. */
function Scores({ plan, items, indicators, names }: ScoresProps) {
  const { t } = useTranslation('designer');
  const box = useRef<HTMLDivElement>(null);
  const changed = useChanged(items);
  useLayoutEffect(() => {
    const around = box.current;
    const row = around?.querySelector('[data-changed]');
    if (!around || !row) return;
    // Not scrollIntoView: that would move the questionnaire under the finger, too.
    const [outer, inner] = [around.getBoundingClientRect(), row.getBoundingClientRect()];
    around.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  }, [changed]);
  return (
    <div
      ref={box}
      className={styles.scores}
      role="group"
      aria-label={t('scoring.scores')}
      tabIndex={0}
    >
      <table className={styles.answers}>
        {plan.indicators.map(({ name, items: places }) => (
          <tbody key={name}>
            <tr>
              <th scope="rowgroup">{names.get(name) ?? name}</th>
              <td>{formatScore(indicators[name] ?? null)}</td>
            </tr>
            {places.map((place) => {
              const { name: item, score, missing } = items[place]!;
              return missing === 'unanswered' ? null : (
                <tr
                  key={item}
                  className={styles.item}
                  data-changed={changed.has(item) || undefined}
                >
                  <th scope="row">
                    <code>{item}</code>
                  </th>
                  <td>{missing === null ? formatScore(score) : t(`missing.${missing}`)}</td>
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Names of the items whose scores the last change of any made otherwise. */
function useChanged(items: readonly ItemScore[]): ReadonlySet<string> {
  const [last, setLast] = useState({ items, changed: new Set<string>() });
  if (items === last.items) return last.changed;
  const before = new Map(last.items.map((item) => [item.name, item]));
  const changed = items.filter(({ name, score, missing }) => {
    const was = before.get(name);
    return was?.score !== score || was.missing !== missing;
  });
  const next = changed.length > 0 ? new Set(changed.map(({ name }) => name)) : last.changed;
  setLast({ items, changed: next });
  return next;
}
