import {
  kishTableNames,
  selection as selectionSchema,
} from '../../api/src/contracts/interview-circumstances.ts';
import {
  type Adult,
  kishTableOf,
  kishTables,
  numberedAdults,
  selectByKish,
  selectionProbability,
} from '../../api/src/domain/respondent-selection.ts';
import fc from '../support/fast-check.ts';

/** A seed that draws each table, found by trying: the drawing is fixed for ever. */
const seedOf = Object.fromEntries(
  Array.from({ length: 200 }, (_, place) => [kishTableOf(`seed ${place}`), `seed ${place}`]),
);

const adult = fc.record({
  sex: fc.constantFrom('male' as const, 'female' as const),
  age: fc.integer({ min: 18, max: 100 }),
});

describe('numberedAdults', () => {
  it('has men by falling age, then women by falling age', () => {
    const household: Adult[] = [
      { sex: 'female', age: 40 },
      { sex: 'male', age: 20 },
      { sex: 'female', age: 71 },
      { sex: 'male', age: 60 },
    ];
    expect(numberedAdults(household).map(({ sex, age }) => `${sex} ${age}`)).toEqual([
      'male 60',
      'male 20',
      'female 71',
      'female 40',
    ]);
  });

  it('is the same people, and changes nothing of the list it was given', () => {
    fc.assert(
      fc.property(fc.array(adult, { maxLength: 12 }), (household) => {
        const before = structuredClone(household);
        const numbered = numberedAdults(household);
        expect(household).toEqual(before);
        expect(new Set(numbered)).toEqual(new Set(household));
        expect(numbered).toHaveLength(household.length);
      }),
    );
  });
});

describe('selectByKish', () => {
  it('by table D chooses the second of three: the worked example', () => {
    expect(selectByKish(3, seedOf.D)).toEqual({
      method: 'kish',
      adults: 3,
      position: 2,
      seed: seedOf.D,
      table: 'D',
    });
  });

  it.each(kishTableNames)(
    'draws table %s, and takes its last column from six adults on',
    (name) => {
      const seed = seedOf[name];
      const columns = [1, 2, 3, 4, 5, 6, 7, 12];
      expect(columns.map((adults) => selectByKish(adults, seed).position)).toEqual([
        ...kishTables[name].chosen,
        kishTables[name].chosen[5],
        kishTables[name].chosen[5],
      ]);
    },
  );

  it('is the same for the same seed and always somebody of the household, as the wire has it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.string({ minLength: 1, maxLength: 100 }),
        (adults, seed) => {
          const chosen = selectByKish(adults, seed);
          expect(selectByKish(adults, seed)).toEqual(chosen);
          expect(selectionSchema.parse(chosen)).toEqual(chosen);
          expect(selectionProbability(chosen)).toBeGreaterThanOrEqual(1 / 12);
        },
      ),
    );
  });

  it('uses the tables as often as published: 2 and 1 of 12', () => {
    const drawn = 24_000;
    const counts = new Map<string, number>();
    for (let place = 0; place < drawn; place += 1) {
      const table = kishTableOf(`household ${place}`);
      counts.set(table, (counts.get(table) ?? 0) + 1);
    }
    for (const name of kishTableNames) {
      const expected = (drawn * kishTables[name].twelfths) / 12;
      // Six standard errors: the seeds are fixed, so this either holds for ever or never.
      expect(Math.abs(counts.get(name)! - expected)).toBeLessThan(6 * Math.sqrt(expected));
    }
  });
});

describe('selectionProbability', () => {
  /** Kish (1949), table 1: chances of adult 1, 2, … by number of adults, in twelfths. */
  const published = [[12], [6, 6], [4, 4, 4], [3, 3, 3, 3], [2, 2, 3, 2, 3], [2, 2, 2, 2, 2, 2]];

  it.each(published.map((chances, place) => [place + 1, chances] as const))(
    'with %d adults is as published',
    (adults, chances) => {
      const found = chances.map(
        (_, place) => 12 * selectionProbability({ method: 'kish', adults, position: place + 1 }),
      );
      expect(found).toEqual(chances);
    },
  );

  it('gives nobody beyond the sixth a chance by the grid', () => {
    expect(selectionProbability({ method: 'kish', adults: 9, position: 6 })).toBeCloseTo(1 / 6, 15);
    expect(selectionProbability({ method: 'kish', adults: 9, position: 7 })).toBe(0);
  });

  it('sums to 1 over the household, by either method', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('kish' as const, 'last-birthday' as const),
        fc.integer({ min: 1, max: 30 }),
        (method, adults) => {
          const chances = Array.from({ length: adults }, (_, place) =>
            selectionProbability({ method, adults, position: place + 1 }),
          );
          expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
        },
      ),
    );
  });
});

describe('the selection on the wire', () => {
  it('refuses a place beyond the household', () => {
    const chosen = { method: 'last-birthday', adults: 2, position: 3 };
    expect(selectionSchema.safeParse(chosen).success).toBe(false);
  });
});
