/** Grids and other questions that a form does not have, as groups and repeats of the questions that it has. */
import { textOf } from '../questionnaire-json.ts';
import type { Members } from './sheets.ts';

type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/**
 * The objects of a list.
 * @example plainList([{ a: 1 }, 2]) → [{ a: 1 }]
 */
export const plainList = (value: unknown): Plain[] =>
  Array.isArray(value) ? value.filter(isPlain) : [];
/**
 * Choices, rows or columns, each as an object with its value.
 * @example entriesOf(['a', { value: 'b' }]) → [{ value: 'a' }, { value: 'b' }]
 */
export const entriesOf = (value: unknown): Plain[] =>
  (Array.isArray(value) ? (value as unknown[]) : []).map((entry) =>
    isPlain(entry) ? entry : { value: entry },
  );
const nameOf = (entry: Plain): string => textOf(entry.name) ?? textOf(entry.value) ?? '';

export interface Simplified {
  readonly pages: readonly Members[];
  /** What stands in braces for an answer inside a grid (`roads.winter`) → the question it became (`roads_winter`). */
  readonly aliases: ReadonlyMap<string, string>;
  /** Name of a question → names of those it became. */
  readonly split: ReadonlyMap<string, readonly string[]>;
}

class Simplifier {
  readonly aliases = new Map<string, string>();
  readonly split = new Map<string, string[]>();
  readonly taken: Set<string>;
  constructor(taken: Set<string>) {
    this.taken = taken;
  }

  /** A name of its own for a part of a question. */
  part(owner: string, alias: string): string {
    const base = alias.replaceAll('.', '_').replace(/[^A-Za-z0-9_]+/g, '_');
    let name = base;
    for (let count = 2; this.taken.has(name); count += 1) name = `${base}_${count}`;
    this.taken.add(name);
    this.aliases.set(alias, name);
    this.split.set(owner, [...(this.split.get(owner) ?? []), name]);
    return name;
  }

  elements = (list: unknown): Members[] => plainList(list).map((element) => this.element(element));

  element(element: Plain): Members {
    switch (element.type) {
      case 'panel':
      case 'flowpanel':
        return { ...element, type: 'panel', elements: this.elements(element.elements) };
      case 'paneldynamic':
        return { ...element, templateElements: this.elements(element.templateElements) };
      case 'matrix':
        return this.matrix(element);
      case 'matrixdropdown':
        return this.grid(element);
      case 'matrixdynamic':
        return this.repeat(element);
      case 'multipletext':
        return this.texts(element);
      default:
        return { ...element };
    }
  }

  matrix(element: Plain): Members {
    const { rows, columns, cellType, eachRowRequired, ...own } = element;
    const owner = nameOf(element);
    const asked = (name: string): Members => ({
      type: cellType === 'checkbox' ? 'checkbox' : 'radiogroup',
      name,
      choices: columns,
      ...(eachRowRequired === true && { isRequired: true }),
    });
    const named = entriesOf(rows);
    if (named.length === 0) return { ...own, ...asked(owner) };
    const elements = named.map((row): Members => {
      const { value: _value, text, ...more } = row;
      const name = this.part(owner, `${owner}.${nameOf(row)}`);
      return { ...more, ...asked(name), title: text ?? nameOf(row) };
    });
    return { ...own, type: 'panel', elements };
  }

  /** Cells of one row of a grid. */
  cells(element: Plain, prefix: string): Members[] {
    return plainList(element.columns).map((column): Members => {
      const { cellType, title, name: _name, ...more } = column;
      const own = cellType === undefined || cellType === 'default' ? element.cellType : cellType;
      const type = own ?? 'dropdown';
      const choices = column.choices ?? element.choices;
      const name = this.part(nameOf(element), `${prefix}.${nameOf(column)}`);
      const listed = choices !== undefined && type !== 'text' && type !== 'comment';
      return { ...more, type, name, title: title ?? nameOf(column), ...(listed && { choices }) };
    });
  }

  grid(element: Plain): Members {
    const { rows, columns: _columns, choices: _choices, cellType: _cellType, ...own } = element;
    const owner = nameOf(element);
    const elements = entriesOf(rows).map((row): Members => {
      const { value: _value, text, ...more } = row;
      const prefix = `${owner}.${nameOf(row)}`;
      const name = this.part(owner, prefix);
      const title = text ?? nameOf(row);
      return { ...more, type: 'panel', name, title, elements: this.cells(element, prefix) };
    });
    return { ...own, type: 'panel', elements };
  }

  repeat(element: Plain): Members {
    const { columns: _columns, choices: _choices, cellType: _cellType, ...own } = element;
    const templateElements = this.cells(element, nameOf(element));
    return { ...own, type: 'paneldynamic', templateElements };
  }

  texts(element: Plain): Members {
    const { items, ...own } = element;
    const owner = nameOf(element);
    const elements = plainList(items).map((entry): Members => {
      const name = this.part(owner, `${owner}.${nameOf(entry)}`);
      return { ...entry, type: 'text', name, title: entry.title ?? nameOf(entry) };
    });
    return { ...own, type: 'panel', elements };
  }
}

/** Every name of pages, questions and calculated values, at any depth. */
function namesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(namesIn);
  if (!isPlain(part)) return [];
  const inside = ['pages', 'elements', 'questions', 'templateElements', 'calculatedValues'];
  return [
    ...(typeof part.name === 'string' ? [part.name] : []),
    ...inside.flatMap((name) => namesIn(part[name])),
  ];
}

/**
 * A questionnaire's pages with grids taken apart; questions that stand on no page get one.
 * @example a matrix m of rows r1 and r2 → a panel m with the questions m_r1 and m_r2
 */
export function simplify(questionnaire: Plain): Simplified {
  const simplifier = new Simplifier(new Set(namesIn(questionnaire)));
  const loose = [...plainList(questionnaire.elements), ...plainList(questionnaire.questions)];
  const pages = plainList(questionnaire.pages).map((page): Members => {
    const { questions, ...own } = page;
    const elements = [...plainList(page.elements), ...plainList(questions)];
    return { ...own, elements: simplifier.elements(elements) };
  });
  if (loose.length > 0) pages.push({ name: 'page_1', elements: simplifier.elements(loose) });
  return { pages, aliases: simplifier.aliases, split: simplifier.split };
}
