/** Every text of a questionnaire in three languages: the translators' grid, how complete it is, and edits put back. */
import { locale as localeSchema, locales, type Locale } from '../contracts/common.ts';
import {
  joinParts,
  segment,
  splitQuestionnaire,
  unsegment,
  type Part,
} from './questionnaire-parts.ts';
import {
  localisable,
  mustBeTranslated,
  silentTypes,
  untitledTypes,
} from './questionnaire-properties.ts';

export interface QuestionnaireText {
  /** Stays the same when a question moves or another text changes: `question:age/title`, `question:sex/choices/male/text`. */
  readonly key: string;
  /** Name of the question or panel; null for a text of a page or of the whole. */
  readonly question: string | null;
  readonly page: string | null;
  /** Property below the question: `title`, `choices/male/text`. */
  readonly property: string;
  /** Dotted path into the JSON; of the entry where the text is not there yet. */
  readonly path: string;
  /** What is there; a language that is missing or empty is not. */
  readonly texts: Readonly<Partial<Record<Locale, string>>>;
  /** A text without a language, or the default one; null where there is none. */
  readonly plain: string | null;
  /** Whether it must stand in every language; addresses and patterns need not. */
  readonly needed: boolean;
  /** Not in the JSON: the name or the value is shown in its place. */
  readonly implied: boolean;
}

type Plain = Readonly<Record<string, unknown>>;

/**
 * The language in which a text without languages is written; Kazakh unless the questionnaire says otherwise.
 * @example { locale: 'ru' } → 'ru', {} → 'kk'
 */
export function mainLanguageOf(questionnaire: Plain): Locale {
  const said = localeSchema.safeParse(questionnaire.locale);
  return said.success ? said.data : 'kk';
}

const propertyOf = (fact: string): string =>
  unsegment((fact.split('/').at(-1) ?? '').split('@')[0] ?? '');

/** Facts of texts that are there, each once for all its languages. */
function writtenTexts(part: Part): Set<string> {
  const written = new Set<string>();
  for (const fact of part.facts.keys()) {
    const at = fact.lastIndexOf('@');
    if (at >= 0 && localisable.has(propertyOf(fact))) written.add(fact.slice(0, at));
  }
  return written;
}

/** Facts of texts that are not there, so that a name or a value is shown to people. */
function impliedTexts(part: Part, written: ReadonlySet<string>): string[] {
  const type = String(part.facts.get('type'));
  const titled = part.kind === 'question' && !untitledTypes.has(type) && !silentTypes.has(type);
  const implied = titled && part.facts.get('titleLocation') !== 'hidden' ? ['title'] : [];
  for (const [fact, shape] of part.facts) {
    const entry = /^(choices|rows|columns|rateValues)\/(.+)\/$/.exec(fact);
    // A number shows itself in every language.
    if (entry === null || entry[2]!.includes('/') || (shape !== 'object' && shape !== 'scalar'))
      continue;
    const named = part.facts.has(`${fact}name`);
    if (entry[2]!.startsWith('=') || /^-?\d+(\.\d+)?$/.test(unsegment(entry[2]!))) continue;
    implied.push(`${fact}${named ? 'title' : 'text'}`);
  }
  return implied.filter((fact) => !written.has(fact) && !part.facts.has(fact));
}

function textOf(part: Part, fact: string, implied: boolean): QuestionnaireText {
  const texts: Partial<Record<Locale, string>> = {};
  for (const locale of locales) {
    const text = part.facts.get(`${fact}@${locale}`);
    if (typeof text === 'string' && text !== '') texts[locale] = text;
  }
  const plain = part.facts.get(`${fact}@`) ?? part.facts.get(`${fact}@default`);
  const entry = fact.slice(0, fact.lastIndexOf('/') + 1);
  const place =
    [...locales, '', 'default']
      .map((language) => part.places.get(`${fact}@${language}`))
      .find((found) => found !== undefined) ??
    part.places.get(entry) ??
    '';
  return {
    key: `${segment(part.id)}/${fact}`,
    question: part.kind === 'question' || part.kind === 'panel' ? part.name : null,
    page: part.page,
    property: fact,
    path: [part.path, place].filter((step) => step !== '').join('.'),
    texts,
    plain: typeof plain === 'string' && plain !== '' ? plain : null,
    needed: mustBeTranslated.has(propertyOf(fact)),
    implied,
  };
}

/** A text of no language at all and no letters asks nothing of a translator. */
const isBlank = ({ texts, plain, implied }: QuestionnaireText): boolean =>
  !implied && plain === null && Object.keys(texts).length === 0;

/**
 * Every text that a questionnaire shows, in the order of asking.
 * Texts given as '' are left out: an author hides a title that way.
 * @example { title: 'T' } → [{ key: 'whole/title', plain: 'T', texts: {}, … }]
 */
export function textsOf(questionnaire: Plain): QuestionnaireText[] {
  return [...splitQuestionnaire(questionnaire).values()].flatMap((part) => {
    const written = writtenTexts(part);
    return [
      ...[...written].map((fact) => textOf(part, fact, false)),
      ...impliedTexts(part, written).map((fact) => textOf(part, fact, true)),
    ].filter((text) => !isBlank(text));
  });
}

/**
 * The languages that a text should stand in and does not.
 * @example a title in kk alone → ['ru', 'en']
 */
export const missingLanguages = ({ needed, texts }: QuestionnaireText): Locale[] =>
  needed ? locales.filter((locale) => texts[locale] === undefined) : [];

/**
 * How many of the texts that must be translated are there, by language.
 * @example two titles, one of them in ru too → { kk: { done: 2, of: 2 }, ru: { done: 1, of: 2 }, … }
 */
export function completenessOf(
  texts: readonly QuestionnaireText[],
): Record<Locale, { readonly done: number; readonly of: number }> {
  const needed = texts.filter((text) => text.needed);
  const count = (locale: Locale) => ({
    done: needed.filter((text) => text.texts[locale] !== undefined).length,
    of: needed.length,
  });
  return { kk: count('kk'), ru: count('ru'), en: count('en') };
}

/** New texts for one key; a language that is not named stays, an empty text is taken away. */
export interface TextEdit {
  readonly key: string;
  readonly texts: Readonly<Partial<Record<Locale, string>>>;
}

/**
 * Puts edits of the grid into a questionnaire. A text without a language stays as the default until all three are there.
 * @returns a new questionnaire, and the keys that name no text of it
 * @example [{ key: 'question:q/title', texts: { en: 'Age?' } }] → the English title of q is 'Age?', the others stay
 */
export function applyTexts(
  questionnaire: Plain,
  edits: readonly TextEdit[],
): { questionnaire: Record<string, unknown>; unknown: string[] } {
  const parts = splitQuestionnaire(questionnaire);
  const known = new Map(textsOf(questionnaire).map((text) => [text.key, text]));
  const unknown: string[] = [];
  for (const { key, texts } of edits) {
    const slash = key.indexOf('/');
    const part = parts.get(unsegment(key.slice(0, slash)));
    if (part === undefined || !known.has(key)) unknown.push(key);
    else writeText(part, key.slice(slash + 1), texts);
  }
  return { questionnaire: joinParts(parts), unknown };
}

function writeText({ facts }: Part, fact: string, texts: TextEdit['texts']): void {
  for (const locale of locales) {
    const text = texts[locale];
    if (text === undefined) continue;
    if (text === '') facts.delete(`${fact}@${locale}`);
    else facts.set(`${fact}@${locale}`, text);
  }
  if (locales.every((locale) => facts.has(`${fact}@${locale}`))) {
    facts.delete(`${fact}@`);
    facts.delete(`${fact}@default`);
  }
}
