/** Importances of a methodology as a person writes them: per cent with one decimal, which must make a hundred. */
import type { Methodology } from '@akimetr/api/contracts/methodologies';

/** Indicator → per cent of the index. */
export type Percentages = ReadonlyMap<string, number>;

const indicatorsOf = ({ blocks }: Methodology) => blocks.flatMap(({ indicators }) => indicators);
const rounded = (percentage: number): number => Math.round(percentage * 10) / 10;

export const percentagesOf = (methodology: Methodology): Percentages =>
  new Map(
    indicatorsOf(methodology).map(({ code, importance }) => [code, rounded(importance * 100)]),
  );

export const sumOf = (percentages: Percentages): number =>
  rounded([...percentages.values()].reduce((sum, one) => sum + one, 0));

/** Whether they can be published: they make a hundred, and none is nothing. */
export const isWhole = (percentages: Percentages): boolean =>
  sumOf(percentages) === 100 && [...percentages.values()].every((one) => one > 0);

/** In the same proportions, making exactly a hundred; the greatest takes what rounding left. */
export function broughtToHundred(percentages: Percentages): Percentages {
  const sum = sumOf(percentages);
  if (sum <= 0) return percentages;
  const scaled = new Map([...percentages].map(([code, one]) => [code, rounded((one * 100) / sum)]));
  const [greatest] = [...scaled].reduce((most, one) => (one[1] > most[1] ? one : most));
  return scaled.set(greatest, rounded(scaled.get(greatest)! + 100 - sumOf(scaled)));
}

/** The methodology with these importances, as shares that sum to 1; as it was where they sum to nothing. */
export function withImportances(methodology: Methodology, percentages: Percentages): Methodology {
  const sum = sumOf(percentages);
  if (sum <= 0) return methodology;
  return {
    ...methodology,
    blocks: methodology.blocks.map((block) => ({
      ...block,
      indicators: block.indicators.map((indicator) => ({
        ...indicator,
        importance: (percentages.get(indicator.code) ?? 0) / sum,
      })),
    })),
  };
}
