/**
 * Speed of the estimation engine and coverage of its intervals, by simulation with fixed seeds.
 * Alone: node --import tsx test/bench/estimation-bench.ts
 */
import { pathToFileURL } from 'node:url';
import { estimateEncoded, indexScore, scoreInterval } from '@akimetr/api/domain/estimation';
import type { DesignColumns } from '@akimetr/api/domain/design';
import { randomStream } from '@akimetr/api/domain/random';
import { marginalRankSets, simultaneousRankSets } from '@akimetr/api/domain/rank-sets';
import { simulateRanks } from '@akimetr/api/domain/rank-simulation';
import { rankAkims, type RatedAkim } from '@akimetr/api/domain/ranking';
import { prepareWhatIf } from '@akimetr/api/domain/what-if';
import { weightColumns } from '@akimetr/api/domain/weighting';

type Print = (figure: Record<string, unknown>) => void;
type RankEnds = { readonly bestRank: number; readonly worstRank: number };

const groups = 2500;
const rowsPerGroup = 400;
const indicators = 12;
const sizes = { sex: 2, age: 4, settlement: 2 } as const;
const targets = {
  sex: Float64Array.of(5200, 4800),
  age: Float64Array.of(2000, 3000, 3000, 2000),
  settlement: Float64Array.of(5500, 4500),
} as const;
const variables = ['sex', 'age', 'settlement'] as const;

/** A million interviews in typed columns: 40 clusters of 10 in 4 strata per akim, 5 % of items missing. */
function millionInterviews() {
  const random = randomStream('million interviews');
  const count = groups * rowsPerGroup;
  const codes = {
    sex: new Int32Array(count),
    age: new Int32Array(count),
    settlement: new Int32Array(count),
  };
  const baseWeights = new Float64Array(count);
  const scores = new Float64Array(count * indicators);
  for (let row = 0; row < count; row += 1) {
    baseWeights[row] = 10 + 20 * random.uniform();
    for (const variable of variables) codes[variable][row] = random.integer(sizes[variable]);
    for (let at = row * indicators; at < (row + 1) * indicators; at += 1) {
      scores[at] = random.uniform() < 0.05 ? Number.NaN : 25 * random.integer(5);
    }
  }
  return { codes, baseWeights, scores };
}

function estimateAll({ codes, baseWeights, scores }: ReturnType<typeof millionInterviews>): number {
  const domains = new Int32Array(rowsPerGroup);
  const clusters = Int32Array.from({ length: rowsPerGroup }, (_, row) => Math.floor(row / 10));
  const clusterStrata = Int32Array.from({ length: 40 }, (_, cluster) => Math.floor(cluster / 10));
  const importances = new Array<number>(indicators).fill(1);
  let sum = 0;
  for (let group = 0; group < groups; group += 1) {
    const [from, to] = [group * rowsPerGroup, (group + 1) * rowsPerGroup];
    const columns: DesignColumns = {
      rowCount: rowsPerGroup,
      indicatorCount: indicators,
      scores: scores.subarray(from * indicators, to * indicators),
      baseWeights: baseWeights.subarray(from, to),
      domains,
      domainCount: 1,
      clusters,
      clusterStrata,
      stratumCount: 4,
    };
    const margins = variables.map((variable) => ({
      variable,
      categories: Array.from({ length: sizes[variable] }, (_, code) => `${code}`),
      codes: codes[variable].subarray(from, to),
      totals: targets[variable],
    }));
    const weighted = weightColumns(columns.baseWeights, columns.baseWeights, margins, {
      method: 'rake',
      margins: {},
    });
    if ('faults' in weighted) throw new Error(weighted.faults[0]?.reason);
    const result = estimateEncoded(
      { columns, akims: ['akim'], strata: ['1', '2', '3', '4'] },
      weighted,
      'fail',
    );
    if (result.kind === 'failed') throw new Error(result.faults[0]?.reason);
    sum += indexScore(result.akims[0], importances)!.score;
  }
  return sum / groups;
}

const timed = <T>(work: () => T) => {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    result,
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (user + system) / 1e6,
  };
};

const rounded = (value: number, digits = 3) => Number(value.toFixed(digits));

function benchMillion(print: Print) {
  const interviews = millionInterviews();
  const runs = [0, 1, 2].map(() => timed(() => estimateAll(interviews)));
  const best = runs.reduce((fastest, run) => (run.seconds < fastest.seconds ? run : fastest));
  print({
    figure:
      'weights, means and covariance of 1,000,000 interviews (2,500 akims raked on 3 margins, 12 indicators)',
    secondsFirstRun: rounded(runs[0].seconds),
    secondsBestOf3: rounded(best.seconds),
    cpuSecondsBestOf3: rounded(best.cpuSeconds),
    aimSeconds: 1.5,
    memoryMb: rounded(process.memoryUsage().rss / 1e6, 0),
    aimMemoryMb: 300,
  });
}

/** Akims of one level as they come out of a wave: scores about 60 ± 9, standard errors 1 to 5. */
const ruralAkims = (count: number): RatedAkim[] => {
  const random = randomStream(`akims ${count}`);
  return Array.from({ length: count }, (_, place) => ({
    akim: `akim ${place}`,
    score: 60 + 9 * random.normal(),
    standardError: 1 + 4 * random.uniform(),
    degreesOfFreedom: 10 + random.integer(30),
  }));
};

function benchRanks(print: Print) {
  const akims = ruralAkims(2335);
  const chances = [0, 1, 2].map(
    () => timed(() => simulateRanks(akims, { seed: 1, draws: 2000 })).seconds,
  );
  print({
    figure: 'rank distribution of 2,335 akims, 2,000 draws',
    secondsFirstRun: rounded(chances[0]),
    secondsBestOf3: rounded(Math.min(...chances)),
    aimSeconds: 1,
  });
  const random = randomStream('what if');
  const estimates = akims.map(({ akim, score, standardError, degreesOfFreedom }) => ({
    akim,
    means: Array.from({ length: indicators }, () => score + random.normal()),
    covariance: Array.from({ length: indicators }, (_, k) =>
      Array.from({ length: k + 1 }, (__, j) => (k === j ? 1 : 0.3) * standardError ** 2),
    ).flat(),
    degreesOfFreedom: degreesOfFreedom!,
  }));
  const rank = prepareWhatIf(estimates, {
    confidenceLevel: 0.95,
    intervalScale: 'automatic',
    maximumStandardError: 10,
    missingIndicator: 'undefined',
  });
  const whatIf = (run: number) =>
    rank(Array.from({ length: indicators }, (_, k) => 1 + ((k + run) % 3)));
  // A reader looks at one ranking at a time: the earlier ones are let go.
  const runs = Array.from({ length: 30 }, (_, run) => timed(() => void whatIf(run)));
  const times = runs.map(({ seconds }) => seconds * 1000).sort((a, b) => a - b);
  print({
    figure:
      'other importances for 2,335 akims with 12 indicators: scores, standard errors, intervals, ranks, rank intervals, tiers',
    millisecondsBestOf30: rounded(times[0]),
    millisecondsMedianOf30: rounded(times[15]),
    millisecondsSlowestOf30: rounded(times[29]),
    cpuMillisecondsMeanOf30: rounded(
      runs.reduce((sum, { cpuSeconds }) => sum + (cpuSeconds * 1000) / 30, 0),
    ),
    aimMilliseconds: 10,
  });
  const districts = ruralAkims(234);
  const options = { level: 0.95, seed: 1, draws: 2000 };
  print({
    figure: 'pairwise rank sets of 234 akims, 2,000 draws',
    secondsSimultaneous: rounded(timed(() => simultaneousRankSets(districts, options)).seconds),
    secondsMarginal: rounded(timed(() => marginalRankSets(districts, options)).seconds),
  });
}

/**
 * How often rank sets hold the true ranks, and how wide they are, over simulated waves with known true scores. With a spacing of
 * 0 every akim is equal: the hardest case, where a method that spends its whole error reaches the nominal level.
 */
function benchRankCoverage(print: Print, spacing: number) {
  const [count, waves, level] = [20, 1000, 0.95];
  const random = randomStream(`rank coverage ${spacing}`);
  const errors = Array.from({ length: count }, (_, place) => 1 + (place % 4));
  // Equal akims share every rank: their set must hold all of them.
  const trueRanks = (place: number) =>
    spacing === 0 ? [1, count] : [count - place, count - place];
  const methods: Record<
    string,
    (akims: readonly RatedAkim[], seed: number) => readonly RankEnds[]
  > = {
    jointIntervals: (akims) => rankAkims(akims, level),
    simultaneousSets: (akims, seed) => simultaneousRankSets(akims, { level, seed, draws: 1000 })!,
    marginalSets: (akims, seed) => marginalRankSets(akims, { level, seed, draws: 1000 })!,
  };
  const tally = Object.keys(methods).map((method) => ({ method, all: 0, each: 0, width: 0 }));
  for (let wave = 0; wave < waves; wave += 1) {
    const akims = errors.map((standardError, place) => ({
      akim: `${place}`,
      score: 50 + place * spacing + standardError * random.normal(),
      standardError,
    }));
    for (const line of tally) {
      const sets = methods[line.method](akims, wave);
      const held = sets.filter(({ bestRank, worstRank }, place) => {
        const [best, worst] = trueRanks(place) as [number, number];
        return bestRank <= best && worst <= worstRank;
      }).length;
      line.all += held === count ? 1 : 0;
      line.each += held / count;
      line.width +=
        sets.reduce((sum, { bestRank, worstRank }) => sum + worstRank - bestRank + 1, 0) / count;
    }
  }
  for (const { method, all, each, width } of tally) {
    print({
      figure: `coverage of true ranks, ${method}, ${count} akims ${spacing} points apart, ${waves} simulated waves`,
      nominal: level,
      allAkimsAtOnce: rounded(all / waves),
      oneAkim: rounded(each / waves),
      monteCarloError: rounded(Math.sqrt((level * (1 - level)) / waves), 4),
      meanRanksInSet: rounded(width / waves, 2),
    });
  }
}

/** How often the interval of the index holds the true score, over simulated cluster samples raked to the population. */
function benchIntervalCoverage(print: Print) {
  const samples = 2000;
  const random = randomStream('interval coverage');
  const [clusters, perCluster] = [24, 8];
  const n = clusters * perCluster;
  const columns: DesignColumns = {
    rowCount: n,
    indicatorCount: 2,
    scores: new Float64Array(n * 2),
    baseWeights: new Float64Array(n).fill(50),
    domains: new Int32Array(n),
    domainCount: 1,
    clusters: Int32Array.from({ length: n }, (_, row) => Math.floor(row / perCluster)),
    clusterStrata: Int32Array.from({ length: clusters }, (_, cluster) => cluster % 4),
    stratumCount: 4,
  };
  const codes = new Int32Array(n);
  const margin = {
    variable: 'sex',
    categories: ['f', 'm'],
    codes,
    totals: Float64Array.of(5000, 4600),
  };
  // True means: 60 + 6 · share of women, 50 + 4 · share of women; importances 2 : 1.
  const women = 5000 / 9600;
  const truth = (2 * (60 + 6 * women) + (50 + 4 * women)) / 3;
  let held = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const effects = Array.from({ length: clusters }, () => 4 * random.normal());
    for (let row = 0; row < n; row += 1) {
      codes[row] = random.uniform() < women ? 0 : 1;
      const woman = 1 - codes[row];
      const cluster = effects[columns.clusters[row]];
      columns.scores[row * 2] = 60 + 6 * woman + cluster + 15 * random.normal();
      columns.scores[row * 2 + 1] =
        random.uniform() < 0.1 ? Number.NaN : 50 + 4 * woman + cluster + 20 * random.normal();
    }
    const weighted = weightColumns(columns.baseWeights, columns.baseWeights, [margin], {
      method: 'rake',
      margins: {},
    });
    if ('faults' in weighted) throw new Error(weighted.faults[0]?.reason);
    const result = estimateEncoded(
      { columns, akims: ['akim'], strata: ['1', '2', '3', '4'] },
      weighted,
      'fail',
    );
    if (result.kind === 'failed') throw new Error(result.faults[0]?.reason);
    const index = indexScore(result.akims[0], [2, 1])!;
    const [lower, upper] = scoreInterval(
      index.score,
      index.standardError,
      result.degreesOfFreedom,
    )!;
    held += lower <= truth && truth <= upper ? 1 : 0;
  }
  print({
    figure: `coverage of the 95 % interval of the index, raked cluster sample of ${n} in ${clusters} clusters, ${samples} samples`,
    nominal: 0.95,
    coverage: rounded(held / samples),
    monteCarloError: rounded(Math.sqrt((0.95 * 0.05) / samples), 4),
  });
}

/** One figure after another; the pause lets the printing out between them. */
async function inTurn(print: Print, benches: readonly ((print: Print) => void)[]): Promise<void> {
  for (const bench of benches) {
    bench(print);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Speed and memory of the engine, one object each. */
export const benchEstimation = (print: Print) => inTurn(print, [benchMillion, benchRanks]);

/** Coverage of its intervals and rank sets by simulation: minutes, the same on every machine. */
export const benchCoverage = (print: Print) =>
  inTurn(print, [
    benchIntervalCoverage,
    ...[1.5, 4, 0].map((spacing) => (each: Print) => benchRankCoverage(each, spacing)),
  ]);

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await benchEstimation((figure) => console.log(JSON.stringify(figure)));
}
