import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionRef } from '@akimetr/api/contracts/common';
import { listMethodologies, type MethodologyVersion } from '@akimetr/api/contracts/methodologies';
import { questionsOf } from '@akimetr/api/domain/questionnaire-json';
import { compileScoring } from '@akimetr/api/domain/scoring';
import { useApi } from '../../../lib/api-hooks.ts';
import { localText } from '../../../lib/i18n.ts';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../../ui/TableSkeleton.tsx';
import { useDoc, useSelectedKey } from '../model/designer-store.ts';
import { flatOf, outlineOf } from '../model/outline.ts';
import { Importances } from './Importances.tsx';
import { withImportances, type Percentages } from './importances.ts';
import { IndicatorTree } from './IndicatorTree.tsx';
import { QuestionScoring } from './QuestionScoring.tsx';
import styles from './Scoring.module.css';

const LiveTest = lazy(() =>
  import('./LiveTest.tsx').then(({ LiveTest: Test }) => ({ default: Test })),
);

const keyOf = ({ code, version }: VersionRef) => `${code}@${version}`;

const nextVersionOf = (code: string, versions: readonly MethodologyVersion[]): number =>
  versions
    .filter(({ methodology }) => methodology.code === code)
    .reduce((most, { methodology }) => Math.max(most, methodology.version), 0) + 1;

/** Which question tells about which indicator and how answers become scores, tried out as it is written. */
export function ScoringTab() {
  const { t } = useTranslation('designer');
  const doc = useDoc();
  const later = useDeferredValue(doc);
  const selected = useSelectedKey();
  const [wanted, setWanted] = useState('');
  const [testing, setTesting] = useState(false);
  const { data, error, refetch } = useApi(listMethodologies, {});
  const versions = data?.methodologies ?? [];
  const [edited, setEdited] = useState<Percentages | null>(null);
  const published =
    (versions.find((one) => keyOf(one.methodology) === wanted) ?? versions[0])?.methodology ?? null;
  const methodology = useMemo(
    () => (published && edited ? withImportances(published, edited) : published),
    [published, edited],
  );
  const choose = (key: string) => {
    setWanted(key);
    setEdited(null);
  };
  const questions = useMemo(
    () =>
      flatOf(outlineOf(doc)).filter(
        ({ kind, type }) => kind === 'question' && type !== 'html' && type !== 'image',
      ),
    [doc],
  );
  const all = useMemo(() => questionsOf(doc).map(({ question }) => question), [doc]);
  const { plan, faults } = useMemo(() => {
    const indicators = methodology?.blocks.flatMap((block) =>
      block.indicators.map(({ code, minimumItems }) => ({ name: code, minimumItems })),
    );
    return compileScoring(later, indicators ? { indicators } : {});
  }, [later, methodology]);
  const branch = questions.find(({ key }) => key === selected) ?? questions[0];
  const faultsOf = useMemo(() => {
    const byQuestion = new Map<string, string[]>();
    for (const { question, reason } of faults) {
      byQuestion.set(question, [...(byQuestion.get(question) ?? []), reason]);
    }
    return byQuestion;
  }, [faults]);
  return (
    <div className={styles.columns}>
      <section className={styles.tree} aria-label={t('scoring.tree')}>
        <ProblemNotice error={error} onRetry={() => void refetch()} />
        <label className={styles.field}>
          <span>{t('scoring.methodology')}</span>
          <select
            value={methodology ? keyOf(methodology) : ''}
            onChange={({ target }) => choose(target.value)}
          >
            {versions.length === 0 && <option value="">{t('scoring.noMethodology')}</option>}
            {versions.map(({ methodology: { code, version, name } }) => (
              <option key={keyOf({ code, version })} value={keyOf({ code, version })}>
                {localText(name)} ({version})
              </option>
            ))}
          </select>
        </label>
        {published && (
          <Importances
            methodology={published}
            nextVersion={nextVersionOf(published.code, versions)}
            edited={edited}
            onChange={setEdited}
            onPublished={(made) => choose(keyOf(made))}
          />
        )}
        <IndicatorTree
          edited={edited}
          onImportance={(code, percentage) =>
            setEdited((now) => now && new Map(now).set(code, percentage))
          }
          methodology={methodology}
          questions={questions}
          chosen={branch?.key ?? ''}
          faultsOf={faultsOf}
        />
      </section>
      <section className={styles.middle} aria-label={t('scoring.question')}>
        {branch ? (
          <QuestionScoring
            key={branch.key}
            branch={branch}
            all={all}
            methodology={methodology}
            faults={faultsOf.get(branch.name) ?? []}
          />
        ) : (
          <p>{t('scoring.noQuestion')}</p>
        )}
      </section>
      <section className={styles.test} aria-label={t('scoring.test')}>
        {testing ? (
          <Suspense fallback={<TableSkeleton />}>
            <LiveTest doc={later} plan={plan} methodology={methodology} />
          </Suspense>
        ) : (
          <>
            <h2>{t('scoring.test')}</h2>
            <p className="soft">{t('scoring.testLead')}</p>
            <button type="button" className={styles.start} onClick={() => setTesting(true)}>
              {t('scoring.testStart')}
            </button>
          </>
        )}
      </section>
    </div>
  );
}
