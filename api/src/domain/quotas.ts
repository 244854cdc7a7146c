/**
 * Quotas of a sampling point: how many women and men of each age band are wanted. A hint for the interviewer, never a
 * condition: who is asked within a household is chosen by chance (METHODOLOGY §6).
 */
import { controlledRounding } from './controlled-rounding.ts';
import { randomStream } from './random.ts';

/** One cell: sex × age band. */
export interface QuotaCell {
  readonly sex: 'male' | 'female';
  /** Name of the band: 18-29, 61+. */
  readonly age: string;
  /** Interviews wanted. */
  readonly target: number;
}

/** Persons of one cell in the official totals. */
export interface QuotaShare {
  readonly sex: 'male' | 'female';
  readonly age: string;
  readonly persons: number;
}

const sexes = ['female', 'male'] as const;

/**
 * Shares the interviews of a point out over sex × age as the population is, in whole numbers: every cell, the total of
 * each sex and of each band is its exact figure rounded down or up, and they sum to the interviews. Rounded by chance,
 * so that over many points even a cell of 0.2 gets its share.
 * @param shares persons of each cell; several of one cell are summed
 * @param interviews wanted at the point, ≥ 1
 * @param seed the same text always gives the same cells
 * @returns women first, bands by age, cells without a target included; none when the shares hold nobody
 * @example 60 women and 40 men of one band, 5 interviews → 3 and 2
 * @source METHODOLOGY §6; Cox (1987), JASA 82: 520–524
 */
export function quotaCells(
  shares: readonly QuotaShare[],
  interviews: number,
  seed: string,
): QuotaCell[] {
  const ages = [...new Set(shares.map(({ age }) => age))].sort(
    (a, b) => firstYear(a) - firstYear(b),
  );
  const persons = (wanted?: { sex: string; age: string }) =>
    shares
      .filter((one) => !wanted || (one.sex === wanted.sex && one.age === wanted.age))
      .reduce((sum, one) => sum + one.persons, 0);
  const all = persons();
  if (all === 0) return [];
  const exact = sexes.map((sex) => ages.map((age) => (interviews * persons({ sex, age })) / all));
  const rounded = controlledRounding(exact, randomStream(seed).uniform);
  return sexes.flatMap((sex, row) =>
    ages.map((age, column) => ({ sex, age, target: rounded[row]![column]! })),
  );
}

const firstYear = (band: string): number => Number.parseInt(band, 10);

/**
 * The cell that a person is in.
 * @param age full years, as a number or as the text of an answer
 * @returns its place among the cells; −1 when sex or age is unknown, or no band holds the age
 * @example female, 29 → the cell of female 18-29
 */
export function cellOf(
  cells: readonly Pick<QuotaCell, 'sex' | 'age'>[],
  person: { readonly sex?: unknown; readonly age?: unknown },
): number {
  const years =
    typeof person.age === 'number' ? person.age : Number.parseInt(String(person.age), 10);
  return cells.findIndex(({ sex, age }) => sex === person.sex && holds(age, years));
}

function holds(band: string, years: number): boolean {
  const [from, to] = band.split('-');
  return (
    years >= Number.parseInt(from!, 10) && (to === undefined || Math.floor(years) <= Number(to))
  );
}
