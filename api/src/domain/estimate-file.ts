/**
 * The file that the `estimate` command reads: one calibration group with its specification. The form is that of
 * test/fixtures/reference (see its README), so that a figure of any other program can be laid beside ours.
 */
import { z } from 'zod';
import {
  estimateGroup,
  indexScore,
  type EstimationFault,
  type EstimationOptions,
  type GroupRow,
} from './estimation.ts';

/** What is wrong and where: `row` from 1 as a person counts, `column` by its name. */
export interface FileFault {
  readonly row?: number;
  readonly column?: string;
  readonly reason: string;
}

export interface EstimateFile {
  readonly rows: readonly GroupRow[];
  readonly indicators: readonly string[];
  /** importances, one per indicator */
  readonly importances: readonly number[];
  readonly options: EstimationOptions;
}

/**
 * What need not be there; null is as good as absent.
 * @example optional(z.number()) reads 5 → 5, null → undefined; 'x' is a fault
 */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .transform((value): z.output<T> | undefined => value ?? undefined)
    .optional();

/** R writes a list of one as its only member. */
const listOf = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' || typeof value === 'number' ? [value] : value),
    z.array(schema),
  );

const totals = z.record(z.string(), z.number().nonnegative());
const margins = z.record(z.string(), totals);

const calibration = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('none') }),
  z.strictObject({ method: z.literal('poststratify'), variable: z.string(), totals }),
  z.strictObject({ method: z.literal('rake'), margins }),
  z.strictObject({
    method: z.literal('logit'),
    bounds: z.tuple([z.number(), z.number()]),
    margins,
  }),
]);

const specification = z.strictObject({
  calibration: calibration.default({ method: 'none' }),
  nonResponse: optional(totals),
  trim: optional(z.strictObject({ lowerMedians: z.number(), upperMedians: z.number() })),
  lonelyPsu: z.enum(['fail', 'adjust', 'average', 'certainty']).default('fail'),
  finitePopulation: z.boolean().default(false),
});

const head = z.object({
  indicators: listOf(z.string().min(1)).refine((names) => names.length > 0, 'names no indicator'),
  indexWeights: listOf(z.number().nonnegative()),
  spec: specification,
});

type Head = z.infer<typeof head>;

/** "is missing", or what should stand there instead of what does. */
const wanting =
  (what: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined || input === ''
      ? 'is missing'
      : `must be ${what}, not ${(typeof input === 'number' ? String(input) : (JSON.stringify(input) ?? typeof input)).slice(0, 60)}`;

/** Names are texts; a number or a boolean is taken by its text, as a CSV would have it: 7 and "7" are the same akim. */
export const name = z
  .union([z.string().min(1, { error: 'is missing' }), z.number(), z.boolean()], {
    error: wanting('a name'),
  })
  .transform(String);

const positive = wanting('a number above 0');
const positiveNumber = z.number({ error: positive }).positive({ error: positive });
const scored = wanting('a number from 0 to 100 or null');
const score = z
  .number({ error: scored })
  .min(0, { error: scored })
  .max(100, { error: scored })
  .nullable();

/** Calibration variables of the specification, and the response class where there is a non-response adjustment. */
function categoryNames({ spec }: Head): string[] {
  const variables =
    spec.calibration.method === 'none'
      ? []
      : spec.calibration.method === 'poststratify'
        ? [spec.calibration.variable]
        : Object.keys(spec.calibration.margins);
  return spec.nonResponse === undefined ? variables : [...variables, 'responseClass'];
}

function rowSchema(specified: Head) {
  const shape: Record<string, z.ZodType> = {
    akim: name,
    stratum: name,
    psu: name,
    baseWeight: positiveNumber,
  };
  for (const variable of categoryNames(specified)) shape[variable] = name;
  for (const indicator of specified.indicators) shape[indicator] = score;
  if (specified.spec.finitePopulation) shape.clustersInPopulation = positiveNumber;
  return z.object(shape);
}

const faultsOf = (error: z.ZodError, inRows: boolean): FileFault[] =>
  error.issues.map(({ path, message }) => {
    const [row, ...rest] = inRows ? path : [undefined, ...path];
    const column = inRows && row === undefined ? 'rows' : rest.map(String).join('.');
    return {
      ...(typeof row === 'number' ? { row: row + 1 } : {}),
      ...(column === '' ? {} : { column }),
      reason: message,
    };
  });

const headFaults = (specified: Head): FileFault[] => {
  const { indicators, indexWeights } = specified;
  const faults: FileFault[] = [];
  const others = ['akim', 'stratum', 'psu', 'baseWeight', ...categoryNames(specified)];
  for (const taken of indicators.filter((indicator) => others.includes(indicator)))
    faults.push({ column: 'indicators', reason: `${taken} is a column of its own, no indicator` });
  if (new Set(indicators).size < indicators.length)
    faults.push({ column: 'indicators', reason: 'an indicator is named twice' });
  if (indexWeights.length !== indicators.length) {
    faults.push({
      column: 'indexWeights',
      reason: `there are ${indicators.length} indicators and ${indexWeights.length} importances`,
    });
  } else if (!indexWeights.some((importance) => importance > 0)) {
    faults.push({ column: 'indexWeights', reason: 'every importance is 0' });
  }
  return faults;
};

/**
 * Checks and reads a file: `rows` (akim, stratum, psu, baseWeight, calibration variables, one column per indicator with 0–100
 * or null), `indicators`, `indexWeights`, `spec`; other keys are ignored.
 * @returns the file, or every fault with its row (from 1) and column
 * @example a row without psu → { faults: [{ row: 3, column: 'psu', reason: 'is missing' }] }
 */
export function readEstimateFile(
  json: unknown,
): EstimateFile | { readonly faults: readonly FileFault[] } {
  const specified = head.safeParse(json);
  if (!specified.success) return { faults: faultsOf(specified.error, false) };
  const faults = headFaults(specified.data);
  if (faults.length > 0) return { faults };
  const parsed = z.array(rowSchema(specified.data)).safeParse((json as { rows?: unknown }).rows);
  if (!parsed.success) return { faults: faultsOf(parsed.error, true) };
  const { indicators, indexWeights, spec } = specified.data;
  const categories = categoryNames(specified.data);
  const rows = (parsed.data as Record<string, string | number | null>[]).map((row): GroupRow => ({
    akim: row.akim as string,
    stratum: row.stratum as string,
    cluster: row.psu as string,
    baseWeight: row.baseWeight as number,
    scores: indicators.map((indicator) => row[indicator] as number | null),
    categories: Object.fromEntries(
      categories.map((variable) => [variable, row[variable] as string]),
    ),
    ...(spec.finitePopulation ? { clustersInPopulation: row.clustersInPopulation as number } : {}),
  }));
  const { nonResponse, trim, ...rest } = spec;
  const options = { ...rest, ...(nonResponse && { nonResponse }), ...(trim && { trim }) };
  return { rows, indicators, importances: indexWeights, options };
}

/** Every figure of one group, in the form of the reference files' `expected`. */
export interface EstimateFigures {
  readonly weights: readonly number[];
  /** clusters − strata of the file */
  readonly degreesOfFreedom: number;
  readonly kishEffectiveN: number;
  readonly akims: readonly {
    readonly akim: string;
    readonly n: number;
    readonly means: readonly (number | null)[];
    readonly covariance: readonly (readonly (number | null)[])[];
    readonly standardErrors: readonly (number | null)[];
    readonly index: number | null;
    readonly indexStandardError: number | null;
  }[];
}

const toFileFault = ({ row, column, place, reason }: EstimationFault): FileFault => ({
  ...(row === undefined ? {} : { row: row + 1 }),
  ...(column === undefined && place === undefined ? {} : { column: column ?? place }),
  reason,
});

/**
 * Estimates the group of a file.
 * @returns figures as in `expected` of the reference files, null where an indicator has no estimate; or every fault
 * @source METHODOLOGY §2–§3
 * @example a file of test/fixtures/reference → its `expected` to 1e-8 relative
 */
export function estimateFile(
  file: EstimateFile,
): EstimateFigures | { readonly faults: readonly FileFault[] } {
  const result = estimateGroup(file.rows, file.indicators.length, file.options);
  if (result.kind === 'failed') return { faults: result.faults.map(toFileFault) };
  return {
    weights: Array.from(result.finalWeights),
    degreesOfFreedom: result.degreesOfFreedom,
    kishEffectiveN: result.kishEffectiveN,
    akims: result.akims.map((estimate) => {
      const index = indexScore(estimate, file.importances);
      return {
        akim: estimate.akim,
        n: estimate.n,
        means: estimate.means,
        covariance: estimate.covariance,
        standardErrors: estimate.covariance.map((row, k) =>
          row[k] == null ? null : Math.sqrt(row[k]),
        ),
        index: index?.score ?? null,
        indexStandardError: index?.standardError ?? null,
      };
    }),
  };
}
