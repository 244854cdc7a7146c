/** What stands on a printed questionnaire in one language, without saying how it is drawn. */
import type { Locale } from '../contracts/common.ts';
import { askOnlyIf, type NamedQuestion } from './condition-words.ts';
import { questionsOf, textOf, type Plain } from './questionnaire-json.ts';
import { labelledValues } from './questionnaire-codebook.ts';
import { panelTypes } from './questionnaire-properties.ts';

export type PrintedBlock =
  | {
      readonly kind: 'heading';
      readonly text: string;
      readonly note: string;
      readonly condition: string | null;
    }
  | { readonly kind: 'text'; readonly text: string; readonly condition: string | null }
  | {
      readonly kind: 'question';
      readonly number: string;
      readonly title: string;
      readonly note: string;
      readonly condition: string | null;
      /**
       * several: boxes to tick, one: circles, scale: a row of numbers, grid: rows × answers, table: rows × columns to
       * write in, open: lines to write on, one for each row where there are rows
       */
      readonly answer: 'several' | 'one' | 'scale' | 'grid' | 'table' | 'open';
      readonly answers: readonly string[];
      readonly rows: readonly string[];
      /** What the least and the most of a scale mean; empty where nothing is said. */
      readonly ends: readonly [least: string, most: string];
    };

export interface PrintedForm {
  readonly title: string;
  readonly language: Locale;
  readonly blocks: readonly PrintedBlock[];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const plain = (value: unknown): Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : {};

/** A text in the language; another one where it is missing, so that a gap shows as such and not as nothing. */
function textIn(text: unknown, locale: Locale): string {
  if (typeof text !== 'object' || text === null) return textOf(text) ?? '';
  const texts = text as Plain;
  const found = [texts[locale], texts.default, ...Object.values(texts)].find(
    (one) => typeof one === 'string' && one !== '',
  );
  return (textOf(found) ?? '')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/\{(office|territory)\}/g, '________')
    .trim();
}

function answerKind(question: Plain): (PrintedBlock & { kind: 'question' })['answer'] {
  switch (question.type) {
    case 'checkbox':
    case 'tagbox':
    case 'ranking':
      return 'several';
    case 'rating':
    case 'slider':
      return 'scale';
    case 'matrix':
      return 'grid';
    case 'matrixdropdown':
    case 'matrixdynamic':
      return 'table';
    case 'radiogroup':
    case 'dropdown':
    case 'buttongroup':
    case 'imagepicker':
    case 'boolean':
      return 'one';
    default:
      return 'open';
  }
}

/** Numbers of a rating without named values. */
function ratingPoints(question: Plain): string[] {
  const number = (value: unknown, otherwise: number) =>
    typeof value === 'number' ? value : otherwise;
  if (question.type === 'slider') return [];
  const [least, step] = [number(question.rateMin, 1), number(question.rateStep, 1)];
  const most = number(question.rateMax, least + step * (number(question.rateCount, 5) - 1));
  const count = step > 0 ? Math.min(100, Math.floor((most - least) / step + 1e-9) + 1) : 0;
  return Array.from({ length: Math.max(0, count) }, (_, place) => String(least + place * step));
}

function answersOf(question: Plain, locale: Locale): string[] {
  if (tables.has(question.type)) {
    return listOf(question.columns).map((entry) => columnHeading(plain(entry), question, locale));
  }
  const labels = labelledValues(question).map(({ text }) => textIn(text, locale));
  return question.type === 'rating' && labels.length === 0 ? ratingPoints(question) : labels;
}
const tables: ReadonlySet<unknown> = new Set(['matrixdropdown', 'matrixdynamic']);

/** What a column asks, and what may be written in it: “Sex (male / female)”. */
function columnHeading(column: Plain, question: Plain, locale: Locale): string {
  const title = textIn(column.title ?? column.name, locale);
  const type = column.cellType ?? question.cellType ?? 'dropdown';
  const own = listOf(column.choices).length > 0 ? column.choices : question.choices;
  const choices = choosing.has(type) ? own : undefined;
  const answers = labelledValues({ ...column, type, choices }).map(({ text }) =>
    textIn(text, locale),
  );
  return answers.length === 0 ? title : `${title} (${answers.join(' / ')})`;
}
const choosing: ReadonlySet<unknown> = new Set(['dropdown', 'radiogroup', 'checkbox', 'tagbox']);

/** Rows to fill in where the respondent says how many there are. */
const blankRows = 5;

function rowsOf(question: Plain, locale: Locale): string[] {
  if (question.type === 'matrixdynamic') return Array<string>(blankRows).fill('');
  if (question.type === 'multipletext') {
    return listOf(question.items).map((field) =>
      textIn(plain(field).title ?? plain(field).name, locale),
    );
  }
  return listOf(question.rows).map((row) => {
    const { value = row, text } = plain(row);
    return textIn(text ?? value, locale);
  });
}

/** A repeat stands once on paper. */
const repeatNote: Readonly<Record<Locale, string>> = {
  kk: 'Осы бөлімді әрқайсысы үшін қайталаңыз.',
  ru: 'Повторите этот раздел для каждого.',
  en: 'Repeat this part for each one.',
};

/**
 * Lays a questionnaire out for paper: numbers, instructions, conditions in words, what is ticked and where is written.
 * @param locale language; a text that is missing in it is shown in another one
 * @example one rating 'trust' → blocks [{ kind: 'question', number: '1', answer: 'scale', answers: ['1', …, '5'], … }]
 */
export function printedForm(questionnaire: Plain, locale: Locale): PrintedForm {
  const asked = questionsOf(questionnaire).map(({ question }) => question);
  const numbered = asked.filter(
    ({ type }) => !['html', 'image', 'expression', 'paneldynamic'].includes(String(type)),
  );
  const named = new Map<string, NamedQuestion>(
    numbered.map((question, place) => {
      const labels = new Map(
        labelledValues(question).map(({ value, text }) => [String(value), textIn(text, locale)]),
      );
      return [
        String(question.name),
        { number: String(place + 1), labelOf: (value) => labels.get(value) ?? value },
      ];
    }),
  );
  const conditionOf = (node: Plain) => askOnlyIf(node.visibleIf, locale, (name) => named.get(name));
  const blocks: PrintedBlock[] = [];
  const visit = (node: Plain): void => {
    const { type } = node;
    const inside = [
      ...listOf(node.elements),
      ...listOf(node.questions),
      ...listOf(node.templateElements),
    ];
    if (type === 'expression') return;
    if (type === 'html')
      blocks.push({ kind: 'text', text: textIn(node.html, locale), condition: conditionOf(node) });
    else if (type === undefined || panelTypes.has(type) || type === 'paneldynamic') {
      const text = textIn(node.title, locale);
      const repeated = type === 'paneldynamic' ? repeatNote[locale] : '';
      const note = [textIn(node.description, locale), repeated].filter(Boolean).join(' ');
      const condition = conditionOf(node);
      if (text !== '' || note !== '' || condition !== null)
        blocks.push({ kind: 'heading', text, note, condition });
    } else if (type !== 'image') {
      blocks.push({
        kind: 'question',
        number: named.get(String(node.name))?.number ?? '',
        title: textIn(node.title ?? node.name, locale),
        note: textIn(node.description, locale),
        condition: conditionOf(node),
        answer: answerKind(node),
        answers: answersOf(node, locale),
        rows: rowsOf(node, locale),
        ends: [textIn(node.minRateDescription, locale), textIn(node.maxRateDescription, locale)],
      });
    }
    for (const child of inside) visit(plain(child));
  };
  for (const page of listOf(questionnaire.pages)) visit(plain(page));
  for (const element of [...listOf(questionnaire.elements), ...listOf(questionnaire.questions)])
    visit(plain(element));
  return { title: textIn(questionnaire.title, locale), language: locale, blocks };
}
