/** Everything that can be found wrong with a questionnaire without survey-core; run by the server and, as one types, by the browser. */
import { level as levelSchema, locales, type Locale } from '../contracts/common.ts';
import type { QuestionnaireFault } from '../contracts/questionnaire-findings.ts';
import { logicFindings } from './questionnaire-check-logic.ts';
import { scaleFindings } from './questionnaire-check-scales.ts';
import { reusedNames } from './questionnaire-check-names.ts';
import { repeatedValues } from './questionnaire-check-values.ts';
import { finding } from './questionnaire-messages.ts';
import { splitQuestionnaire, type Part } from './questionnaire-parts.ts';
import { identifyingTypes, silentTypes, unaskableTypes } from './questionnaire-properties.ts';
import { missingLanguages, textsOf, type QuestionnaireText } from './questionnaire-texts.ts';
import { compileScoring } from './scoring-compile.ts';

type Plain = Readonly<Record<string, unknown>>;

export interface CheckContext {
  /** Published versions of the same code: a name must not get another meaning. */
  readonly earlier?: readonly { readonly version: number; readonly questionnaire: Plain }[];
  /** The methodology's indicators; each needs an item, and no item another one. */
  readonly indicators?: readonly { readonly name: string }[];
}

const questionName = /^[a-z][a-z0-9_]{0,63}$/;

/**
 * Words a minute read aloud, by adults of 18–35 who see well. Russian and English were measured. Kazakh was not, by this
 * source or any we know: its figure is our assumption, the source's for Turkish (166 ± 25), agglutinative and nearest to
 * it; Finnish, agglutinative too, is close (161 ± 18). The means of single languages were seen in reprints of the table;
 * the abstract gives 184 ± 29 over all seventeen languages.
 * @source Trauzettel-Klosinski & Dietz (2012), Standardized Assessment of Reading Performance: The New International Reading
 *   Speed Texts IReST, IOVS 53:5452–5461, doi:10.1167/iovs.11-8284: English 228 ± 30, Russian 184 ± 32 words a minute
 */
export const wordsPerMinute: Readonly<Record<Locale, number>> = { kk: 166, ru: 184, en: 228 };

/** Reading alone; asking takes two to three times as long. */
const mostReadingMinutes = 20;

/** What an interviewer reads aloud: questions, answers, pages' greetings; not instructions, buttons and error texts. */
const readAloud =
  /(^|\/)(title|text|html|label|labelTrue|labelFalse|minRateDescription|maxRateDescription)$/;

/**
 * Minutes it takes to read every question and every answer aloud once, unrounded.
 * @param texts from `textsOf`
 * @example 228 English words and no others → { kk: 0, ru: 0, en: 1 }
 */
export function readingMinutes(texts: readonly QuestionnaireText[]): Record<Locale, number> {
  const minutes = (locale: Locale) => {
    const words = texts
      .filter(({ property, question }) => question !== null && readAloud.test(property))
      .filter(({ property }) => !property.startsWith('validators'))
      .map(({ texts: one }) => (one[locale] ?? '').replace(/<[^>]*>/g, ' '))
      .flatMap((text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)));
    return words.length / wordsPerMinute[locale];
  };
  return { kk: minutes('kk'), ru: minutes('ru'), en: minutes('en') };
}

const isAsked = (part: Part): boolean =>
  part.kind === 'question' && !silentTypes.has(String(part.facts.get('type')));

/**
 * Where a part, or a fact of it, stands.
 * @example the name of the first question of the first page → { question: 'q', page: 'p', path: 'pages.0.elements.0.name' }
 */
export const placeOf = (part: Part, fact = '') => ({
  question: part.kind === 'question' || part.kind === 'panel' ? part.name : null,
  page: part.page,
  path: [part.path, part.places.get(fact) ?? ''].filter((step) => step !== '').join('.'),
});

function wholeFindings(questionnaire: Plain, parts: readonly Part[]): QuestionnaireFault[] {
  const found: QuestionnaireFault[] = [];
  const { title } = questionnaire;
  const titles = typeof title === 'object' && title !== null ? (title as Plain) : {};
  if (locales.some((locale) => typeof titles[locale] !== 'string' || titles[locale] === '')) {
    found.push(finding('title_missing', 'error', { path: 'title' }));
  }
  if (!levelSchema.array().min(1).safeParse(questionnaire.levels).success) {
    found.push(finding('levels_missing', 'error', { path: 'levels' }));
  }
  if (!parts.some(isAsked)) found.push(finding('no_questions', 'error'));
  return found;
}

function nameFindings(parts: readonly Part[]): QuestionnaireFault[] {
  const seen = new Set<string>();
  return parts
    .filter(({ kind }) => kind === 'question')
    .flatMap((part) => {
      const place = placeOf(part, 'name');
      if (!questionName.test(part.name)) return [finding('name_form', 'error', place)];
      if (seen.has(part.name)) return [finding('name_twice', 'error', place)];
      seen.add(part.name);
      return [];
    });
}

/** People and answers are apart: no answer may be a face, a document or a signature. The tablet cannot take them either. */
function typeFindings(parts: readonly Part[]): QuestionnaireFault[] {
  return parts.flatMap((part) => {
    const type = part.facts.get('type');
    const code = identifyingTypes.has(type)
      ? 'identifies_people'
      : unaskableTypes.has(type)
        ? 'type_unaskable'
        : null;
    const params = { type: String(type) };
    return code === null ? [] : [finding(code, 'error', placeOf(part, 'type'), params)];
  });
}

/** A text begun in some language and not finished is an error; a name shown in place of a text is a warning. */
function textFindings(texts: readonly QuestionnaireText[]): QuestionnaireFault[] {
  return texts.flatMap((text) => {
    if (text.question === null && text.page === null && text.property === 'title') return [];
    const missing = missingLanguages(text);
    if (missing.length === 0) return [];
    const params = { property: text.property, languages: missing.join(', ') };
    return [finding('text_missing', text.implied ? 'warning' : 'error', text, params)];
  });
}

function readingFindings(texts: readonly QuestionnaireText[]): QuestionnaireFault[] {
  const minutes = readingMinutes(texts);
  return locales
    .filter((language) => minutes[language] > mostReadingMinutes)
    .map((language) =>
      finding(
        'reading_long',
        'warning',
        {},
        {
          language,
          minutes: Math.round(minutes[language]),
          most: mostReadingMinutes,
        },
      ),
    );
}

/** Rules that do not fit their questions, and indicators that do not fit the methodology. */
function scoringFindings(
  questionnaire: Plain,
  parts: readonly Part[],
  { indicators }: CheckContext,
): QuestionnaireFault[] {
  const placeOfName = (name: string) => {
    const part = parts.find((one) => one.kind === 'question' && one.name === name);
    return part === undefined ? {} : placeOf(part, part.facts.has('scoring') ? 'scoring' : 'name');
  };
  const { plan, faults } = compileScoring(questionnaire);
  const found = faults.map(({ question, reason }) =>
    finding('scoring_fault', 'error', placeOfName(question), { reason }),
  );
  if (indicators === undefined) return found;
  const known = new Set(indicators.map(({ name }) => name));
  const measured = new Set(plan.items.map(({ indicator }) => indicator));
  for (const indicator of [...known].filter((name) => !measured.has(name))) {
    found.push(finding('indicator_without_items', 'error', {}, { indicator }));
  }
  const strangers = new Map(
    plan.items
      .filter(({ indicator }) => !known.has(indicator))
      .map(({ question, indicator }) => [question, indicator]),
  );
  for (const [question, indicator] of strangers) {
    found.push(finding('indicator_unknown', 'error', placeOfName(question), { indicator }));
  }
  return found;
}

/**
 * Everything found in a questionnaire: structure, names, texts, logic, scoring, scales.
 * What only survey-core can tell (unknown types and properties) is added by the server.
 * @returns errors prevent publication, warnings are most likely slips, notes are to be looked at. Never throws for data.
 * @example {} → errors 'title_missing', 'levels_missing', 'no_questions' and the scoring's own
 */
export function findingsOf(questionnaire: Plain, context: CheckContext = {}): QuestionnaireFault[] {
  const split = splitQuestionnaire(questionnaire);
  const parts = [...split.values()];
  const texts = textsOf(questionnaire);
  return [
    ...wholeFindings(questionnaire, parts),
    ...nameFindings(parts),
    ...typeFindings(parts),
    ...reusedNames(questionnaire, parts, context.earlier ?? []),
    ...textFindings(texts),
    ...readingFindings(texts),
    ...logicFindings(questionnaire, split),
    ...repeatedValues(questionnaire, parts),
    ...scoringFindings(questionnaire, parts, context),
    ...scaleFindings(questionnaire, parts),
  ];
}
