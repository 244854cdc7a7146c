import { indexScore, notRatedReasons, scoreInterval } from '@akimetr/api/domain/index-score';

describe('indexScore', () => {
  const estimate = {
    means: [60, 80],
    covariance: [
      [4, 1],
      [1, 1],
    ],
  };

  it("is m'ȳ with m'Vm for any importances", () => {
    expect(indexScore(estimate, [1, 1])).toEqual({ score: 70, standardError: Math.sqrt(7 / 4) });
    const { score, standardError } = indexScore(estimate, [3, 1])!;
    expect(score).toBe(65);
    expect(standardError).toBeCloseTo(Math.sqrt(36 + 6 + 1) / 4, 12);
  });

  it('does not depend on the scale of the importances', () => {
    expect(indexScore(estimate, [0.4, 0.6])!.score).toBeCloseTo(
      indexScore(estimate, [40, 60])!.score,
      12,
    );
    expect(indexScore(estimate, [0.4, 0.6])!.standardError).toBeCloseTo(
      indexScore(estimate, [40, 60])!.standardError,
      12,
    );
  });

  it('is undefined when an indicator that matters has no estimate, and defined when it does not matter', () => {
    const partial = {
      means: [60, null],
      covariance: [
        [4, null],
        [null, null],
      ],
    };
    expect(indexScore(partial, [1, 1])).toBeNull();
    expect(indexScore(partial, [1, 0])).toEqual({ score: 60, standardError: 2 });
    expect(indexScore({ means: [60], covariance: [[null]] }, [1])).toBeNull();
    expect(indexScore({ means: [60], covariance: [] }, [1])).toBeNull();
    expect(indexScore({ means: [], covariance: [] }, [1])).toBeNull();
    expect(indexScore(estimate, [0, 0])).toBeNull();
  });

  it('never takes the root of a rounding error below 0', () => {
    expect(indexScore({ means: [60], covariance: [[-1e-18]] }, [1])).toEqual({
      score: 60,
      standardError: 0,
    });
  });
});

describe('scoreInterval', () => {
  it('is a t interval on the scale of points', () => {
    const [lower, upper] = scoreInterval(60, 2, 20)!;
    expect(lower).toBeCloseTo(60 - 2 * 2.085963447265837, 9);
    expect(upper).toBeCloseTo(60 + 2 * 2.085963447265837, 9);
    expect(scoreInterval(60, 2, Infinity, 0.9)![1]).toBeCloseTo(63.28970725390294, 9);
  });

  it('turns to the logit scale where it would leave 0 to 100', () => {
    const [lower, upper] = scoreInterval(98, 3, 20)!;
    const logit = (share: number) => Math.log(share / (1 - share));
    const half = (2.085963447265837 * 0.03) / (0.98 * 0.02);
    expect(logit(lower / 100)).toBeCloseTo(logit(0.98) - half, 9);
    expect(logit(upper / 100)).toBeCloseTo(logit(0.98) + half, 9);
    const [low, high] = scoreInterval(2, 3, 20)!;
    expect(low).toBeCloseTo(100 - upper, 9);
    expect(high).toBeCloseTo(100 - lower, 9);
  });

  it('may touch 0 or 100 without changing scale', () => {
    expect(scoreInterval(0, 0, 5)).toEqual([0, 0]);
    expect(scoreInterval(100, 0, 5)).toEqual([100, 100]);
    expect(scoreInterval(100, 1, 5)![1]).toBe(100);
    expect(scoreInterval(100, 1, 5)![0]).toBeCloseTo(100 - 2.570581835636314, 9);
    expect(scoreInterval(0, 1, 5)![0]).toBe(0);
  });

  it('stays on the scale it is told to', () => {
    expect(scoreInterval(98, 3, 20, 0.95, 'linear')).toEqual([
      expect.closeTo(98 - 3 * 2.085963447265837, 9),
      100,
    ]);
    expect(scoreInterval(60, 2, 20, 0.95, 'linear')).toEqual(scoreInterval(60, 2, 20));
    expect(scoreInterval(98, 3, 20, 0.95, 'logit')).toEqual(scoreInterval(98, 3, 20));
    const [lower, upper] = scoreInterval(60, 2, 20, 0.95, 'logit')!;
    const half = (2.085963447265837 * 0.02) / (0.6 * 0.4);
    expect(Math.log(lower / (100 - lower))).toBeCloseTo(Math.log(1.5) - half, 9);
    expect(Math.log(upper / (100 - upper))).toBeCloseTo(Math.log(1.5) + half, 9);
  });

  it('is nothing without degrees of freedom', () => {
    expect(scoreInterval(60, 2, 0)).toBeNull();
    expect(scoreInterval(60, 2, Number.NaN)).toBeNull();
  });
});

describe('notRatedReasons', () => {
  const good = {
    n: 30,
    effectiveN: 20,
    standardError: 10,
    degreesOfFreedom: 1,
    probabilitySample: true,
  };

  it('is empty at the very minimums', () => expect(notRatedReasons(good)).toEqual([]));

  it.each([
    [{ n: 29 }, 'too_few_respondents'],
    [{ effectiveN: 19.9 }, 'effective_sample_too_small'],
    [{ standardError: 10.1 }, 'margin_too_wide'],
    [{ standardError: null }, 'indicator_without_estimate'],
    [{ degreesOfFreedom: 0 }, 'no_degrees_of_freedom'],
    [{ probabilitySample: false }, 'no_probability_sample'],
  ])('%j → %s', (change, reason) =>
    expect(notRatedReasons({ ...good, ...change })).toEqual([reason]),
  );

  it('names every reason', () => {
    expect(
      notRatedReasons({
        n: 3,
        effectiveN: 2,
        standardError: 40,
        degreesOfFreedom: 2,
        probabilitySample: false,
      }),
    ).toEqual([
      'no_probability_sample',
      'too_few_respondents',
      'effective_sample_too_small',
      'margin_too_wide',
    ]);
  });

  it('follows the methodology where it asks for more', () => {
    expect(notRatedReasons(good, { respondents: 31, effectiveN: 21, standardError: 9 })).toEqual([
      'too_few_respondents',
      'effective_sample_too_small',
      'margin_too_wide',
    ]);
  });
});
