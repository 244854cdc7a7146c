import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from 'survey-core';
import type { Locale } from '@akimetr/api/contracts/common';
import { listMethodologies } from '@akimetr/api/contracts/methodologies';
import type { ScoringPlan } from '@akimetr/api/domain/scoring';
import { useApi } from '../../../lib/api-hooks.ts';
import { formatScore } from '../../../lib/formats.ts';
import { localText } from '../../../lib/i18n.ts';
import { useDraft } from '../draft/draft-context.ts';
import type { Scenario } from '@akimetr/api/contracts/questionnaire-drafts';
import type { Doc } from '../model/document.ts';
import { courseOf, holds, replay, type ScenarioResult } from './preview-survey.ts';
import styles from './Preview.module.css';

interface Props {
  doc: Doc;
  plan: ScoringPlan;
  survey: Model;
  language: Locale;
  onOpen: (answers: Readonly<Record<string, unknown>>) => void;
}

/** Recorded respondents: whether the draft still asks and scores them the same and ends with them where it did. */
export function Scenarios({ doc, plan, survey, language, onOpen }: Props) {
  const { t } = useTranslation('designer');
  const { scenarios, setScenarios } = useDraft();
  const [name, setName] = useState('');
  const results = useMemo(
    () => scenarios.map((scenario) => replay(doc, plan, scenario)),
    [doc, plan, scenarios],
  );
  const recorded = (called: string): Scenario => {
    const answers = structuredClone(survey.data as Record<string, unknown>);
    const { asked, scores, stuck } = courseOf(survey, plan);
    return {
      name: called,
      language,
      answers,
      expected: { asked: [...asked], scores: { ...scores }, stuck: [...stuck] },
    };
  };
  const put = (place: number, next: Scenario | null) =>
    setScenarios(scenarios.flatMap((one, at) => (at === place ? (next ?? []) : one)));
  return (
    <section className={styles.scenarios} aria-label={t('scenarios.title')}>
      <h2>{t('scenarios.title')}</h2>
      <p className="soft">{t('scenarios.lead')}</p>
      <form
        className={styles.record}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          setScenarios([...scenarios, recorded(name.trim())]);
          setName('');
        }}
      >
        <input
          aria-label={t('scenarios.name')}
          placeholder={t('scenarios.name')}
          maxLength={200}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <button type="submit" disabled={name.trim() === ''}>
          {t('scenarios.record')}
        </button>
      </form>
      <ul>
        {scenarios.map((scenario, place) => {
          const result = results[place]!;
          return (
            <li key={`${place} ${scenario.name}`}>
              <p className={styles.outcome} data-holds={holds(result)}>
                <strong>{scenario.name}</strong>{' '}
                <span>{t(holds(result) ? 'scenarios.holds' : 'scenarios.fails')}</span>
              </p>
              <Differences result={result} />
              <div className={styles.buttons}>
                <button type="button" onClick={() => onOpen(scenario.answers)}>
                  {t('scenarios.show')}
                </button>
                {!holds(result) && (
                  <button type="button" onClick={() => put(place, accepted(scenario, result))}>
                    {t('scenarios.accept')}
                  </button>
                )}
                <button
                  type="button"
                  aria-label={t('scenarios.delete', { name: scenario.name })}
                  onClick={() => put(place, null)}
                >
                  ×
                </button>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The scenario with what the draft now does as what is expected of it. */
function accepted(scenario: Scenario, result: ScenarioResult): Scenario {
  const before = scenario.expected ?? { asked: [], scores: {}, stuck: [] };
  const without = (names: readonly string[], taken: readonly string[]) =>
    names.filter((name) => !taken.includes(name));
  const asked = [...without(before.asked, result.gone), ...result.added];
  const stuck = [...without(before.stuck, result.freed), ...result.stuck];
  const scores = { ...before.scores };
  for (const { indicator, now } of result.rescored) scores[indicator] = now;
  return { ...scenario, expected: { asked, scores, stuck } };
}

/** More names than these say no more than their number. */
const mostNames = 8;

function Differences({ result }: { result: ScenarioResult }) {
  const { t } = useTranslation('designer');
  const { data } = useApi(listMethodologies, {});
  if (holds(result)) return null;
  const listed = (names: readonly string[]) =>
    names.length <= mostNames
      ? names.join(', ')
      : t('scenarios.more', {
          names: names.slice(0, mostNames).join(', '),
          count: names.length - mostNames,
        });
  const indicators = data?.methodologies.flatMap(({ methodology }) =>
    methodology.blocks.flatMap((block) => block.indicators),
  );
  const nameOf = (indicator: string) => {
    const known = indicators?.find(({ code }) => code === indicator);
    return known ? localText(known.name) : indicator;
  };
  return (
    <ul className={styles.differences}>
      {(['added', 'gone', 'stuck', 'freed'] as const).map(
        (kind) =>
          result[kind].length > 0 && (
            <li key={kind}>{t(`scenarios.${kind}`, { names: listed(result[kind]) })}</li>
          ),
      )}
      {result.rescored.map(({ indicator, before, now }) => (
        <li key={indicator}>
          {t('scenarios.rescored', {
            indicator: nameOf(indicator),
            before: formatScore(before),
            now: formatScore(now),
          })}
        </li>
      ))}
    </ul>
  );
}
