import type { Methodology } from '../contracts/methodologies.ts';
import type { WeightingDiagnostics, WeightingFault } from '../contracts/weighting.ts';
import {
  estimateGroup,
  type EstimationFault,
  type EstimationOptions,
  type GroupEstimates,
  type GroupRow,
} from '../domain/estimation.ts';
import {
  responseClasses,
  type ResponseClasses,
  type Unanswered,
} from '../domain/response-classes.ts';
import type { EstimateResult } from '../models/estimates.ts';
import type { EstimationRow } from '../models/interviews.ts';
import type { TargetCell } from '../models/targets.ts';
import { calibrationOf, categoriesOf } from './calibration-targets.ts';
import { grouped } from './grouped.ts';
import { akimResult, indicatorsOf, nothingEstimated, type AkimCounts } from './estimate-akim.ts';

/** One calibration group: who is in it, their interviews in any order, and the official totals of its territory. */
export interface CalibrationGroup {
  /** KATO whose totals it is calibrated to; the akim's own territory where nothing is calibrated. */
  territory: string;
  akims: string[];
  rows: EstimationRow[];
  cells: TargetCell[];
  /** Who was sampled and did not answer; undefined where the methodology does not adjust for non-response. */
  unanswered?: Unanswered[] | undefined;
}

type Results = Map<string, EstimateResult>;

/** Faults of the weights, as against those of the sample's design. */
const weightingCodes = new Set<string>([
  'missing_category',
  'unknown_category',
  'bad_total',
  'totals_disagree',
  'empty_cell',
  'not_converged',
  'bad_bounds',
  'bad_trim',
  'bad_response_class',
]);

const isOfWeights = ({ code }: EstimationFault): boolean => weightingCodes.has(code);

/** By the interviews' ids: stores return them in any order, and sums in another order differ in their last digit. */
const inOrder = (rows: readonly EstimationRow[]): EstimationRow[] =>
  [...rows].sort((a, b) => (a._id < b._id ? -1 : 1));

const isScored = (row: EstimationRow, indicators: readonly string[]): boolean =>
  indicators.some((indicator) => row.scores[indicator] !== undefined);

/** Weighting classes of the group; null where the methodology does not adjust for non-response. */
function classesOf(
  { rows, unanswered }: CalibrationGroup,
  indicators: readonly string[],
): ResponseClasses | null {
  if (unanswered === undefined) return null;
  const respondents = inOrder(rows).map((row) => ({
    akim: row.akimId,
    stratum: row.stratum,
    baseWeight: row.baseWeight,
    scored: isScored(row, indicators),
  }));
  return responseClasses(respondents, unanswered);
}

/** Scored interviews; samples are drawn within an akim, so a stratum's name means one of the akim's own. */
function scoredRows(
  rows: readonly EstimationRow[],
  methodology: Methodology,
  classes: ResponseClasses | null,
): GroupRow[] {
  const indicators = indicatorsOf(methodology).map(({ code }) => code);
  const { calibration } = methodology.rules;
  return inOrder(rows)
    .filter((row) => isScored(row, indicators))
    .map((row) => ({
      akim: row.akimId,
      stratum: `${row.akimId} ${row.stratum}`,
      cluster: row.cluster,
      ...(row.clustersInPopulation !== undefined && {
        clustersInPopulation: row.clustersInPopulation,
      }),
      baseWeight: row.baseWeight,
      scores: indicators.map((indicator) => row.scores[indicator] ?? null),
      categories: {
        ...(calibration.method !== 'none' && categoriesOf(calibration, row.answers)),
        ...(classes && { responseClass: classes.classOf(row.akimId, row.stratum) }),
      },
    }));
}

function countsOf(group: CalibrationGroup, scored: readonly GroupRow[]): Map<string, AkimCounts> {
  const counts = new Map(group.akims.map((akim) => [akim, { interviews: 0, n: 0 }]));
  for (const { akimId } of group.rows) counts.get(akimId)!.interviews += 1;
  for (const { akim } of scored) counts.get(akim)!.n += 1;
  return counts;
}

/** The faults that a person is told: one of a kind and place, with how many interviews have it. */
export function toldFaults(faults: readonly EstimationFault[]): WeightingFault[] {
  const told = new Map<string, WeightingFault>();
  for (const { code, place = null, mergeWith = null, row } of faults) {
    const key = `${code} ${place ?? ''}`;
    const known = told.get(key) ?? { code, place, mergeWith, interviews: 0 };
    told.set(key, { ...known, interviews: known.interviews + (row === undefined ? 0 : 1) });
  }
  return [...told.values()].slice(0, 30);
}

const nothingWeighted = {
  designEffect: null,
  effectiveN: null,
  ratio: null,
  iterations: 0,
  largestResidual: null,
  trimmed: 0,
  margins: [],
  smallCells: [],
};

type Frame = Pick<WeightingDiagnostics, 'method' | 'outcome' | 'group' | 'basis' | 'faults'>;

function diagnosticsOf(frame: Frame, estimated: GroupEstimates | null): WeightingDiagnostics {
  if (estimated === null) return { ...frame, ...nothingWeighted };
  const { method: _asked, margins, smallCells, ...weighting } = estimated.weighting;
  return { ...frame, ...weighting, margins: [...margins], smallCells: [...smallCells] };
}

/**
 * What the interviews of one calibration group say under a methodology, for each of its akims: weights, means, covariance,
 * index, interval, or why not. Where the group cannot be calibrated every akim is estimated with base weights or not at
 * all, as the methodology says.
 */
export function estimateCalibrationGroup(
  group: CalibrationGroup,
  methodology: Methodology,
): Results {
  const { calibration, lonelyPsu, finitePopulation, trim } = methodology.rules;
  const design = { lonelyPsu, finitePopulation };
  const classes = classesOf(
    group,
    indicatorsOf(methodology).map(({ code }) => code),
  );
  const scored = scoredRows(group.rows, methodology, classes);
  const counts = countsOf(group, scored);
  const options = {
    ...design,
    ...(classes && { nonResponse: classes.totals }),
    ...(trim && { trim }),
  };
  const alone = { group, scored, counts, methodology };
  if (calibration.method === 'none') return estimateAlone(alone, options, 'not_asked', []);
  const wanted = calibrationOf(calibration, group.cells);
  const basis = basisOf(group.cells);
  const fail = (faults: readonly EstimationFault[], ofTargets: WeightingFault[] = []) => {
    const told = [...ofTargets, ...toldFaults(faults)];
    return calibration.onFailure === 'base_weights'
      ? estimateAlone(alone, design, 'base_weights', told)
      : noneRated(group, counts, methodology, 'weighting_failed', {
          ...frameOf(group, counts, calibration.method),
          outcome: 'not_rated',
          basis: null,
          faults: told,
        });
  };
  if ('faults' in wanted) return fail([], wanted.faults);
  const estimated = estimateGroup(scored, indicatorsOf(methodology).length, {
    ...options,
    calibration: wanted,
  });
  const frame = { ...frameOf(group, counts, calibration.method), basis, faults: [] };
  if (estimated.kind === 'estimated') {
    const weighting = diagnosticsOf({ ...frame, outcome: 'calibrated' }, estimated);
    return resultsOf(group, counts, methodology, estimated, weighting);
  }
  const ofWeights = estimated.faults.filter(isOfWeights);
  if (ofWeights.length > 0) return fail(ofWeights);
  return noneRated(group, counts, methodology, 'design_fault', {
    ...frame,
    outcome: 'not_rated',
    faults: toldFaults(estimated.faults),
  });
}

/** One modelled cell makes the whole an estimate. */
const basisOf = (cells: readonly TargetCell[]): TargetCell['basis'] =>
  cells.some(({ basis }) => basis === 'estimate') ? 'estimate' : 'official';

const frameOf = (
  { territory, akims }: CalibrationGroup,
  counts: ReadonlyMap<string, AkimCounts>,
  method: WeightingDiagnostics['method'],
) => ({
  method,
  group: {
    territory,
    akims: akims.length,
    interviews: [...counts.values()].reduce((sum, { n }) => sum + n, 0),
  },
});

function noneRated(
  { akims }: CalibrationGroup,
  counts: ReadonlyMap<string, AkimCounts>,
  methodology: Methodology,
  reason: 'weighting_failed' | 'design_fault',
  frame: Frame,
): Results {
  const weighting = diagnosticsOf(frame, null);
  return new Map(
    akims.map((akim) => {
      const count = counts.get(akim)!;
      const why = count.n === 0 ? 'too_few_respondents' : reason;
      return [akim, nothingEstimated(count, methodology, why, weighting)];
    }),
  );
}

function resultsOf(
  { akims }: CalibrationGroup,
  counts: ReadonlyMap<string, AkimCounts>,
  methodology: Methodology,
  estimated: GroupEstimates,
  weighting: WeightingDiagnostics,
): Results {
  const byAkim = new Map(estimated.akims.map((one) => [one.akim, one]));
  return new Map(
    akims.map((akim) => {
      const count = counts.get(akim)!;
      const estimate = byAkim.get(akim);
      return [
        akim,
        estimate === undefined
          ? nothingEstimated(count, methodology, 'too_few_respondents', weighting)
          : akimResult(count, methodology, estimate, weighting),
      ];
    }),
  );
}

interface Counted {
  group: CalibrationGroup;
  scored: readonly GroupRow[];
  counts: ReadonlyMap<string, AkimCounts>;
  methodology: Methodology;
}

/** Of the classes only the akim's own: in another's nobody of its interviews could have answered. */
function ownClasses(akim: string, options: EstimationOptions): EstimationOptions {
  const { nonResponse, ...others } = options;
  if (nonResponse === undefined) return options;
  const own = Object.entries(nonResponse).filter(
    ([name]) => name === akim || name.startsWith(`${akim} `),
  );
  return { ...others, nonResponse: Object.fromEntries(own) };
}

/** Every akim for itself, without targets. */
function estimateAlone(
  { group, scored, counts, methodology }: Counted,
  options: EstimationOptions,
  outcome: 'not_asked' | 'base_weights',
  faults: WeightingFault[],
): Results {
  const size = indicatorsOf(methodology).length;
  const rowsOf = grouped(scored, ({ akim }) => akim);
  const one = (akim: string): EstimateResult => {
    const own = { ...group, akims: [akim] };
    const ownCounts = new Map([[akim, counts.get(akim)!]]);
    const frame = {
      ...frameOf(own, ownCounts, methodology.rules.calibration.method),
      outcome,
      basis: null,
      faults,
    };
    const estimated = estimateGroup(rowsOf.get(akim) ?? [], size, ownClasses(akim, options));
    if (estimated.kind === 'estimated') {
      const weighting = diagnosticsOf(frame, estimated);
      return resultsOf(own, ownCounts, methodology, estimated, weighting).get(akim)!;
    }
    const told = { ...frame, faults: [...faults, ...toldFaults(estimated.faults)] };
    const reason = estimated.faults.some(isOfWeights) ? 'weighting_failed' : 'design_fault';
    return noneRated(own, ownCounts, methodology, reason, told).get(akim)!;
  };
  return new Map(group.akims.map((akim) => [akim, one(akim)]));
}
