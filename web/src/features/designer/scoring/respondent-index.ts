import type { Methodology } from '@akimetr/api/contracts/methodologies';

/**
 * What one respondent's indicators come to by the methodology's importances.
 * @param indicators name → 0–100, null where too few items were answered
 * @returns 0–100 unrounded; null where an indicator of the methodology is missing and its rule is to have no
 *   index then. With the rule "renormalise" the importances of what is there are scaled to sum 1.
 */
export function respondentIndex(
  methodology: Methodology,
  indicators: Readonly<Record<string, number | null>>,
): number | null {
  const all = methodology.blocks.flatMap((block) => block.indicators);
  const present = all.flatMap(({ code, importance }) => {
    const score = indicators[code] ?? null;
    return score === null ? [] : [{ score, importance }];
  });
  const partly = present.length < all.length;
  if (present.length === 0 || (partly && methodology.rules.missingIndicator === 'undefined')) {
    return null;
  }
  const total = present.reduce((sum, { importance }) => sum + importance, 0);
  return present.reduce((sum, { score, importance }) => sum + score * importance, 0) / total;
}
