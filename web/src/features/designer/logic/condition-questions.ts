import { isPlain, listOf, type Doc, type Plain } from '../model/document.ts';
import { isScalar, textsOf, valueOf, type Scalar } from '../model/choices.ts';
import { anyText, flatOf, outlineOf, textOf } from '../model/outline.ts';
import type { Operator } from './condition.ts';

/** Something that a condition can ask about. */
export interface Askable {
  /** As it is named in expressions. */
  readonly name: string;
  readonly title: string;
  /** What it can be answered with; empty where that is anything. */
  readonly options: readonly { readonly value: Scalar; readonly text: string }[];
  readonly several: boolean;
  readonly numeric: boolean;
}

const silent = new Set(['html', 'image']);
const kept = new WeakMap<Plain, Map<string, readonly Askable[]>>();

/** Every question that conditions can name, in the order of asking, then calculated values. */
export function askablesOf(doc: Doc, language: string): readonly Askable[] {
  const questions = flatOf(outlineOf(doc))
    .filter(({ kind, type }) => kind === 'question' && !silent.has(type))
    .flatMap(({ element }) => askablesOfQuestion(element, language));
  const calculated = listOf(doc.calculatedValues).flatMap((value) =>
    isPlain(value) && textOf(value.name) !== ''
      ? [{ name: textOf(value.name), title: '', options: [], several: false, numeric: false }]
      : [],
  );
  return [...questions, ...calculated];
}

function askablesOfQuestion(question: Plain, language: string): readonly Askable[] {
  const known = kept.get(question)?.get(language);
  if (known) return known;
  const name = textOf(question.valueName) || textOf(question.name);
  const title = anyText(question.title, language) ?? '';
  const type = textOf(question.type);
  const options = optionsOf(question, language);
  const numeric =
    ['rating', 'slider'].includes(type) ||
    (type === 'text' && ['number', 'range'].includes(textOf(question.inputType)));
  const several = ['checkbox', 'tagbox'].includes(type) || question.multiSelect === true;
  const made: Askable[] =
    type === 'matrix'
      ? listOf(question.rows).map((row) => ({
          name: `${name}.${String(valueOf(row))}`,
          title: `${title} ${anyText(textsOf(row), language) ?? ''}`,
          options: listed(question.columns, language),
          several: false,
          numeric: false,
        }))
      : [{ name, title, options, several, numeric }];
  const byLanguage = kept.get(question) ?? new Map<string, readonly Askable[]>();
  kept.set(question, byLanguage.set(language, made));
  return made;
}

const listed = (list: unknown, language: string) =>
  listOf(list).map((entry) => ({
    value: valueOf(entry),
    text: anyText(textsOf(entry), language) ?? String(valueOf(entry)),
  }));

function optionsOf(question: Plain, language: string): Askable['options'] {
  if (question.type === 'boolean') {
    const side = (value: unknown, label: unknown, plain: boolean) => ({
      value: isScalar(value) ? value : plain,
      text: anyText(label, language) ?? String(plain),
    });
    return [
      side(question.valueTrue, question.labelTrue, true),
      side(question.valueFalse, question.labelFalse, false),
    ];
  }
  return listed(question.choices ?? question.rateValues, language);
}

/** The comparisons that make sense for a question, the usual one first. */
export function operatorsFor(asked: Askable | undefined): readonly Operator[] {
  const always = ['notempty', 'empty'] as const;
  if (!asked)
    return [
      'equal',
      'notequal',
      'greater',
      'greaterorequal',
      'less',
      'lessorequal',
      'contains',
      ...always,
    ];
  if (asked.several) return ['contains', 'notcontains', 'anyof', 'allof', 'noneof', ...always];
  if (asked.numeric) {
    return ['equal', 'notequal', 'greater', 'greaterorequal', 'less', 'lessorequal', ...always];
  }
  return asked.options.length > 0
    ? ['equal', 'notequal', 'anyof', 'noneof', ...always]
    : ['equal', 'notequal', 'contains', 'notcontains', 'greater', 'less', ...always];
}
