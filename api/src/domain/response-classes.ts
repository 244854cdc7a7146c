/** Weighting classes of the non-response adjustment (METHODOLOGY §2): the strata of an akim's sample. */

/** What an interview tells of its class. */
export interface Respondent {
  readonly akim: string;
  readonly stratum: string;
  /** 1 / inclusion probability, > 0 */
  readonly baseWeight: number;
  /** false: too little was answered for any score */
  readonly scored: boolean;
}

/** Base weight of the households that were tried in a stratum, may be eligible and gave no interview. */
export interface Unanswered {
  readonly akim: string;
  readonly stratum: string;
  /** Σ base weights, ≥ 0 */
  readonly baseWeight: number;
}

export interface ResponseClasses {
  /** class → Σ base weights of everyone sampled in it, answered or not */
  readonly totals: Record<string, number>;
  readonly classOf: (akim: string, stratum: string) => string;
}

/**
 * Classes with their totals: every stratum is one. Where nobody of a stratum answered there is nobody who could stand for it,
 * so all strata of that akim are one class.
 * @returns classes for `weightGroup`; a total is never below what answered in its class
 * @source METHODOLOGY §2.2; Kalton & Flores-Cervantes (2003), J. Official Statistics 19(2) §2 (collapsing of classes)
 * @example stratum s: two interviews of base weight 10, unanswered 20 → class "a s" has total 40, each weight is doubled
 */
export function responseClasses(
  respondents: readonly Respondent[],
  unanswered: readonly Unanswered[],
): ResponseClasses {
  const answered = new Set(
    respondents.flatMap(({ akim, stratum, scored }) => (scored ? [`${akim} ${stratum}`] : [])),
  );
  const sampled = [...respondents, ...unanswered].filter(({ baseWeight }) => baseWeight > 0);
  const joined = new Set(
    sampled.flatMap(({ akim, stratum }) => (answered.has(`${akim} ${stratum}`) ? [] : [akim])),
  );
  const classOf = (akim: string, stratum: string) =>
    joined.has(akim) ? akim : `${akim} ${stratum}`;
  const totals: Record<string, number> = Object.create(null) as Record<string, number>;
  const answering = new Set(respondents.flatMap(({ akim, scored }) => (scored ? [akim] : [])));
  for (const { akim, stratum, baseWeight } of sampled) {
    // An akim of whom nobody answered has no estimate, and no class that could fail the others.
    if (!answering.has(akim)) continue;
    const name = classOf(akim, stratum);
    totals[name] = (totals[name] ?? 0) + baseWeight;
  }
  return { totals, classOf };
}
