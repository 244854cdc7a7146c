/**
 * Who of a household is asked: one adult, chosen without the interviewer's or the household's say (METHODOLOGY §6).
 * Last birthday asks the household itself; the Kish grid needs the list of adults, by sex and age only.
 */
import {
  kishTableNames,
  type KishTableName,
  type Selection,
} from '../contracts/interview-circumstances.ts';
import { randomStream } from './random.ts';

/** An adult of a household as listed at the door: nothing else of them is written down. */
export interface Adult {
  readonly sex: 'male' | 'female';
  /** in years */
  readonly age: number;
}

interface KishTable {
  /** share of households that use this table, in twelfths */
  readonly twelfths: 1 | 2;
  /** number of the adult chosen where there are 1, 2, 3, 4, 5 and 6 or more of them */
  readonly chosen: readonly [number, number, number, number, number, number];
}

/**
 * The eight tables as published. With 5 adults the third and fifth have a chance of 1/4 and the others 1/6; whoever is
 * seventh or later of more than 6 is never chosen: both are Kish's own approximations.
 * @source Kish (1949), A Procedure for Objective Respondent Selection within the Household, JASA 44: 380–387, table 1
 */
export const kishTables: Readonly<Record<KishTableName, KishTable>> = {
  A: { twelfths: 2, chosen: [1, 1, 1, 1, 1, 1] },
  B1: { twelfths: 1, chosen: [1, 1, 1, 1, 2, 2] },
  B2: { twelfths: 1, chosen: [1, 1, 1, 2, 2, 2] },
  C: { twelfths: 2, chosen: [1, 1, 2, 2, 3, 3] },
  D: { twelfths: 2, chosen: [1, 2, 2, 3, 4, 4] },
  E1: { twelfths: 1, chosen: [1, 2, 3, 3, 3, 5] },
  E2: { twelfths: 1, chosen: [1, 2, 3, 4, 5, 5] },
  F: { twelfths: 2, chosen: [1, 2, 3, 4, 5, 6] },
};

/** Each table as often as its share, so that one even draw of twelve takes the right one. */
const twelveTables = kishTableNames.flatMap((name) =>
  Array.from({ length: kishTables[name].twelfths }, () => name),
);

/** Column of the tables for so many adults, from 0. */
const columnOf = (adults: number) => Math.min(adults, 6) - 1;

/**
 * Adults in the order in which they are numbered: men by falling age, then women by falling age; equals stay in the
 * order given.
 * @example [woman 40, man 20, man 60] → [man 60, man 20, woman 40]
 */
export function numberedAdults<A extends Adult>(adults: readonly A[]): readonly A[] {
  return adults.toSorted((a, b) => (a.sex === b.sex ? b.age - a.age : a.sex === 'male' ? -1 : 1));
}

/**
 * The Kish table that a seed draws, with the tables' published shares.
 * @param seed fixed for a household, so that asking again gives the same table
 * @example over many households table A comes for one in six, B1 for one in twelve
 */
export function kishTableOf(seed: string): KishTableName {
  return twelveTables[randomStream(seed).integer(twelveTables.length)]!;
}

/**
 * Chooses by the Kish grid.
 * @param adults number of adults, ≥ 1
 * @returns place of the respondent among `numberedAdults`, from 1
 * @example 3 adults, a seed that draws table D → position 2
 * @source Kish (1949), JASA 44: 380–387
 */
export function selectByKish(adults: number, seed: string): Selection & { method: 'kish' } {
  const table = kishTableOf(seed);
  const position = kishTables[table].chosen[columnOf(adults)]!;
  return { method: 'kish', adults, position, seed, table };
}

/**
 * Chance that a household's method chooses the adult it did choose; its inverse is the household's part of a base weight.
 * @returns in (0, 1] for a selection that the method can make, 0 for one it cannot
 * @example last birthday of 3 adults → 1/3; Kish, third of 5 adults → 1/4
 * @source Kish (1949), JASA 44: 380–387; METHODOLOGY §6
 */
export function selectionProbability(
  selection: Pick<Selection, 'method' | 'adults' | 'position'>,
): number {
  const { method, adults, position } = selection;
  if (method === 'last-birthday') return 1 / adults;
  const column = columnOf(adults);
  return (
    twelveTables.filter((name) => kishTables[name].chosen[column] === position).length /
    twelveTables.length
  );
}
