/** The file that `estimate --areas` reads: one score and variance per akim. Form: test/fixtures/reference/areas.json. */
import { z } from 'zod';
import { adjustBenjaminiHochberg, adjustHolm, changeOf } from './comparison.ts';
import { name, optional, type FileFault } from './estimate-file.ts';
import {
  compareCohorts,
  stabiliseScores,
  type CohortComparison,
  type NoFit,
} from './random-effects.ts';
import { rankAkims, simultaneousQuantile } from './ranking.ts';

const variance = z.number().positive();

const area = z.object({
  akim: name,
  score: z.number(),
  variance,
  urban: optional(z.number()),
  elected: optional(
    z
      .union([z.literal(0), z.literal(1), z.boolean()], { error: 'must be 0 or 1' })
      .transform(Number),
  ),
  nextScore: optional(z.number()),
  nextVariance: optional(variance),
});

export type AreaLine = z.infer<typeof area>;

/**
 * Checks and reads a file of areas: akim, score, variance (> 0); urban, elected (0 or 1) and nextScore with nextVariance are
 * each given for every area or for none; other keys are ignored.
 * @returns the areas, or every fault with its row (from 1) and column
 * @example { areas: [{ akim: 'A', score: 60, variance: 0 }] } → faults: row 1, column variance
 */
export function readAreasFile(
  json: unknown,
): { readonly areas: readonly AreaLine[] } | { readonly faults: readonly FileFault[] } {
  const parsed = z.object({ areas: z.array(area).min(1) }).safeParse(json);
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.map(({ path, message }) => {
        const [, row, column] = path;
        return {
          ...(typeof row === 'number' ? { row: row + 1 } : {}),
          column: column === undefined ? 'areas' : String(column),
          reason: message,
        };
      }),
    };
  }
  const { areas } = parsed.data;
  const faults: FileFault[] = [];
  for (const column of ['urban', 'elected', 'nextScore', 'nextVariance'] as const) {
    const given = areas.filter((line) => line[column] !== undefined).length;
    if (given === 0 || given === areas.length) continue;
    areas.forEach((line, row) => {
      if (line[column] === undefined)
        faults.push({ row: row + 1, column, reason: 'missing here, given elsewhere' });
    });
  }
  return faults.length > 0 ? { faults } : { areas };
}

const failed = ({ reason }: NoFit) => ({ failed: reason });

function shrinkage(areas: readonly AreaLine[], covariate: 'urban' | null) {
  const fit = stabiliseScores(
    areas.map((line) => ({
      score: line.score,
      variance: line.variance,
      covariates: covariate === null ? [] : [line[covariate]!],
    })),
  );
  if ('kind' in fit) return failed(fit);
  // The reference gives one coefficient as a number, several as a list.
  const single = <T>(values: readonly T[]) => (values.length === 1 ? values[0] : values);
  return {
    model: covariate === null ? 'score ~ 1, REML' : `score ~ 1 + ${covariate}, REML`,
    tau2: fit.tau2,
    beta: single(fit.beta),
    betaSe: single(fit.betaStandardErrors),
    estimate: fit.stabilised.map(({ score }) => score),
    standardError: fit.stabilised.map(({ standardError }) => standardError),
  };
}

const cohortFigures = (cohort: CohortComparison) => ({
  model: 'score ~ 1 + elected, random effects REML, Knapp-Hartung',
  tau2: cohort.tau2,
  difference: cohort.difference,
  standardError: cohort.standardError,
  t: cohort.t,
  degreesOfFreedom: cohort.degreesOfFreedom,
  p: cohort.p,
  ci: cohort.interval,
});

function cohortOf(areas: readonly AreaLine[]) {
  const cohort = compareCohorts(areas.map((line) => ({ ...line, marked: line.elected === 1 })));
  return 'kind' in cohort ? failed(cohort) : cohortFigures(cohort);
}

function rankIntervals(areas: readonly AreaLine[], level: number) {
  const ranked = rankAkims(
    areas.map((line) => ({
      akim: line.akim,
      score: line.score,
      standardError: Math.sqrt(line.variance),
    })),
    level,
  );
  return {
    z: simultaneousQuantile(areas.length, level, Infinity),
    best: ranked.map(({ bestRank }) => bestRank),
    worst: ranked.map(({ worstRank }) => worstRank),
  };
}

function trend(areas: readonly AreaLine[]) {
  const tests = areas.map((line) =>
    changeOf(
      { score: line.score, standardError: Math.sqrt(line.variance) },
      { score: line.nextScore!, standardError: Math.sqrt(line.nextVariance!) },
    ),
  );
  const p = tests.map((test) => test.p);
  return {
    z: tests.map(({ z: statistic }) => statistic),
    p,
    holm: adjustHolm(p),
    benjaminiHochberg: adjustBenjaminiHochberg(p),
  };
}

/**
 * Every figure of the areas, in the form of `expected` in areas.json: stabilised scores, cohort comparison, joint rank
 * intervals, change with adjusted p-values. What the columns do not allow is left out; a model without a fit says why.
 * @param areas scores in points, variances in points²
 * @source METHODOLOGY §4–§5; the functions it calls name theirs
 * @example the areas of test/fixtures/reference/areas.json → its `expected`
 */
export function areasFigures(areas: readonly AreaLine[]) {
  const has = (column: keyof AreaLine) => areas[0]?.[column] !== undefined;
  return {
    shrinkage: shrinkage(areas, null),
    ...(has('urban') ? { shrinkageUrban: shrinkage(areas, 'urban') } : {}),
    ...(has('elected') ? { cohort: cohortOf(areas) } : {}),
    rankIntervals90: rankIntervals(areas, 0.9),
    rankIntervals95: rankIntervals(areas, 0.95),
    ...(has('nextScore') && has('nextVariance') ? { trend: trend(areas) } : {}),
  };
}
