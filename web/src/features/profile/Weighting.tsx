import { Fragment } from 'react';
import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Profile } from '@akimetr/api/contracts/rankings';
import { formatCount, formatNumber, formatShare, noFigure } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { categoryWords, faultWords, variableWords } from '../../lib/weighting-words.ts';
import { Notice } from '../../ui/Notice.tsx';
import table from './IndicatorTable.module.css';
import styles from './Profile.module.css';

type Weights = NonNullable<Profile['weighting']>;

/** That the figures do not stand on calibrated weights although they should: for every reader. */
export function CalibrationNote({ profile: { calibration } }: { profile: Profile }) {
  const { t } = useTranslation('office');
  if (calibration !== 'base_weights' && calibration !== 'not_rated') return null;
  return (
    <div className={styles.section}>
      <Notice tone="warning" role="note">
        <p>{t(`estimation.outcome.${calibration}`)}</p>
      </Notice>
    </div>
  );
}

/** How the akim's interviews were weighted: method, spread of the weights, every margin before and after. */
export function Weighting({ weighting }: { weighting: Weights }) {
  const { t } = useTranslation(['office', 'common']);
  const { group, faults, margins, smallCells } = weighting;
  return (
    <section className={styles.section}>
      <Title order={2}>{t('estimation.profile.title')}</Title>
      <p className={styles.lead}>
        {t('estimation.profile.lead', {
          territory: localText(weighting.territoryName),
          akims: group.akims,
          interviews: group.interviews,
        })}
      </p>
      {faults.length > 0 && (
        <Notice tone="warning">
          <p>{t('estimation.outcome.why')}</p>
          <ul>
            {faults.map((fault) => (
              <li key={`${fault.code} ${fault.place}`}>{faultWords(t, fault)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Facts weighting={weighting} />
      {margins.length > 0 && <Margins margins={margins} />}
      {smallCells.length > 0 && (
        <div className={styles.section}>
          <Notice tone="warning">
            <p>{t('estimation.profile.small')}</p>
            <ul>
              {smallCells.map(({ variable, category, respondents, mergeWith }) => (
                <li key={`${variable} ${category}`}>
                  <SmallCell {...{ category, respondents, mergeWith }} />
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
    </section>
  );
}

function SmallCell({
  category,
  respondents,
  mergeWith,
}: Pick<Weights['smallCells'][number], 'category' | 'respondents' | 'mergeWith'>) {
  const { t } = useTranslation(['office', 'common']);
  const line = t('estimation.profile.smallLine', {
    category: categoryWords(t, category),
    count: respondents,
  });
  return (
    <>
      {mergeWith === null
        ? line
        : t('estimation.profile.merge', { line, other: categoryWords(t, mergeWith) })}
    </>
  );
}

/** A residual that is nothing but rounding is called so. */
const roundingShare = 1e-9;

function Facts({ weighting }: { weighting: Weights }) {
  const { t } = useTranslation('office');
  const { method, outcome, basis, ratio, effectiveN, designEffect, largestResidual } = weighting;
  const used = outcome === 'calibrated' ? method : 'none';
  const facts: [string, string | null][] = [
    [t('estimation.profile.method'), t(`estimation.methods.${used}`)],
    [t('estimation.profile.basis'), basis && t(`estimation.basis.${basis}`)],
    [t('estimation.profile.effective'), effectiveN === null ? null : formatNumber(effectiveN, 0)],
    [t('estimation.profile.effect'), designEffect === null ? null : formatNumber(designEffect, 2)],
    [
      t('estimation.profile.ratio'),
      ratio &&
        t('estimation.profile.ratioValue', {
          least: formatNumber(ratio.least, 2),
          median: formatNumber(ratio.median, 2),
          greatest: formatNumber(ratio.greatest, 2),
        }),
    ],
    ...(outcome === 'calibrated'
      ? ([
          [t('estimation.profile.iterations'), formatCount(weighting.iterations)],
          [
            t('estimation.profile.residual'),
            largestResidual === null || largestResidual > roundingShare
              ? formatShare(largestResidual ?? 0)
              : t('estimation.profile.residualNone'),
          ],
        ] as [string, string][])
      : []),
    [t('estimation.profile.trimmed'), formatCount(weighting.trimmed)],
  ];
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd className="numeric">{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}

function Margins({ margins }: { margins: Weights['margins'] }) {
  const { t } = useTranslation(['office', 'common']);
  const variables = [...new Set(margins.map(({ variable }) => variable))];
  return (
    <div className={`${table.frame} ${styles.block}`}>
      <table className={table.table}>
        <caption className="visually-hidden">{t('estimation.profile.margins')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('estimation.profile.margins')}</th>
            <th scope="col" className={table.right}>
              {t('estimation.profile.target')}
            </th>
            <th scope="col" className={table.right}>
              {t('estimation.profile.before')}
            </th>
            <th scope="col" className={table.right}>
              {t('estimation.profile.after')}
            </th>
            <th scope="col" className={`${table.right} ${table.wide}`}>
              {t('rankings.columns.n')}
            </th>
          </tr>
        </thead>
        {variables.map((variable) => (
          <tbody key={variable}>
            <tr>
              <th scope="rowgroup" colSpan={5} className={table.block}>
                {variableWords(t, variable)}
              </th>
            </tr>
            <MarginRows lines={margins.filter((line) => line.variable === variable)} />
          </tbody>
        ))}
      </table>
    </div>
  );
}

function MarginRows({ lines }: { lines: Weights['margins'] }) {
  const { t } = useTranslation(['office', 'common']);
  const total = (of: 'target' | 'before' | 'after') =>
    lines.reduce((sum, line) => sum + line[of], 0);
  const sums = { target: total('target'), before: total('before'), after: total('after') };
  const share = (line: Weights['margins'][number], of: 'target' | 'before' | 'after') =>
    sums[of] > 0 ? formatShare(line[of] / sums[of]) : noFigure;
  return lines.map((line) => (
    <tr key={line.category}>
      <th scope="row">{categoryWords(t, line.category)}</th>
      <td className={table.right}>{share(line, 'target')}</td>
      <td className={table.right}>{share(line, 'before')}</td>
      <td className={table.right}>{share(line, 'after')}</td>
      <td className={`${table.right} ${table.wide}`}>{formatCount(line.respondents)}</td>
    </tr>
  ));
}
