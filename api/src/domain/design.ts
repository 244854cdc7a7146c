/** Interviews of one calibration group as columns: names become codes once, then only numbers are touched. */

/** One interview, scored, with its place in the sample. */
export interface GroupRow {
  readonly akim: string;
  readonly stratum: string;
  /** sampling point (PSU); a cluster is (stratum, cluster). Without clusters give each interview its own name. */
  readonly cluster: string;
  /** 1 / inclusion probability, > 0; 1 where the design is self-weighting */
  readonly baseWeight: number;
  /** 0–100 per indicator in the order of the estimate's indicators; null = missing */
  readonly scores: readonly (number | null)[];
  /** calibration variables, e.g. { sex: 'f', age: '18-29' } */
  readonly categories?: Readonly<Record<string, string>>;
  /** number of clusters in the stratum's population, for the finite population correction */
  readonly clustersInPopulation?: number;
}

/** The same as typed columns; codes run from 0. The hot form: build it once, estimate from it at once. */
export interface DesignColumns {
  readonly rowCount: number;
  readonly indicatorCount: number;
  /** rowCount × indicatorCount, row by row; NaN = missing */
  readonly scores: Float64Array;
  readonly baseWeights: Float64Array;
  /** akim of each row */
  readonly domains: Int32Array;
  readonly domainCount: number;
  /** cluster of each row; `clusterStrata` is the stratum of each cluster */
  readonly clusters: Int32Array;
  readonly clusterStrata: Int32Array;
  readonly stratumCount: number;
  /** per stratum; Infinity = not finite. Left out: no finite population correction */
  readonly clustersInPopulation?: Float64Array;
}

/** A fault that stops an estimate, with the place where it is seen: a row, a stratum, a margin. */
export interface EstimationFault {
  readonly code:
    | 'no_rows'
    | 'bad_base_weight'
    | 'bad_score'
    | 'missing_category'
    | 'unknown_category'
    | 'bad_total'
    | 'totals_disagree'
    | 'empty_cell'
    | 'not_converged'
    | 'bad_bounds'
    | 'bad_trim'
    | 'lonely_cluster'
    | 'bad_population'
    | 'bad_response_class';
  /** one plain sentence in English for logs and the command line; the interface translates `code` */
  readonly reason: string;
  /** number of the row from 0, when it is a row's fault */
  readonly row?: number;
  /** name of the row's field at fault: baseWeight, scores, a calibration variable … */
  readonly column?: string;
  /** variable and category, or the stratum, when it is theirs */
  readonly place?: string;
  /** the category that an empty one could be merged with */
  readonly mergeWith?: string;
}

/**
 * Codes for names in the order of first appearance, from 0; `names[code]` is the name.
 * @example codeOf('b'), codeOf('a'), codeOf('b') → 0, 1, 0; names ['b', 'a']
 */
export class NameCodes {
  readonly names: string[] = [];
  readonly #codes = new Map<string, number>();

  codeOf(name: string): number {
    const known = this.#codes.get(name);
    if (known !== undefined) return known;
    const code = this.names.push(name) - 1;
    this.#codes.set(name, code);
    return code;
  }
}

export interface EncodedGroup {
  readonly columns: DesignColumns;
  readonly akims: readonly string[];
  readonly strata: readonly string[];
}

/** Base weights beyond these are slips; their squares would leave the numbers a computer has. */
const [leastBaseWeight, greatestBaseWeight] = [1e-100, 1e100];

function rowFaults(rows: readonly GroupRow[]): EstimationFault[] {
  const faults: EstimationFault[] = [];
  rows.forEach((row, place) => {
    if (!(row.baseWeight >= leastBaseWeight && row.baseWeight <= greatestBaseWeight)) {
      faults.push({
        code: 'bad_base_weight',
        row: place,
        column: 'baseWeight',
        reason: `row ${place + 1}: the base weight is not a positive number from 1e-100 to 1e100`,
      });
    }
    row.scores.forEach((score, indicator) => {
      if (score !== null && !Number.isFinite(score)) {
        faults.push({
          code: 'bad_score',
          row: place,
          column: 'scores',
          reason: `row ${place + 1}: score ${indicator + 1} is not a number`,
        });
      }
    });
  });
  return faults;
}

/**
 * Names → codes. Akims, strata and clusters are numbered in the order of first appearance.
 * @param finitePopulation reads `clustersInPopulation` of the rows; it must be one number ≥ the clusters drawn per stratum
 * @returns columns and the names behind the codes, or every fault with its row
 * @example rows of one akim in 2 strata with 3 clusters each → stratumCount 2, clusterStrata [0,0,0,1,1,1]
 */
export function encodeGroup(
  rows: readonly GroupRow[],
  indicatorCount: number,
  finitePopulation = false,
): EncodedGroup | { readonly faults: readonly EstimationFault[] } {
  if (rows.length === 0)
    return { faults: [{ code: 'no_rows', reason: 'there are no interviews' }] };
  const faults = rowFaults(rows);
  const [akims, strata, clusters] = [new NameCodes(), new NameCodes(), new NameCodes()];
  const scores = new Float64Array(rows.length * indicatorCount).fill(Number.NaN);
  const domains = new Int32Array(rows.length);
  const rowClusters = new Int32Array(rows.length);
  const clusterStrata: number[] = [];
  const population: (number | undefined)[] = [];
  rows.forEach((row, place) => {
    domains[place] = akims.codeOf(row.akim);
    const stratum = strata.codeOf(row.stratum);
    const cluster = clusters.codeOf(`${stratum} ${row.cluster}`);
    rowClusters[place] = cluster;
    clusterStrata[cluster] = stratum;
    for (let k = 0; k < indicatorCount; k += 1)
      scores[place * indicatorCount + k] = row.scores[k] ?? Number.NaN;
    if (!finitePopulation) return;
    const size = row.clustersInPopulation ?? Number.NaN;
    const known = population[stratum];
    if (known !== undefined && !Object.is(known, size)) {
      faults.push({
        code: 'bad_population',
        row: place,
        column: 'clustersInPopulation',
        place: row.stratum,
        reason: `row ${place + 1}: stratum ${row.stratum} has two numbers of clusters in its population`,
      });
    }
    population[stratum] = size;
  });
  if (finitePopulation) faults.push(...populationFaults(population, clusterStrata, strata.names));
  if (faults.length > 0) return { faults };
  const columns: DesignColumns = {
    rowCount: rows.length,
    indicatorCount,
    scores,
    baseWeights: Float64Array.from(rows, (row) => row.baseWeight),
    domains,
    domainCount: akims.names.length,
    clusters: rowClusters,
    clusterStrata: Int32Array.from(clusterStrata),
    stratumCount: strata.names.length,
    ...(finitePopulation ? { clustersInPopulation: Float64Array.from(population, Number) } : {}),
  };
  return { columns, akims: akims.names, strata: strata.names };
}

function populationFaults(
  population: readonly (number | undefined)[],
  clusterStrata: readonly number[],
  strata: readonly string[],
): EstimationFault[] {
  return strata.flatMap((name, stratum) => {
    const drawn = clusterStrata.filter((code) => code === stratum).length;
    if (Number(population[stratum]) >= drawn) return [];
    return {
      code: 'bad_population' as const,
      place: name,
      reason: `stratum ${name}: clustersInPopulation is not a number of at least the ${drawn} clusters drawn`,
    };
  });
}
