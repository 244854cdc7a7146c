/**
 * The engine beside a second one, written from METHODOLOGY §2–§3 in the plainest way: a row at a time, dense matrices, raking
 * by iterative proportional fitting. Slow and simple, so that a slip of the fast one shows.
 */
import { estimateGroup, indexScore, type GroupRow } from '@akimetr/api/domain/estimation';
import { trimWeights } from '@akimetr/api/domain/trimming';
import { randomStream, type RandomStream } from '@akimetr/api/domain/random';
import type { CalibrationSpec, TrimSpec } from '@akimetr/api/domain/weighting';

const K = 3;
const variables = { sex: ['f', 'm'], age: ['18-29', '30-59', '60+'] } as const;
type Variable = keyof typeof variables;
type LonelyRule = 'adjust' | 'average' | 'certainty';

interface Design {
  readonly rows: readonly GroupRow[];
  readonly calibration: CalibrationSpec;
  readonly lonelyPsu: LonelyRule;
  readonly finitePopulation: boolean;
  readonly trim?: TrimSpec;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Totals that can be met: of weights that differ from the base weights by a factor for each category. */
function reachableTotals(
  rows: readonly GroupRow[],
  used: readonly Variable[],
  random: RandomStream,
) {
  const factors = Object.fromEntries(
    used.flatMap((variable) =>
      variables[variable].map((category) => [
        `${variable} ${category}`,
        0.8 + 0.5 * random.uniform(),
      ]),
    ),
  );
  const factorOf = (row: GroupRow) =>
    used.reduce((f, variable) => f * factors[`${variable} ${row.categories![variable]}`], 1);
  return Object.fromEntries(
    used.map((variable) => [
      variable,
      Object.fromEntries(
        variables[variable]
          .map((category) => {
            const own = rows.filter((row) => row.categories![variable] === category);
            return [category, sum(own.map((row) => row.baseWeight * factorOf(row)))] as const;
          })
          .filter(([, total]) => total > 0),
      ),
    ]),
  );
}

function randomDesign(random: RandomStream): Design {
  const akims = 1 + random.integer(3);
  const strata = 1 + random.integer(4);
  const constantWeights = random.uniform() < 0.2;
  const rows: GroupRow[] = [];
  for (let h = 0; h < strata; h += 1) {
    // At least one stratum has two clusters; the others may be lonely.
    const clusters = h === 0 ? 2 + random.integer(3) : 1 + random.integer(4);
    for (let c = 0; c < clusters; c += 1) {
      for (let i = 1 + random.integer(5); i > 0; i -= 1) {
        rows.push({
          akim: `A${(h + (random.uniform() < 0.2 ? 1 : 0)) % akims}`,
          stratum: `s${h}`,
          cluster: `${c}`, // names repeat between strata
          baseWeight: constantWeights ? 20 : 5 + 30 * random.uniform(),
          scores: Array.from({ length: K }, () =>
            random.uniform() < 0.2 ? null : 25 * random.integer(5),
          ),
          categories: {
            sex: variables.sex[random.integer(2)],
            age: variables.age[random.integer(3)],
          },
          clustersInPopulation: 4 + h, // some strata are drawn whole
        });
      }
    }
  }
  const used: Variable[] = random.uniform() < 0.5 ? ['sex', 'age'] : ['age'];
  const totals = reachableTotals(rows, used, random);
  const methods: CalibrationSpec[] = [
    { method: 'none' },
    { method: 'poststratify', variable: 'age', totals: totals.age },
    { method: 'rake', margins: totals },
    { method: 'logit', bounds: [0.2, 4], margins: totals },
  ];
  return {
    rows,
    calibration: methods[random.integer(methods.length)],
    lonelyPsu: (['adjust', 'average', 'certainty'] as const)[random.integer(3)],
    finitePopulation: random.uniform() < 0.4,
    ...(random.uniform() < 0.3 && { trim: { lowerMedians: 0.3, upperMedians: 2.5 } }),
  };
}

const marginsOf = (calibration: CalibrationSpec) =>
  calibration.method === 'none'
    ? {}
    : calibration.method === 'poststratify'
      ? { [calibration.variable]: calibration.totals }
      : calibration.margins;

/** Deming & Stephan: one margin after another until all hold. */
function rakedByFitting({ rows, calibration }: Design): number[] {
  const w = rows.map(({ baseWeight }) => baseWeight);
  for (let round = 0; round < 20_000; round += 1) {
    let worst = 0;
    for (const [variable, totals] of Object.entries(marginsOf(calibration))) {
      for (const [category, total] of Object.entries(totals)) {
        const own = rows.flatMap((row, i) => (row.categories![variable] === category ? i : []));
        const factor = total / sum(own.map((i) => w[i]));
        worst = Math.max(worst, Math.abs(factor - 1));
        for (const i of own) w[i] *= factor;
      }
    }
    if (worst < 1e-14) break;
  }
  return w;
}

/** Least squares by Gauss–Jordan on the normal equations; a column without a pivot is left out. */
function residualsOfRegression(X: readonly number[][], d: readonly number[], z: readonly number[]) {
  const p = X[0].length;
  const system = Array.from({ length: p }, (_, a) => [
    ...Array.from({ length: p }, (__, b) => sum(X.map((x, i) => d[i] * x[a] * x[b]))),
    sum(X.map((x, i) => d[i] * x[a] * z[i])),
  ]);
  const scale = Math.max(...system.map((line, a) => line[a]));
  const beta = new Array<number>(p).fill(0);
  const done: number[] = [];
  for (let a = 0; a < p; a += 1) {
    if (!(system[a][a] > 1e-9 * scale)) continue;
    done.push(a);
    const pivot = system[a][a];
    system[a] = system[a].map((value) => value / pivot);
    for (let b = 0; b < p; b += 1) {
      if (b === a) continue;
      const share = system[b][a];
      system[b] = system[b].map((value, at) => value - share * system[a][at]);
    }
  }
  for (const a of done) beta[a] = system[a][p];
  return z.map((value, i) => value - sum(X[i].map((x, a) => x * beta[a])));
}

/** Influence of every row on the mean of an indicator of an akim, or on any combination of them. */
function influences(design: Design, w: readonly number[], akim: string, k: number): number[] {
  const own = design.rows.map((row) => row.akim === akim && row.scores[k] !== null);
  const total = sum(w.filter((_, i) => own[i]));
  const mean = sum(w.map((value, i) => (own[i] ? value * design.rows[i].scores[k]! : 0))) / total;
  const z = design.rows.map((row, i) => (own[i] ? (row.scores[k]! - mean) / total : 0));
  const margins = Object.entries(marginsOf(design.calibration));
  if (margins.length === 0) return z;
  const X = design.rows.map((row) =>
    margins.flatMap(([variable, totals]) =>
      Object.keys(totals).map((category) => (row.categories![variable] === category ? 1 : 0)),
    ),
  );
  return residualsOfRegression(
    X,
    design.rows.map(({ baseWeight }) => baseWeight),
    z,
  );
}

function covarianceOf(design: Design, w: readonly number[], z1: number[], z2: number[]): number {
  const { rows, lonelyPsu, finitePopulation } = design;
  const strata = [...new Set(rows.map(({ stratum }) => stratum))];
  const totalsOf = (z: number[], stratum: string) => {
    const clusters = new Map<string, number>();
    rows.forEach((row, i) => {
      if (row.stratum === stratum)
        clusters.set(row.cluster, (clusters.get(row.cluster) ?? 0) + w[i] * z[i]);
    });
    return [...clusters.values()];
  };
  const meanOf = (values: number[]) => sum(values) / values.length;
  let [total, lonely] = [0, 0];
  for (const stratum of strata) {
    const [u1, u2] = [totalsOf(z1, stratum), totalsOf(z2, stratum)];
    const n = u1.length;
    const N = rows.find((row) => row.stratum === stratum)!.clustersInPopulation!;
    const left = finitePopulation ? 1 - n / N : 1;
    if (n > 1) {
      const [m1, m2] = [meanOf(u1), meanOf(u2)];
      total += ((left * n) / (n - 1)) * sum(u1.map((u, c) => (u - m1) * (u2[c] - m2)));
    } else if (left > 0) {
      lonely += 1;
      if (lonelyPsu === 'adjust') total += left * u1[0] * u2[0];
    }
  }
  return lonelyPsu === 'average' ? (total * strata.length) / (strata.length - lonely) : total;
}

const seeds = Array.from({ length: 120 }, (_, seed) => seed);

describe('the engine beside a plain second one', () => {
  it.each(seeds)('weights, means, covariance and index agree, design %i', (seed) => {
    const random = randomStream(`design ${seed}`);
    const design = randomDesign(random);
    const estimated = estimateGroup(design.rows, K, design);
    if (estimated.kind === 'failed') {
      // The only reason there may be: so few weights that a trim cannot keep their sum.
      expect(estimated.faults.map(({ code }) => code)).toEqual(['bad_trim']);
      expect(design.trim).toBeDefined();
      return;
    }
    const w = [...estimated.finalWeights];
    if (design.calibration.method !== 'logit') {
      const raked = rakedByFitting(design);
      const trimmed = design.trim ? trimWeights(Float64Array.from(raked), design.trim) : null;
      const expected = trimmed && 'weights' in trimmed ? [...trimmed.weights] : raked;
      w.forEach((value, i) => expect(value / expected[i]).toBeCloseTo(1, 9));
    }
    for (const { akim, n, means, covariance } of estimated.akims) {
      const own = design.rows.filter((row) => row.akim === akim);
      expect(n).toBe(own.length);
      const z = means.map((mean, k) => (mean === null ? null : influences(design, w, akim, k)));
      means.forEach((mean, k) => {
        const weights = design.rows.map((row, i) =>
          row.akim === akim && row.scores[k] !== null ? w[i] : 0,
        );
        if (mean === null) expect(sum(weights)).toBe(0);
        else
          expect(mean).toBeCloseTo(
            sum(weights.map((value, i) => value * (design.rows[i].scores[k] ?? 0))) / sum(weights),
            9,
          );
        z.forEach((other, j) => {
          const found = covariance[k][j];
          if (z[k] === null || other === null) expect(found).toBeNull();
          else {
            const expected = covarianceOf(design, w, z[k], other);
            expect(Math.abs(found! - expected)).toBeLessThanOrEqual(
              1e-9 * (1 + Math.abs(expected)),
            );
          }
        });
      });
      if (means.includes(null)) continue;
      const importances = [0.5, 0.2, 0.3];
      const combined = design.rows.map((_, i) => sum(importances.map((m, k) => m * z[k]![i])));
      const index = indexScore({ means, covariance }, importances)!;
      expect(index.standardError ** 2).toBeCloseTo(covarianceOf(design, w, combined, combined), 8);
    }
  });

  it('squares the total of a lone cluster as it is, also where raking leaves the totals of the file off 0', () => {
    const rows = [
      ['a', '1', 'f', '18-29', 40],
      ['a', '1', 'm', '30-59', 80],
      ['a', '2', 'f', '30-59', 20],
      ['a', '2', 'm', '18-29', 60],
      ['b', '1', 'f', '18-29', 100],
      ['b', '1', 'm', '18-29', 50],
      ['b', '1', 'f', '30-59', 10],
    ].map(([stratum, cluster, sex, age, score]) => ({
      ...{ akim: 'A', stratum, cluster, baseWeight: 10, scores: [score], categories: { sex, age } },
    })) as GroupRow[];
    const margins = { sex: { f: 30, m: 50 }, age: { '18-29': 45, '30-59': 35 } };
    const design = {
      rows,
      calibration: { method: 'rake', margins },
      finitePopulation: false,
    } as const;
    const varianceBy = (lonelyPsu: LonelyRule) => {
      const estimated = estimateGroup(rows, 1, { ...design, lonelyPsu });
      if (estimated.kind === 'failed') throw new Error(JSON.stringify(estimated.faults));
      return { w: [...estimated.finalWeights], V: estimated.akims[0].covariance[0][0]! };
    };
    const { w, V } = varianceBy('adjust');
    const z = influences({ ...design, lonelyPsu: 'adjust' }, w, 'A', 0);
    const [lone, all] = [rows.slice(4), rows].map((some) =>
      sum(some.map((row) => w[rows.indexOf(row)] * z[rows.indexOf(row)])),
    );
    expect(all).toBeCloseTo(0.6805, 3);
    expect(lone).toBeCloseTo(-2.3195, 3);
    expect(V - varianceBy('certainty').V).toBeCloseTo(lone ** 2, 10);
  });

  it('solves the logit equations: F⁻¹(w / d) is a sum of one term for each category', () => {
    let checked = 0;
    for (const seed of seeds) {
      const design = randomDesign(randomStream(`design ${seed}`));
      const { calibration } = design;
      if (calibration.method !== 'logit' || design.trim) continue;
      const estimated = estimateGroup(design.rows, K, design);
      if (estimated.kind === 'failed') throw new Error(JSON.stringify(estimated.faults));
      const [L, U] = calibration.bounds;
      const g = design.rows.map((row, i) => estimated.finalWeights[i] / row.baseWeight);
      const predictor = g.map((ratio) => Math.log((ratio - L) / (U - ratio)));
      for (const [variable, totals] of Object.entries(calibration.margins)) {
        for (const [category, total] of Object.entries(totals)) {
          const own = design.rows.map((row) => row.categories![variable] === category);
          const reached = sum([...estimated.finalWeights].filter((_, i) => own[i]));
          expect(reached / total).toBeCloseTo(1, 9);
        }
      }
      const at = (sex: string, age: string) =>
        predictor[design.rows.findIndex(({ categories: c }) => c!.sex === sex && c!.age === age)];
      const bySex = variables.age
        .map((age) => at('f', age) - at('m', age))
        .filter((difference) => Number.isFinite(difference));
      for (const difference of bySex) expect(difference).toBeCloseTo(bySex[0], 6);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(10);
  });
});
