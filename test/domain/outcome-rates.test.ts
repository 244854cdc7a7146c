import {
  countDispositions,
  finalDisposition,
  outcomeRates,
  type Disposition,
} from '@akimetr/api/domain/outcome-rates';

const counts = {
  complete: 50,
  partial: 10,
  refusal: 20,
  non_contact: 15,
  other: 5,
  unknown_household: 30,
  unknown_other: 10,
  not_eligible: 25,
};

describe('outcomeRates', () => {
  it('is right by hand with unknown eligibility: e = 100 / 125 = 0.8, so e·U = 32', () => {
    const rates = outcomeRates(counts);
    expect(rates).toEqual({
      eligibleShare: 0.8,
      RR1: 50 / 140,
      RR2: 60 / 140,
      RR3: 50 / 132,
      RR4: 60 / 132,
      RR5: 0.5,
      RR6: 0.6,
      COOP1: 50 / 85,
      COOP2: 60 / 85,
      COOP3: 50 / 80,
      COOP4: 60 / 80,
      REF1: 20 / 140,
      REF2: 20 / 132,
      REF3: 0.2,
      CON1: 85 / 140,
      CON2: 85 / 132,
      CON3: 0.85,
    });
  });

  it('takes e from the researcher where it is given', () => {
    expect(outcomeRates(counts, 0.5)).toMatchObject({
      eligibleShare: 0.5,
      RR3: 50 / 120,
      CON2: 85 / 120,
      RR1: 50 / 140,
    });
    expect(outcomeRates(counts, 0)).toMatchObject({ RR3: 0.5, REF2: 0.2 });
  });

  it('has no rate, not 0 or NaN, where nothing is divided by', () => {
    const nothing = Object.fromEntries(Object.keys(counts).map((key) => [key, 0])) as typeof counts;
    expect(Object.values(outcomeRates(nothing)).every((rate) => rate === null)).toBe(true);
    const unknown = outcomeRates({ ...nothing, unknown_other: 4 });
    expect(unknown).toMatchObject({
      eligibleShare: null,
      RR1: 0,
      RR3: null,
      RR5: null,
      CON1: 0,
      CON2: null,
    });
    expect(outcomeRates({ ...nothing, unknown_other: 4 }, 0.5)).toMatchObject({ RR3: 0, CON2: 0 });
  });

  it('needs no e when every eligibility is known', () => {
    const known = { ...counts, unknown_household: 0, unknown_other: 0 };
    expect(outcomeRates(known)).toMatchObject({ RR1: 0.5, RR3: 0.5, RR5: 0.5 });
  });
});

describe('finalDisposition', () => {
  it.each<[Disposition[], Disposition | null]>([
    [[], null],
    [['non_contact', 'refusal', 'non_contact'], 'refusal'],
    [['refusal', 'complete'], 'complete'],
    [['complete', 'partial'], 'complete'],
    [['partial', 'refusal'], 'partial'],
    [['unknown_household', 'unknown_other'], 'unknown_other'],
    [['unknown_other', 'non_contact'], 'non_contact'],
    [['other', 'non_contact'], 'other'],
    [['other', 'refusal'], 'refusal'],
    [['refusal', 'not_eligible'], 'not_eligible'],
    [['not_eligible', 'partial'], 'partial'],
  ])('%j → %s', (attempts, final) => expect(finalDisposition(attempts)).toBe(final));
});

describe('countDispositions', () => {
  it('counts cases by their final disposition and leaves out those nobody tried', () => {
    expect(
      countDispositions([['non_contact', 'complete'], ['refusal'], ['refusal', 'other'], []]),
    ).toEqual({
      complete: 1,
      partial: 0,
      refusal: 2,
      non_contact: 0,
      other: 0,
      unknown_household: 0,
      unknown_other: 0,
      not_eligible: 0,
    });
  });
});
