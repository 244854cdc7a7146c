import { areasFigures, readAreasFile } from '@akimetr/api/domain/areas-file';
import { estimateFile, readEstimateFile } from '@akimetr/api/domain/estimate-file';

const row = (over: Record<string, unknown> = {}) => ({
  akim: 'A',
  stratum: 's',
  psu: 1,
  baseWeight: 1,
  y1: 40,
  y2: null,
  ...over,
});
const file = (over: Record<string, unknown> = {}) => ({
  rows: [row(), row({ psu: 2, y1: 60, y2: 20 }), row({ psu: 3, y1: 80, y2: 40 })],
  indicators: ['y1', 'y2'],
  indexWeights: [1, 3],
  spec: {},
  ...over,
});
const faultsOf = (json: unknown) => {
  const read = readEstimateFile(json);
  if ('faults' in read) return read.faults;
  const figures = estimateFile(read);
  return 'faults' in figures ? figures.faults : [];
};
const places = (json: unknown) => faultsOf(json).map(({ row: line, column }) => [line, column]);

describe('readEstimateFile and estimateFile', () => {
  it('estimate a small file, with base weights and the rule "fail" where nothing is specified', () => {
    const read = readEstimateFile(file());
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    expect(read.options).toEqual({
      calibration: { method: 'none' },
      lonelyPsu: 'fail',
      finitePopulation: false,
    });
    expect(estimateFile(read)).toEqual({
      weights: [1, 1, 1],
      degreesOfFreedom: 2,
      kishEffectiveN: 3,
      akims: [
        {
          akim: 'A',
          n: 3,
          means: [60, 30],
          covariance: [
            [expect.closeTo(400 / 3, 9), expect.closeTo(50, 9)],
            [expect.closeTo(50, 9), expect.closeTo(75, 9)],
          ],
          standardErrors: [expect.closeTo(Math.sqrt(400 / 3), 9), expect.closeTo(Math.sqrt(75), 9)],
          index: 37.5,
          indexStandardError: expect.closeTo(Math.sqrt(400 / 3 + 2 * 3 * 50 + 9 * 75) / 4, 9),
        },
      ],
    });
  });

  it('print null for what cannot be estimated', () => {
    const read = readEstimateFile(file({ rows: [row(), row({ psu: 2 })] }));
    const figures = 'faults' in read ? null : estimateFile(read);
    expect(figures).toMatchObject({
      akims: [
        { means: [40, null], standardErrors: [0, null], index: null, indexStandardError: null },
      ],
    });
  });

  it('read every kind of calibration, trimming, response classes and the population of clusters', () => {
    const rows = [1, 2, 3, 4].map((psu) =>
      row({ psu, sex: psu < 3, y2: 1, responseClass: 'u', clustersInPopulation: 9 }),
    );
    const rake = { calibration: { method: 'rake', margins: { sex: { true: 6, false: 4 } } } };
    const spec = {
      ...rake,
      nonResponse: { u: 8 },
      trim: { lowerMedians: 0.1, upperMedians: 9 },
      finitePopulation: true,
    };
    const read = readEstimateFile(file({ rows, spec }));
    const figures = 'faults' in read ? null : estimateFile(read);
    expect(figures).toMatchObject({
      weights: [3, 3, 2, 2].map((value) => expect.closeTo(value, 9)),
    });
    for (const calibration of [
      { method: 'poststratify', variable: 'sex', totals: { true: 6, false: 4 } },
      { method: 'logit', bounds: [0.1, 9], margins: { sex: { true: 6, false: 4 } } },
    ]) {
      const other = readEstimateFile(file({ rows, spec: { calibration } }));
      expect('faults' in other ? null : estimateFile(other)).toMatchObject({
        weights: [3, 3, 2, 2].map((value) => expect.closeTo(value, 9)),
      });
    }
  });

  it('name the row and the column of every fault', () => {
    const rows = [
      row({ akim: undefined }),
      row({ y1: 101 }),
      row({ y1: -1, baseWeight: 0 }),
      row({ psu: '' }),
      row({ y2: 'x', stratum: null }),
      row({ y1: undefined }),
    ];
    expect(places(file({ rows }))).toEqual([
      [1, 'akim'],
      [2, 'y1'],
      [3, 'baseWeight'],
      [3, 'y1'],
      [4, 'psu'],
      [5, 'stratum'],
      [5, 'y2'],
      [6, 'y1'],
    ]);
    expect(places(file({ rows: 'none' }))).toEqual([[undefined, 'rows']]);
    expect(places(file({ rows: [] }))).toEqual([[undefined, undefined]]);
    expect(places(file({ rows: [7] }))).toEqual([[1, undefined]]);
  });

  it('name the column of a calibration variable, a response class or a population that a row lacks', () => {
    const rake = { calibration: { method: 'rake', margins: { sex: { f: 2, m: 1 } } } };
    expect(places(file({ spec: rake }))).toEqual([
      [1, 'sex'],
      [2, 'sex'],
      [3, 'sex'],
    ]);
    const poststratify = {
      calibration: { method: 'poststratify', variable: 'cell', totals: { a: 1 } },
    };
    expect(places(file({ spec: poststratify }))).toEqual([
      [1, 'cell'],
      [2, 'cell'],
      [3, 'cell'],
    ]);
    const rows = file().rows.map((one, place) => ({ ...one, sex: place === 1 ? 'x' : 'f' }));
    expect(faultsOf(file({ rows, spec: rake }))[0]).toEqual({
      row: 2,
      column: 'sex',
      reason: 'row 2: sex "x" has no total above 0',
    });
    expect(places(file({ spec: { nonResponse: { u: 3 } } }))).toEqual([
      [1, 'responseClass'],
      [2, 'responseClass'],
      [3, 'responseClass'],
    ]);
    expect(places(file({ spec: { finitePopulation: true } }))).toEqual([
      [1, 'clustersInPopulation'],
      [2, 'clustersInPopulation'],
      [3, 'clustersInPopulation'],
    ]);
  });

  it('say what stands where something else should', () => {
    const rows = [
      row({ baseWeight: 1e-320 }),
      row({ stratum: '', y1: '75' }),
      row({ psu: undefined, y1: 101 }),
    ];
    expect(faultsOf(file({ rows: rows.slice(1) })).map(({ reason }) => reason)).toEqual([
      'is missing',
      'must be a number from 0 to 100 or null, not "75"',
      'is missing',
      'must be a number from 0 to 100 or null, not 101',
    ]);
    // Squares of such weights would not be numbers any more.
    expect(places(file({ rows: [rows[0], row({ psu: 2 })] }))).toEqual([[1, 'baseWeight']]);
    expect(places(file({ rows: 7 }))).toEqual([[undefined, 'rows']]);
    expect(places(file({ indicators: ['akim'], indexWeights: [1] }))).toEqual([
      [undefined, 'indicators'],
    ]);
  });

  it('name a stratum and what is wrong with the weights', () => {
    expect(faultsOf(file({ rows: [row({ y2: 1 })] }))).toEqual([
      { column: 's', reason: 'stratum s has one cluster and the rule is "fail"' },
    ]);
    expect(places(file({ spec: { trim: { lowerMedians: 2, upperMedians: 3 } } }))).toEqual([
      [undefined, undefined],
    ]);
  });

  it.each<[string, unknown]>([
    ['indicators', file({ indicators: [] })],
    ['indicators', file({ indicators: ['y1', 'y1'] })],
    ['indexWeights', file({ indexWeights: [1] })],
    ['indexWeights', file({ indexWeights: [0, 0] })],
    ['indexWeights.1', file({ indexWeights: [1, -1] })],
    ['spec.lonelyPsu', file({ spec: { lonelyPsu: 'ignore' } })],
    ['spec', file({ spec: { weights: 1 } })],
    [
      'spec.calibration',
      file({ spec: { calibration: { method: 'rake', margins: {}, bounds: [0, 1] } } }),
    ],
    ['spec.calibration.method', file({ spec: { calibration: { method: 'magic' } } })],
    [
      'spec.calibration.totals.f',
      file({
        spec: { calibration: { method: 'poststratify', variable: 'sex', totals: { f: -1 } } },
      }),
    ],
    ['spec.trim.upperMedians', file({ spec: { trim: { lowerMedians: 0 } } })],
    ['spec', file({ spec: undefined })],
  ])('refuse a head whose %s is wrong', (column, json) => {
    expect(places(json)).toEqual([[undefined, column]]);
  });

  it('take a list of one as its only member, and null as not there, as R writes them', () => {
    const one = file({ rows: file().rows.map(({ y2: _, ...rest }) => rest) });
    const listed = readEstimateFile({ ...one, indicators: ['y1'], indexWeights: [2] });
    const bare = { indicators: 'y1', indexWeights: 2, spec: { trim: null, nonResponse: null } };
    expect(readEstimateFile({ ...one, ...bare })).toEqual(listed);
    expect(listed).toMatchObject({ indicators: ['y1'], importances: [2] });
  });

  it('take numbers and texts for the same name', () => {
    const rows = (as: (id: number) => unknown) =>
      [1, 2, 3, 4].map((psu) =>
        row({ akim: as(1 + (psu % 2)), stratum: as(5), psu: as(psu), y2: psu }),
      );
    const mixed = readEstimateFile(file({ rows: rows((id) => (id % 2 === 0 ? `${id}` : id)) }));
    expect(mixed).toEqual(readEstimateFile(file({ rows: rows(String) })));
    expect('faults' in mixed ? null : estimateFile(mixed)).toMatchObject({
      degreesOfFreedom: 3,
      akims: [{ akim: '2' }, { akim: '1' }],
    });
  });

  it('estimate raking, strata, finite population, a lonely cluster and a missing item together, by hand', () => {
    // Base weights 1. Women (w = 2): 80 in s/1, 40 in s/2; men (w = 3): 20 in s/1, missing in t/1. Σw of who answered: 7.
    // Mean (2·80 + 2·40 + 3·20) / 7 = 300/7. z = (y − mean) / 7; the regression on sex takes each sex's mean of z off:
    // women (z₁ + z₂) / 2 → residuals ±20/7; men (z₃ + 0) / 2 with z₃ = −160/49 → residuals ∓80/49.
    // u: s/1: 2·20/7 − 3·80/49 = 40/49; s/2: −40/7 = −280/49; t/1: +240/49. Mean of all clusters 0.
    // s has 2 of 4 clusters: ½ · 2 · ((160/49)² + (160/49)²); t has 1 of 4, centred at 0: ¾ · (240/49)².
    const one = (psu: number, sex: string, y1: number | null, stratum = 's') =>
      row({ psu, sex, y1, stratum, clustersInPopulation: 4 });
    const rows = [one(1, 'f', 80), one(2, 'f', 40), one(1, 'm', 20), one(1, 'm', null, 't')];
    const spec = {
      calibration: { method: 'rake', margins: { sex: { f: 4, m: 6 } } },
      lonelyPsu: 'adjust',
      finitePopulation: true,
    };
    const read = readEstimateFile(file({ rows, spec, indicators: ['y1'], indexWeights: [1] }));
    expect('faults' in read ? read.faults : estimateFile(read)).toMatchObject({
      weights: [2, 2, 3, 3].map((value) => expect.closeTo(value, 9)),
      degreesOfFreedom: 1,
      akims: [
        {
          n: 4,
          means: [expect.closeTo(300 / 7, 9)],
          covariance: [[expect.closeTo((2 * 160 ** 2 + 0.75 * 240 ** 2) / 49 ** 2, 9)]],
        },
      ],
    });
  });

  it.each([null, 7, 'x', []])('never throw, whatever the file: %j', (json) =>
    expect(faultsOf(json).length).toBeGreaterThan(0),
  );
});

describe('readAreasFile and areasFigures', () => {
  const areas = [50, 60, 70, 66].map((score, place) => ({ akim: `A${place}`, score, variance: 4 }));

  it('leave out what the columns do not allow', () => {
    const read = readAreasFile({ areas });
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    expect(Object.keys(areasFigures(read.areas))).toEqual([
      'shrinkage',
      'rankIntervals90',
      'rankIntervals95',
    ]);
  });

  it('take a column of nothing but null as not there, and yes and no for 1 and 0', () => {
    const read = readAreasFile({
      areas: areas.map((area, place) => ({ ...area, urban: null, elected: place % 2 === 0 })),
    });
    const plain = readAreasFile({
      areas: areas.map((area, place) => ({ ...area, elected: place % 2 === 0 ? 1 : 0 })),
    });
    expect(read).toEqual(plain);
    expect('faults' in read ? [] : read.areas[0]).toMatchObject({ elected: 1 });
    expect(readAreasFile({ areas: [{ ...areas[0], akim: 7 }] })).toMatchObject({
      areas: [{ akim: '7' }],
    });
  });

  it('want a column for every area or for none', () => {
    const read = readAreasFile({
      areas: areas.map((area, row) => (row === 2 ? area : { ...area, urban: row })),
    });
    expect(read).toEqual({
      faults: [{ row: 3, column: 'urban', reason: 'missing here, given elsewhere' }],
    });
    const scores = areas.map((area) => ({ ...area, nextScore: 60 }));
    expect(areasFigures(scores)).not.toHaveProperty('trend');
  });

  it('say why a model has no fit', () => {
    const same = areas.map((area) => ({ ...area, urban: 1, elected: 1 as const }));
    expect(areasFigures(same)).toMatchObject({
      shrinkageUrban: { failed: 'collinear_covariates' },
      cohort: { failed: 'collinear_covariates' },
    });
  });

  it('name the row and the column of every fault', () => {
    const bad = {
      areas: [
        { ...areas[0], variance: 0 },
        { ...areas[1], score: 'x' },
        { ...areas[2], elected: 2 },
        7,
      ],
    };
    const read = readAreasFile(bad);
    expect(
      'faults' in read ? read.faults.map(({ row: line, column }) => [line, column]) : [],
    ).toEqual([
      [1, 'variance'],
      [2, 'score'],
      [3, 'elected'],
      [4, 'areas'],
    ]);
    const none = readAreasFile({});
    expect('faults' in none ? none.faults : []).toEqual([
      { column: 'areas', reason: expect.any(String) },
    ]);
    const partly = readAreasFile({
      areas: areas.map((area, place) =>
        place === 2 ? area : { ...area, urban: 0.5, nextScore: 1, nextVariance: 1 },
      ),
    });
    expect('faults' in partly ? partly.faults : []).toEqual(
      ['urban', 'nextScore', 'nextVariance'].map((column) => ({
        row: 3,
        column,
        reason: 'missing here, given elsewhere',
      })),
    );
  });
});
