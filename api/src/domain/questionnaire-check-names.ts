/** Names that stand for something else than in an earlier version, so that answers of two waves would be mixed up. */
import { locales } from '../contracts/common.ts';
import type { QuestionnaireFault } from '../contracts/questionnaire-findings.ts';
import { finding } from './questionnaire-messages.ts';
import { splitQuestionnaire, type Part } from './questionnaire-parts.ts';
import { questionsOf, scaleOf } from './questionnaire-json.ts';

type Plain = Readonly<Record<string, unknown>>;

/** Under this share of common words two wordings are taken to ask different things. */
const leastCommonWords = 0.2;

const wordsOf = (text: unknown): Set<string> =>
  new Set(typeof text === 'string' ? (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) : []);

/** Share of words that two texts have in common, 0–1; null where one of them has none. */
function commonWords(before: unknown, after: unknown): number | null {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  if (a.size === 0 || b.size === 0) return null;
  const common = [...a].filter((word) => b.has(word)).length;
  return common / (a.size + b.size - common);
}

/** Different in every language in which both versions ask it. */
function asksSomethingElse(before: Part, after: Part): boolean {
  const shares = [...locales, ''].flatMap((language) => {
    const share = commonWords(
      before.facts.get(`title@${language}`),
      after.facts.get(`title@${language}`),
    );
    return share === null ? [] : [share];
  });
  return shares.length > 0 && shares.every((share) => share < leastCommonWords);
}

const scalesOf = (questionnaire: Plain) => {
  const all = questionsOf(questionnaire).map(({ question }) => question);
  return new Map(all.map((question) => [question.name, scaleOf(question, all)]));
};

/**
 * Questions whose name an earlier version gave to another question, or to answers of another kind.
 * @param earlier published versions; of several that differ the newest is named
 * @example 'roads' was a checkbox in version 1 and is a rating now → one warning 'name_reused' with version 1
 */
export function reusedNames(
  questionnaire: Plain,
  parts: readonly Part[],
  earlier: readonly { readonly version: number; readonly questionnaire: Plain }[],
): QuestionnaireFault[] {
  const scales = scalesOf(questionnaire);
  const reported = new Set<string>();
  const newestFirst = [...earlier].sort((a, b) => b.version - a.version);
  return newestFirst.flatMap(({ version, questionnaire: older }) => {
    const before = splitQuestionnaire(older);
    const scalesBefore = scalesOf(older);
    return parts.flatMap((part) => {
      const same = before.get(part.id);
      if (part.kind !== 'question' || same === undefined || reported.has(part.name)) return [];
      const [now, then] = [scales.get(part.name), scalesBefore.get(part.name)];
      const otherKind =
        typeof now === 'object' && typeof then === 'object' && now.kind !== then.kind;
      if (!otherKind && !asksSomethingElse(same, part)) return [];
      reported.add(part.name);
      const place = { question: part.name, page: part.page, path: part.path };
      return [finding('name_reused', 'warning', place, { version })];
    });
  });
}
