import { canonicalJson } from '@akimetr/api/contracts/canonical-json';
import type { Scenario } from '@akimetr/api/contracts/questionnaire-drafts';

const same = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other);

/**
 * Joins two lists of test respondents that were written from a common one, by their names. What one side removed and the
 * other left alone is gone; of one that both changed, both are kept, the other side's under a name with its author.
 */
export function mergeScenarios(
  base: readonly Scenario[],
  mine: readonly Scenario[],
  theirs: readonly Scenario[],
  author: string,
): readonly Scenario[] {
  const find = (list: readonly Scenario[], name: string) => list.find((one) => one.name === name);
  const kept = mine.flatMap((own) => {
    const [was, other] = [find(base, own.name), find(theirs, own.name)];
    if (other === undefined) return was !== undefined && same(was, own) ? [] : [own];
    if (same(own, other) || same(was, other)) return [own];
    if (same(was, own)) return [other];
    return [own, { ...other, name: `${other.name} (${author})`.slice(0, 200) }];
  });
  const added = theirs.filter(
    (other) =>
      !find(mine, other.name) && !(find(base, other.name) && same(find(base, other.name), other)),
  );
  return [...kept, ...added];
}
