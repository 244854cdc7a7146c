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
      /** several: boxes to tick, one: circles, scale: a row of numbers, grid: rows × answers, open: lines to write on */
      readonly answer: 'several' | 'one' | 'scale' | 'grid' | 'open';
      readonly answers: readonly string[];
      readonly rows: readonly string[];
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
    case 'matrixdropdown':
      return 'grid';
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
  if (question.type === 'matrixdropdown') {
    return listOf(question.columns).map((column) =>
      textIn(plain(column).title ?? plain(column).name, locale),
    );
  }
  const labels = labelledValues(question).map(({ text }) => textIn(text, locale));
  if (question.type !== 'rating' || labels.length > 0) return labels;
  const points = ratingPoints(question);
  const ends = [question.minRateDescription, question.maxRateDescription].map((text) =>
    textIn(text, locale),
  );
  return points.map((point, place) => {
    const end = place === 0 ? ends[0] : place === points.length - 1 ? ends[1] : '';
    return end ? `${point} (${end})` : point;
  });
}

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
      const [text, note] = [textIn(node.title, locale), textIn(node.description, locale)];
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
        rows: listOf(node.rows).map((row) => {
          const { value = row, text } = plain(row);
          return textIn(text ?? value, locale);
        }),
      });
    }
    for (const child of inside) visit(plain(child));
  };
  for (const page of listOf(questionnaire.pages)) visit(plain(page));
  for (const element of [...listOf(questionnaire.elements), ...listOf(questionnaire.questions)])
    visit(plain(element));
  return { title: textIn(questionnaire.title, locale), language: locale, blocks };
}
