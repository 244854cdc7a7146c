import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listMethodologies } from '@akimetr/api/contracts/methodologies';
import type { Comparability } from '@akimetr/api/contracts/questionnaire-diff';
import { useApi } from '../../../lib/api-hooks.ts';
import { localText } from '../../../lib/i18n.ts';
import styles from './Versions.module.css';

const gravity = { not_comparable: 0, check: 1, comparable: 2 } as const;

interface Props {
  indicators: readonly Comparability[];
}

/** Whether each indicator's scores may be compared across the two texts, the gravest first, with every reason. */
export function Verdicts({ indicators }: Props) {
  const { t } = useTranslation('designer');
  const names = useIndicatorNames();
  const ordered = [...indicators].sort(
    (one, other) => gravity[one.verdict] - gravity[other.verdict],
  );
  return (
    <>
      <h3>{t('versions.comparability')}</h3>
      {ordered.length === 0 && <p>{t('versions.noIndicators')}</p>}
      <ul className={styles.verdicts}>
        {ordered.map(({ indicator, verdict, reasons }) => (
          <li key={indicator} data-verdict={verdict}>
            <strong>{names.get(indicator) ?? indicator}</strong> — {t(`verdicts.${verdict}`)}
            {reasons.length > 0 && (
              <ul>
                {byQuestion(reasons).map(([question, found]) => (
                  <li key={question}>
                    <code>{question}</code>:{' '}
                    {found
                      .map(({ kind, languages }) =>
                        languages.length > 0
                          ? `${t(`changes.${kind}`)} (${languages.join(', ')})`
                          : t(`changes.${kind}`),
                      )
                      .filter((words, place, all) => all.indexOf(words) === place)
                      .join('; ')}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

type Reasons = Comparability['reasons'];

function byQuestion(reasons: Reasons): [string, Reasons][] {
  const questions = new Map<string, Reasons>();
  for (const reason of reasons) {
    questions.set(reason.question, [...(questions.get(reason.question) ?? []), reason]);
  }
  return [...questions];
}

/** Indicator → its name in the newest methodology that has it; nothing where none was published. */
function useIndicatorNames(): ReadonlyMap<string, string> {
  const { data } = useApi(listMethodologies, {});
  return useMemo(
    () =>
      new Map(
        [...(data?.methodologies ?? [])]
          .reverse()
          .flatMap(({ methodology }) =>
            methodology.blocks.flatMap(({ indicators }) =>
              indicators.map(({ code, name }) => [code, localText(name)] as const),
            ),
          ),
      ),
    [data],
  );
}
