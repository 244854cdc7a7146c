import type { Level } from '../contracts/common.ts';
import {
  ageBandNames,
  type CalibrationMargin,
  type CalibrationVariable,
  type Methodology,
} from '../contracts/methodologies.ts';
import type { WeightingFault } from '../contracts/weighting.ts';
import type { CalibrationSpec } from '../domain/weighting.ts';
import type { TargetCell } from '../models/targets.ts';

type Calibration = Exclude<Methodology['rules']['calibration'], { method: 'none' }>;

/** Parts of a crossed category: "female|18-29". */
export const crossed = (categories: readonly string[]): string => categories.join('|');

/** The cells of a territory for the akims of a level: those made for the level, else those for every level. */
export function cellsFor(
  cells: readonly TargetCell[],
  level: Level,
  territory: string,
): TargetCell[] {
  const own = cells.filter((cell) => cell.territory === territory);
  const forLevel = own.filter((cell) => cell.level === level);
  return forLevel.length > 0 ? forLevel : own.filter((cell) => cell.level === null);
}

/**
 * Persons by category of the variables, crossed when there are several.
 * @returns null when there are no cells, or one is not broken down by a variable
 * @example cells female 18-29 10, female 30+ 20, male 18-29 5, by sex → { female: 30, male: 5 }
 */
export function marginTotals(
  cells: readonly TargetCell[],
  variables: readonly CalibrationVariable[],
): Record<string, number> | null {
  const totals = new Map<string, number>();
  for (const cell of cells) {
    const categories = variables.map((variable) => cell[variable]);
    if (categories.some((category) => category === null)) return null;
    const category = crossed(categories as string[]);
    totals.set(category, (totals.get(category) ?? 0) + cell.persons);
  }
  return totals.size === 0 ? null : Object.fromEntries(totals);
}

/** Name of the one variable of post-stratification: its margins crossed. */
const cellName = ({ margins }: Calibration): string =>
  crossed(margins.map(({ variable }) => variable));

/** The calibration of a group as the engine wants it, or the margins for which there are no totals. */
export function calibrationOf(
  calibration: Calibration,
  cells: readonly TargetCell[],
): CalibrationSpec | { faults: WeightingFault[] } {
  const totals = calibration.margins.map(
    ({ variable }) => [variable, marginTotals(cells, [variable])] as const,
  );
  const missing = totals.filter(([, one]) => one === null).map(([variable]) => variable);
  if (missing.length > 0) {
    return {
      faults: missing.map((place) => ({
        code: 'no_targets' as const,
        place,
        mergeWith: null,
        interviews: 0,
      })),
    };
  }
  const margins = Object.fromEntries(totals) as Record<string, Record<string, number>>;
  switch (calibration.method) {
    case 'poststratify':
      return {
        method: 'poststratify',
        variable: cellName(calibration),
        totals: marginTotals(
          cells,
          calibration.margins.map(({ variable }) => variable),
        )!,
      };
    case 'rake':
      return { method: 'rake', margins };
    case 'logit':
      return { method: 'logit', margins, bounds: calibration.bounds };
  }
}

/** The category of an answer, as the targets name it; undefined when it gives none. */
function categoryOf(margin: CalibrationMargin, answer: unknown): string | undefined {
  if (margin.variable !== 'age') return typeof answer === 'string' ? answer : undefined;
  const years = typeof answer === 'number' ? answer : Number.parseInt(String(answer), 10);
  if (!Number.isFinite(years)) return undefined;
  const band = margin.bands.findLastIndex((from) => from <= years);
  // Younger than every band: a category without a total, so that it is named and not guessed.
  return band < 0 ? `<${margin.bands[0]}` : ageBandNames(margin.bands)[band];
}

/** The categories of a respondent on the calibration variables; what is not answered is not there. */
export function categoriesOf(
  calibration: Calibration,
  answers: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const found = calibration.margins.flatMap((margin) => {
    const category = categoryOf(margin, answers[margin.question]);
    return category === undefined ? [] : [[margin.variable, category] as const];
  });
  if (calibration.method !== 'poststratify') return Object.fromEntries(found);
  if (found.length < calibration.margins.length) return {};
  return { [cellName(calibration)]: crossed(found.map(([, category]) => category)) };
}
