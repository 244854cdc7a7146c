/** What every variable and value of a questionnaire's data means: for whoever analyses the interviews. */
import { locales } from '../contracts/common.ts';
import { defaultWords } from './default-words.ts';
import { questionsOf, textOf, type Plain } from './questionnaire-json.ts';
import { compileScoring } from './scoring-compile.ts';
import { scoreItem, type ScoringItem } from './scoring-rules.ts';

type Cell = string | number | null;

const textsIn = (text: unknown): string[] =>
  locales.map((locale) =>
    typeof text === 'object' && text !== null
      ? (textOf((text as Plain)[locale]) ?? '')
      : (textOf(text) ?? ''),
  );

/**
 * Values with their labels as the question lists them, and those SurveyJS adds.
 * @example a boolean without labels → [{ value: true, text: { kk: 'Иә', … } }, { value: false, text: { kk: 'Жоқ', … } }]
 */
export function labelledValues(question: Plain): { value: unknown; text: unknown }[] {
  const { type } = question;
  const list =
    type === 'rating'
      ? question.rateValues
      : type === 'matrix'
        ? question.columns
        : question.choices;
  const own = (Array.isArray(list) ? list : []).map((entry: unknown) =>
    typeof entry === 'object' && entry !== null
      ? { value: (entry as Plain).value, text: (entry as Plain).text ?? (entry as Plain).value }
      : { value: entry, text: entry },
  );
  if (type === 'boolean') {
    own.push(
      { value: question.valueTrue ?? true, text: question.labelTrue ?? defaultWords.true },
      { value: question.valueFalse ?? false, text: question.labelFalse ?? defaultWords.false },
    );
  }
  const added = [
    ['showDontKnowItem', 'dontknow', question.dontKnowText],
    ['showRefuseItem', 'refused', question.refuseText],
    ['showNoneItem', 'none', question.noneText],
    ['showOtherItem', 'other', question.otherText],
  ] as const;
  for (const [shown, value, text] of added) {
    if (question[shown] === true) own.push({ value, text: text ?? defaultWords[value] });
  }
  return own;
}

/** Score and kind of missing that one value gives; both empty where the value alone decides neither. */
function scoreOf(items: readonly ScoringItem[], value: unknown): Cell[] {
  const [first] = items;
  if (first === undefined) return [null, null];
  if (
    first.rule.kind === 'share' ||
    first.rule.kind === 'count' ||
    first.rule.kind === 'position'
  ) {
    return [null, first.missing.get(String(value)) ?? null];
  }
  const answer = first.path.reduceRight<unknown>((inside, key) => ({ [key]: inside }), value);
  const { score, missing } = scoreItem(first, answer as Record<string, unknown>);
  // Rows worded the other way round score the rest of 100: one figure would be wrong for some.
  const mixed = items.some(({ reversed }) => reversed !== first.reversed);
  return [mixed ? null : score, missing === 'unscored' ? null : missing];
}

const listIn = (value: unknown): Plain[] =>
  (Array.isArray(value) ? (value as unknown[]) : []).map((entry) =>
    typeof entry === 'object' && entry !== null ? (entry as Plain) : { value: entry },
  );

/** The values of a grid's columns, which take the question's own choices where they have none, and what fields are called. */
function partValues(name: string, question: Plain, items: readonly ScoringItem[]): Cell[][] {
  const fields = question.type === 'multipletext' ? listIn(question.items) : [];
  const columns = grids.has(question.type) ? listIn(question.columns) : [];
  return [
    ...fields.map((field) => {
      const part = textOf(field.name) ?? '';
      return [`${name}.${part}`, '', ...textsIn(field.title ?? part), null, null];
    }),
    ...columns.flatMap((column) => {
      const part = textOf(column.name) ?? '';
      const type = column.cellType ?? question.cellType ?? 'dropdown';
      const own = listIn(column.choices).length > 0 ? column.choices : question.choices;
      const choices = selecting.has(type) ? own : undefined;
      const scored = items.filter(({ path }) => path.at(-1) === part);
      return [
        [`${name}.*.${part}`, '', ...textsIn(column.title ?? part), null, null],
        ...labelledValues({ ...column, type, choices }).map(({ value, text }) => [
          ...[`${name}.*.${part}`, textOf(value) ?? '', ...textsIn(text)],
          ...scoreOf(scored, value),
        ]),
      ];
    }),
  ];
}
const grids: ReadonlySet<unknown> = new Set(['matrixdropdown', 'matrixdynamic']);
const selecting: ReadonlySet<unknown> = new Set(['dropdown', 'radiogroup', 'checkbox', 'tagbox']);

/**
 * The codebook as two tables with headers.
 * @returns `questions`: one row for each variable; `values`: one row for each value it can take, of a grid's column as
 *   `question.*.column` (the star stands for each row)
 * @example a radiogroup 'q' of a and b → `questions` has its headers and q, `values` its headers and ['q', 'a', …], ['q', 'b', …]
 */
export function codebookOf(questionnaire: Plain): { questions: Cell[][]; values: Cell[][] } {
  const { plan } = compileScoring(questionnaire);
  const questions: Cell[][] = [
    [
      'number',
      'variable',
      'type',
      ...locales.map((one) => `question ${one}`),
      'indicator',
      'scoring',
      'asked if',
      'required',
    ],
  ];
  const values: Cell[][] = [
    ['variable', 'value', ...locales.map((one) => `label ${one}`), 'score', 'missing'],
  ];
  questionsOf(questionnaire).forEach(({ question }, place) => {
    const name = textOf(question.name) ?? '';
    const items = plan.items.filter((scored) => scored.question === name);
    questions.push([
      place + 1,
      name,
      textOf(question.type) ?? '',
      ...textsIn(question.title ?? name),
      textOf(question.indicator) ?? '',
      question.scoring === undefined ? '' : JSON.stringify(question.scoring),
      textOf(question.visibleIf) ?? '',
      question.isRequired === true ? 'yes' : '',
    ]);
    // The choices of a grid answer its columns, not the grid itself.
    const own = grids.has(question.type) ? [] : labelledValues(question);
    for (const { value, text } of own) {
      values.push([name, textOf(value) ?? '', ...textsIn(text), ...scoreOf(items, value)]);
    }
    const rows = Array.isArray(question.rows) ? (question.rows as unknown[]) : [];
    for (const row of rows) {
      const { value, text } = (
        typeof row === 'object' && row !== null ? row : { value: row }
      ) as Plain;
      values.push([`${name}.${textOf(value) ?? ''}`, '', ...textsIn(text ?? value), null, null]);
    }
    values.push(...partValues(name, question, items));
  });
  return { questions, values };
}
