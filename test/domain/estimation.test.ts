import {
  estimateGroup,
  indexScore,
  scoreInterval,
  type EstimationOptions,
  type GroupRow,
} from '@akimetr/api/domain/estimation';
import fc from '../support/fast-check.ts';

/** stratum cluster score, base weight 1; one indicator; e.g. 's1 c1 40'. A dash is a missing item. */
const rowsOf = (lines: readonly string[], akim = 'A'): GroupRow[] =>
  lines.map((line) => {
    const [stratum, cluster, ...scores] = line.split(' ') as [string, string, ...string[]];
    return {
      akim,
      stratum,
      cluster,
      baseWeight: 1,
      scores: scores.map((score) => (score === '-' ? null : Number(score))),
    };
  });

function estimated(
  rows: readonly GroupRow[],
  indicatorCount = 1,
  options: Partial<EstimationOptions> = {},
) {
  const result = estimateGroup(rows, indicatorCount, { lonelyPsu: 'fail', ...options });
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.faults));
  return result;
}

const faultsOf = (rows: readonly GroupRow[], options: Partial<EstimationOptions> = {}) => {
  const result = estimateGroup(rows, 1, { lonelyPsu: 'fail', ...options });
  return result.kind === 'failed' ? result.faults : [];
};

describe('estimateGroup', () => {
  it('is right by hand for two clusters: 2/1 · ((−5)² + 5²) = 100', () => {
    const { akims, degreesOfFreedom, kishEffectiveN, finalWeights } = estimated(
      rowsOf(['s c1 40', 's c2 60']),
    );
    expect(akims).toEqual([
      {
        akim: 'A',
        n: 2,
        answered: [2],
        effectiveN: 2,
        designEffect: 1,
        degreesOfFreedom: 1,
        means: [50],
        covariance: [[100]],
      },
    ]);
    expect([degreesOfFreedom, kishEffectiveN, [...finalWeights]]).toEqual([1, 2, [1, 1]]);
  });

  it('is right by hand for two strata of two clusters with unequal weights', () => {
    // weights 1, 1, 3, 3: mean (20 + 40 + 3·60 + 3·100) / 8 = 67.5; u = w (y − 67.5) / 8
    // stratum a: −5.9375, −3.4375 → 2 · (1.25² + 1.25²) = 6.25; stratum b: −2.8125, 12.1875 → 2 · (7.5² + 7.5²) = 225
    const rows = rowsOf(['a 1 20', 'a 2 40', 'b 1 60', 'b 2 100']).map((row, place) => ({
      ...row,
      baseWeight: place < 2 ? 1 : 3,
    }));
    const { akims } = estimated(rows);
    expect(akims[0]?.means).toEqual([67.5]);
    expect(akims[0]?.covariance[0]?.[0]).toBeCloseTo(231.25, 10);
    expect(akims[0]?.effectiveN).toBeCloseTo(64 / 20, 12);
    expect(akims[0]?.designEffect).toBeCloseTo((4 * 20) / 64, 12);
    expect(akims[0]?.degreesOfFreedom).toBe(2);
  });

  it('takes a cluster name in another stratum for another cluster', () => {
    expect(estimated(rowsOf(['a 1 20', 'a 2 40', 'b 1 60', 'b 2 100'])).degreesOfFreedom).toBe(2);
  });

  it('leaves a missing item out of its own indicator only', () => {
    const { akims } = estimated(rowsOf(['s 1 40 10', 's 2 60 -', 's 3 - 30']), 2);
    expect(akims[0]).toMatchObject({ n: 3, answered: [2, 2], means: [50, 20] });
    // u₁ = (−5, 5, 0), u₂ = (−5, 0, 5): variances 3/2 · 50 = 75, covariance 3/2 · 25 = 37.5
    expect(akims[0]?.covariance).toEqual([
      [75, 37.5],
      [37.5, 75],
    ]);
  });

  it('gives null, never NaN, for an indicator nobody answered', () => {
    const { akims } = estimated(rowsOf(['s 1 40 -', 's 2 60 -']), 2);
    expect(akims[0]).toMatchObject({
      answered: [2, 0],
      means: [50, null],
      covariance: [
        [100, null],
        [null, null],
      ],
    });
    const calibration = { method: 'poststratify', variable: 'sex', totals: { f: 10 } } as const;
    const rows = rowsOf(['s 1 40 -', 's 2 60 -']).map((row) => ({
      ...row,
      categories: { sex: 'f' },
    }));
    expect(estimated(rows, 2, { calibration }).akims[0]).toMatchObject({ means: [50, null] });
    expect(JSON.stringify(estimated(rows, 2, { calibration }))).not.toContain('NaN');
  });

  it('keeps the clusters of other akims in the design of each akim', () => {
    const rows = [...rowsOf(['s 1 40', 's 2 60'], 'A'), ...rowsOf(['s 3 70', 's 4 90'], 'B')];
    const { akims, degreesOfFreedom } = estimated(rows);
    // u = (−5, 5, 0, 0): 4/3 · 50, as R's svymean on a subset
    expect(akims.map(({ covariance }) => covariance[0]?.[0])).toEqual([
      expect.closeTo(200 / 3, 10),
      expect.closeTo(200 / 3, 10),
    ]);
    expect(degreesOfFreedom).toBe(3);
    expect(akims.map((akim) => akim.degreesOfFreedom)).toEqual([1, 1]);
  });

  it('takes the finite population correction per stratum', () => {
    const rows = rowsOf(['s 1 40', 's 2 60']).map((row) => ({ ...row, clustersInPopulation: 8 }));
    expect(estimated(rows, 1, { finitePopulation: true }).akims[0]?.covariance).toEqual([[75]]);
    expect(estimated(rows).akims[0]?.covariance).toEqual([[100]]);
    const all = rows.map((row) => ({ ...row, clustersInPopulation: 2 }));
    expect(estimated(all, 1, { finitePopulation: true }).akims[0]?.covariance).toEqual([[0]]);
    const endless = rows.map((row) => ({ ...row, clustersInPopulation: Infinity }));
    expect(estimated(endless, 1, { finitePopulation: true }).akims[0]?.covariance).toEqual([[100]]);
  });

  it('names a stratum whose population is smaller than the sample, missing or of two sizes', () => {
    const rows = rowsOf(['s 1 40', 's 2 60', 't 1 5', 't 2 6', 'v 1 1', 'v 2 3']);
    const sizes = [1, 1, undefined, undefined, 5, 6];
    const faults = faultsOf(
      rows.map((row, place) => ({ ...row, clustersInPopulation: sizes[place] })),
      { finitePopulation: true },
    );
    expect(faults).toEqual([
      {
        code: 'bad_population',
        row: 5,
        column: 'clustersInPopulation',
        place: 'v',
        reason: 'row 6: stratum v has two numbers of clusters in its population',
      },
      {
        code: 'bad_population',
        place: 's',
        reason: 'stratum s: clustersInPopulation is not a number of at least the 2 clusters drawn',
      },
      {
        code: 'bad_population',
        place: 't',
        reason: 'stratum t: clustersInPopulation is not a number of at least the 2 clusters drawn',
      },
    ]);
  });

  describe('with a lonely cluster', () => {
    // mean 60; u: a −10/… : scores 40, 60 | 80 → u = (−20, 0, 20) / 3
    const rows = rowsOf(['a 1 40', 'a 2 60', 'b 1 80']);
    const own = 2 * (2 * (10 / 3) ** 2);

    it('fail names the stratum', () => {
      expect(faultsOf(rows)).toEqual([
        {
          code: 'lonely_cluster',
          place: 'b',
          reason: 'stratum b has one cluster and the rule is "fail"',
        },
      ]);
    });

    it('certainty lets it contribute nothing', () => {
      expect(
        estimated(rows, 1, { lonelyPsu: 'certainty' }).akims[0]?.covariance[0]?.[0],
      ).toBeCloseTo(own, 10);
    });

    it('adjust centres it at the mean of all cluster totals', () => {
      expect(estimated(rows, 1, { lonelyPsu: 'adjust' }).akims[0]?.covariance[0]?.[0]).toBeCloseTo(
        own + (20 / 3) ** 2,
        10,
      );
    });

    it('average gives it the mean of the other strata', () => {
      expect(estimated(rows, 1, { lonelyPsu: 'average' }).akims[0]?.covariance[0]?.[0]).toBeCloseTo(
        2 * own,
        10,
      );
    });

    it('average has no variance to give when every stratum is lonely', () => {
      const lonely = rowsOf(['a 1 40', 'b 1 60']);
      expect(estimated(lonely, 1, { lonelyPsu: 'average' }).akims[0]).toMatchObject({
        means: [50],
        covariance: [[null]],
      });
    });

    it('does not count a cluster that was drawn with certainty as lonely', () => {
      const sizes = rows.map((row) => ({
        ...row,
        clustersInPopulation: row.stratum === 'b' ? 1 : 1e12,
      }));
      for (const lonelyPsu of ['fail', 'average', 'adjust'] as const) {
        const [akim] = estimated(sizes, 1, { lonelyPsu, finitePopulation: true }).akims;
        expect(akim?.covariance[0]?.[0]).toBeCloseTo(own, 6);
      }
    });

    it('takes the finite population correction of a lonely cluster under adjust', () => {
      const sizes = rows.map((row) => ({
        ...row,
        clustersInPopulation: row.stratum === 'b' ? 4 : 1e12,
      }));
      const [akim] = estimated(sizes, 1, { lonelyPsu: 'adjust', finitePopulation: true }).akims;
      expect(akim?.covariance[0]?.[0]).toBeCloseTo(own + 0.75 * (20 / 3) ** 2, 6);
    });
  });

  describe('with calibration', () => {
    const calibration = {
      method: 'poststratify',
      variable: 'sex',
      totals: { f: 20, m: 30 },
    } as const;

    it('explains away what the calibration variable explains', () => {
      // every woman 40, every man 60: the post-strata explain everything, so no variance is left
      const rows = rowsOf(['s 1 40', 's 2 40', 's 3 60', 's 4 60']).map((row, place) => ({
        ...row,
        categories: { sex: place < 2 ? 'f' : 'm' },
      }));
      const { akims, weighting } = estimated(rows, 1, { calibration });
      expect(akims[0]?.means[0]).toBeCloseTo(52, 12);
      expect(akims[0]?.covariance[0]?.[0]).toBeCloseTo(0, 12);
      expect(weighting.method).toBe('poststratify');
    });

    it('is right by hand for one person per cluster', () => {
      // cells of two: residuals ±5 (f) and ±10 (m); w 10 and 15, Σw 50: u = ±1, ±3 → 4/3 · (1 + 1 + 9 + 9)
      const rows = rowsOf(['s 1 35', 's 2 45', 's 3 50', 's 4 70']).map((row, place) => ({
        ...row,
        categories: { sex: place < 2 ? 'f' : 'm' },
      }));
      const { akims } = estimated(rows, 1, { calibration });
      expect(akims[0]?.covariance[0]?.[0]).toBeCloseTo(80 / 3, 10);
    });

    it('hands the faults of weighting on', () => {
      expect(
        faultsOf(rowsOf(['s 1 40', 's 2 60']), { calibration }).map(({ code }) => code),
      ).toEqual(['missing_category', 'missing_category']);
    });
  });

  it('names every row that cannot be used', () => {
    const rows = rowsOf(['s 1 40', 's 2 60', 's 3 70']);
    const bad = [
      { ...rows[0], baseWeight: 0 },
      { ...rows[1], baseWeight: Infinity },
      { ...rows[2], scores: [Number.NaN] },
    ];
    expect(faultsOf(bad)).toEqual([
      {
        code: 'bad_base_weight',
        row: 0,
        column: 'baseWeight',
        reason: 'row 1: the base weight is not a positive number from 1e-100 to 1e100',
      },
      {
        code: 'bad_base_weight',
        row: 1,
        column: 'baseWeight',
        reason: 'row 2: the base weight is not a positive number from 1e-100 to 1e100',
      },
      { code: 'bad_score', row: 2, column: 'scores', reason: 'row 3: score 1 is not a number' },
    ]);
    expect(faultsOf([])).toEqual([{ code: 'no_rows', reason: 'there are no interviews' }]);
  });

  it('treats a score that a row does not have as missing', () => {
    expect(estimated(rowsOf(['s 1 40', 's 2 60']), 2).akims[0]).toMatchObject({ answered: [2, 0] });
  });
});

describe('estimates', () => {
  const interview = fc.record({
    akim: fc.constantFrom('A', 'B'),
    stratum: fc.constantFrom('s', 't'),
    cluster: fc.constantFrom('1', '2', '3', '4'),
    baseWeight: fc.double({ min: 0.5, max: 20, noNaN: true }),
    scores: fc.array(fc.option(fc.integer({ min: 0, max: 100 }), { freq: 6 }), {
      minLength: 3,
      maxLength: 3,
    }),
    categories: fc.record({ sex: fc.constantFrom('f', 'm') }),
  });
  const group = fc.array(interview, { minLength: 6, maxLength: 50 }).map((rows) => [
    ...rows,
    ...(['f', 'm'] as const).map((sex, place) => ({
      ...rows[0],
      cluster: `extra${place}`,
      categories: { sex },
    })),
  ]);
  const options: EstimationOptions = {
    lonelyPsu: 'adjust',
    calibration: { method: 'rake', margins: { sex: { f: 520, m: 480 } } },
  };
  const importances = [0.5, 0.3, 0.2];
  const close = (a: number | null | undefined, b: number | null | undefined) => {
    if (a == null || b == null) return expect(a ?? null).toBe(b ?? null);
    return expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-8 * (1 + Math.abs(a)));
  };
  const figures = (rows: readonly GroupRow[]) => {
    const byAkim = [...estimated(rows, 3, options).akims].sort((a, b) =>
      a.akim < b.akim ? -1 : 1,
    );
    return byAkim.flatMap((akim) => {
      const index = indexScore(akim, importances);
      return [
        ...akim.means,
        ...akim.covariance.flat(),
        akim.effectiveN,
        index?.score,
        index?.standardError,
      ];
    });
  };

  it('do not depend on the order of the rows', () => {
    fc.assert(
      fc.property(group, fc.integer(), (rows, seed) => {
        const shuffled = rows
          .map((row, place) => [row, Math.sin(seed + place * 12.9898)] as const)
          .sort((a, b) => a[1] - b[1]);
        const [one, other] = [figures(rows), figures(shuffled.map(([row]) => row))];
        one.forEach((value, place) => close(value, other[place]));
      }),
      { seed: 21 },
    );
  });

  it('do not depend on the scale of the base weights', () => {
    fc.assert(
      fc.property(group, fc.double({ min: 0.01, max: 1000, noNaN: true }), (rows, scale) => {
        const scaled = figures(rows.map((row) => ({ ...row, baseWeight: row.baseWeight * scale })));
        figures(rows).forEach((value, place) => close(value, scaled[place]));
      }),
      { seed: 22 },
    );
  });

  it("have the variance m'Vm for the index: the same as of an indicator that is the index itself", () => {
    const complete = group.map((rows) =>
      rows.map((row) => ({ ...row, scores: row.scores.map((score) => score ?? 50) })),
    );
    fc.assert(
      fc.property(complete, (rows) => {
        const withIndex = rows.map((row) => ({
          ...row,
          scores: [
            ...row.scores,
            row.scores.reduce<number>((sum, score, k) => sum + importances[k] * score, 0),
          ],
        }));
        for (const akim of estimated(withIndex, 4, options).akims) {
          const index = indexScore(akim, [...importances, 0])!;
          close(index.score, akim.means[3]);
          close(index.standardError ** 2, akim.covariance[3]?.[3]);
        }
      }),
      { seed: 23 },
    );
  });

  it('have a covariance that is symmetric with no negative variance', () => {
    fc.assert(
      fc.property(group, (rows) => {
        for (const { covariance } of estimated(rows, 3, options).akims) {
          covariance.forEach((row, k) =>
            row.forEach((value, j) => expect(value).toBe(covariance[j][k])),
          );
          covariance.forEach((row, k) => expect(row[k] ?? 0).toBeGreaterThanOrEqual(0));
        }
      }),
      { seed: 24 },
    );
  });

  it('do not become less certain by one more interview that says what the others say on average', () => {
    fc.assert(
      fc.property(group, fc.double({ min: 0.5, max: 20, noNaN: true }), (rows, baseWeight) => {
        const own = rows.map((row, place) => ({
          ...row,
          ...{ akim: 'A', stratum: 's', cluster: `i${place}` },
          scores: row.scores.map((score) => score ?? 50),
        }));
        const interval = (list: readonly GroupRow[]) => {
          const [akim] = estimated(list, 3, { lonelyPsu: 'fail' }).akims;
          const { score, standardError } = indexScore(akim, importances)!;
          const [lower, upper] = scoreInterval(
            score,
            standardError,
            akim.degreesOfFreedom,
            0.95,
            'linear',
          )!;
          return { scores: akim.means, score, width: upper - lower };
        };
        const before = interval(own);
        const equal = { ...own[0], cluster: 'one more', baseWeight, scores: before.scores };
        const after = interval([...own, equal]);
        close(after.score, before.score);
        expect(after.width).toBeLessThanOrEqual(before.width * (1 + 1e-9) + 1e-9);
      }),
      { seed: 26 },
    );
  });

  it('do not become less certain when every interview is there twice in clusters of its own', () => {
    fc.assert(
      fc.property(group, (rows) => {
        const base = { lonelyPsu: 'certainty' } as const;
        const own = rows.map((row, place) => ({
          ...row,
          akim: 'A',
          stratum: 's',
          cluster: `i${place}`,
        }));
        const twice = [...own, ...own.map((row) => ({ ...row, cluster: `${row.cluster}again` }))];
        const [once, doubled] = [own, twice].map((list) => estimated(list, 3, base).akims[0]);
        once.covariance.forEach((row, k) => {
          close(doubled.means[k], once.means[k]);
          if (row[k] !== null) expect(doubled.covariance[k][k]!).toBeLessThanOrEqual(row[k] + 1e-9);
        });
      }),
      { seed: 25 },
    );
  });
});
