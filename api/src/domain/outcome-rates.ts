/** Outcome rates of fieldwork from contact attempts: AAPOR Standard Definitions, 10th edition (2023) (METHODOLOGY §5). */

/** How an attempt, or a whole case, ended; the comment is AAPOR's letter and code. */
export type Disposition =
  | 'complete' // I, 1.1
  | 'partial' // P, 1.2
  | 'refusal' // R, 2.10: refusal and break-off
  | 'non_contact' // NC, 2.20
  | 'other' // O, 2.30: ill, language, away throughout
  | 'unknown_household' // UH, 3.10: not known whether anyone lives there
  | 'unknown_other' // UO, 3.20–3.90: a household, not known whether anyone is eligible
  | 'not_eligible'; // 4.0: empty, not a dwelling, nobody eligible

/** Cases by final disposition. */
export type DispositionCounts = Readonly<Record<Disposition, number>>;

/** A later, stronger result stands: an interview over everything, known ineligibility over what could not be known. */
const strength: Readonly<Record<Disposition, number>> = {
  complete: 8,
  partial: 7,
  not_eligible: 6,
  refusal: 5,
  other: 4,
  non_contact: 3,
  unknown_other: 2,
  unknown_household: 1,
};

/**
 * Final disposition of one sampled case from its attempts: the strongest result, so that a refusal stands unless an
 * interview was taken later and a "nobody at home" never hides a refusal.
 * @returns null when nobody ever tried (a case without attempts is not in the rates)
 * @source AAPOR (2023), Standard Definitions, "Converting temporary to final disposition codes"
 * @example ['non_contact', 'refusal', 'non_contact'] → 'refusal'
 */
export function finalDisposition(attempts: readonly Disposition[]): Disposition | null {
  return attempts.reduce<Disposition | null>(
    (final, attempt) => (final === null || strength[attempt] > strength[final] ? attempt : final),
    null,
  );
}

/**
 * Counts final dispositions; cases without attempts are left out.
 * @param cases attempts of every sampled case, any order
 * @source AAPOR (2023), Standard Definitions
 * @example [['non_contact', 'complete'], ['refusal'], []] → complete 1, refusal 1, all others 0
 */
export function countDispositions(cases: readonly (readonly Disposition[])[]): DispositionCounts {
  const counts = {
    complete: 0,
    partial: 0,
    refusal: 0,
    non_contact: 0,
    other: 0,
    unknown_household: 0,
    unknown_other: 0,
    not_eligible: 0,
  };
  for (const attempts of cases) {
    const final = finalDisposition(attempts);
    if (final !== null) counts[final] += 1;
  }
  return counts;
}

export type RateName =
  `RR${1 | 2 | 3 | 4 | 5 | 6}` | `COOP${1 | 2 | 3 | 4}` | `REF${1 | 2 | 3}` | `CON${1 | 2 | 3}`;

/** Every rate as a share 0–1; null where its denominator is 0. */
export type OutcomeRates = Readonly<Record<RateName, number | null>> & {
  /** e: share of the cases of unknown eligibility taken as eligible; null when it cannot be estimated and is not given */
  readonly eligibleShare: number | null;
};

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : null);

/**
 * Response, cooperation, refusal and contact rates.
 * @param counts cases by final disposition, ≥ 0
 * @param eligibleShare e, 0–1; left out: eligible / (eligible + not eligible) among the cases whose eligibility is known
 *   (the CASRO rule)
 * @returns shares 0–1, null where nothing is divided by, so also the rates with e when e is not given and cannot be estimated
 * @source AAPOR (2023), Standard Definitions, 10th ed., section "Outcome rates": RR1–RR6, COOP1–4, REF1–3, CON1–3
 * @example I 50, P 10, R 20, NC 15, O 5, UH 0, UO 0 → RR1 0.5, RR2 0.6, COOP3 0.625, REF1 0.2, CON1 0.85
 */
export function outcomeRates(counts: DispositionCounts, eligibleShare?: number): OutcomeRates {
  const I = counts.complete;
  const interviews = I + counts.partial;
  const R = counts.refusal;
  const reached = interviews + R + counts.other;
  const known = reached + counts.non_contact;
  const unknown = counts.unknown_household + counts.unknown_other;
  const e = eligibleShare ?? ratio(known, known + counts.not_eligible);
  // Without e there is no case of known eligibility: the denominator is 0 and the rate null.
  const estimated = (part: number) => ratio(part, known + (e ?? 0) * unknown);
  return {
    eligibleShare: e,
    RR1: ratio(I, known + unknown),
    RR2: ratio(interviews, known + unknown),
    RR3: estimated(I),
    RR4: estimated(interviews),
    RR5: ratio(I, known),
    RR6: ratio(interviews, known),
    COOP1: ratio(I, reached),
    COOP2: ratio(interviews, reached),
    COOP3: ratio(I, interviews + R),
    COOP4: ratio(interviews, interviews + R),
    REF1: ratio(R, known + unknown),
    REF2: estimated(R),
    REF3: ratio(R, known),
    CON1: ratio(reached, known + unknown),
    CON2: estimated(reached),
    CON3: ratio(reached, known),
  };
}
