/** Where a text of the translators' grid stands in the document, and how it is written there. */
import { locales, type Locale } from '@akimetr/api/contracts/common';
import type { TranslatedRow } from '@akimetr/api/contracts/questionnaires';
import type { QuestionnaireText } from '@akimetr/api/domain/questionnaire-texts';
import { stepsOf } from '../../../lib/text-name.ts';
import { withText } from '../model/choices.ts';
import { setText } from '../model/commands.ts';
import { getAt, isInside, setAt, type Doc, type Path } from '../model/document.ts';
import { flatOf, outlineOf, type Branch } from '../model/outline.ts';

/** The path of a text, also of one that is not written yet. */
export function pathOfText({ path, property }: Pick<QuestionnaireText, 'path' | 'property'>): Path {
  const steps = path.split('.').filter((step) => step !== '');
  const numbered = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const name = stepsOf(property).at(-1)!;
  return numbered.at(-1) === name ? numbered : [...numbered, name];
}

/** Writes one language of a text; a choice that was a value alone becomes one with a text. */
export function withTextAt(
  doc: Doc,
  path: Path,
  language: Locale,
  text: string,
  mainLanguage: Locale,
): Doc {
  const owner = path.slice(0, -1);
  return path.at(-1) === 'text' && typeof owner.at(-1) === 'number'
    ? setAt(doc, owner, withText(getAt(doc, owner), language, text, mainLanguage))
    : setText(doc, path, language, text, mainLanguage);
}

/** The innermost page, panel or question that the text belongs to; null for a text of the whole. */
export const branchAt = (doc: Doc, path: Path): Branch | null =>
  flatOf(outlineOf(doc)).findLast((branch) => isInside(path, branch.path)) ?? null;

/** One cell of a translators' workbook that differs from the document. */
export interface Change {
  readonly text: QuestionnaireText;
  readonly language: Locale;
  /** Null where there was nothing. */
  readonly before: string | null;
  readonly after: string;
}

export interface Comparison {
  readonly changes: readonly Change[];
  /** Rows whose text is no longer in the questionnaire. */
  readonly unknown: readonly TranslatedRow[];
  /** Cells that say what is there already. */
  readonly same: number;
}

/** What a translators' workbook would change. A text without a language that came back as it was sent is no translation. */
export function compareRows(
  texts: readonly QuestionnaireText[],
  rows: readonly TranslatedRow[],
): Comparison {
  const known = new Map(texts.map((text) => [text.key, text]));
  const changes: Change[] = [];
  const unknown: TranslatedRow[] = [];
  let same = 0;
  for (const row of rows) {
    const text = known.get(row.key);
    if (text === undefined) {
      unknown.push(row);
      continue;
    }
    for (const language of locales) {
      const after = row.texts[language];
      if (after === undefined) continue;
      const before = text.texts[language] ?? null;
      if (after === (before ?? text.plain)?.trim()) same += 1;
      else changes.push({ text, language, before, after });
    }
  }
  return { changes, unknown, same };
}

/** The document with all these changes. */
export const withChanges = (doc: Doc, changes: readonly Change[], main: Locale): Doc =>
  changes.reduce(
    (now, { text, language, after }) => withTextAt(now, pathOfText(text), language, after, main),
    doc,
  );
