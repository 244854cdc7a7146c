import { panelTypes } from '@akimetr/api/domain/questionnaire-properties';
import { isPlain, keyOf, listOf, type Doc, type Path, type Plain } from './document.ts';

/** One line of the questionnaire's tree. */
export interface Branch {
  readonly key: string;
  readonly path: Path;
  readonly kind: 'page' | 'panel' | 'question';
  readonly type: string;
  readonly name: string;
  readonly element: Plain;
  /** Where its own elements are kept; null where it cannot have any. */
  readonly listPath: Path | null;
  readonly children: readonly Branch[];
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const known = new WeakMap<Plain, Map<string, Branch>>();

/**
 * Pages, panels and questions in the order of asking. Elements of a document without pages stand on one page,
 * whose path is that of the questionnaire. Of an element that did not change the very same branch is returned.
 */
export function outlineOf(doc: Doc): readonly Branch[] {
  const pages = listOf(doc.pages).flatMap((page, place) =>
    isPlain(page) ? [branchOf(page, ['pages', place], 'page')] : [],
  );
  const loose = looseList(doc);
  return loose === null ? pages : [...pages, branchOf(doc, [], 'page')];
}

/** Where questions stand outside of pages; null when none do. */
const looseList = (doc: Doc): 'elements' | 'questions' | null => {
  if (listOf(doc.elements).length > 0) return 'elements';
  return listOf(doc.questions).length > 0 ? 'questions' : null;
};

function branchOf(element: Plain, path: Path, kind: Branch['kind']): Branch {
  const key = keyOf(path);
  const kept = known.get(element)?.get(key);
  if (kept) return kept;
  const list = listKey(element, kind);
  const listPath = list === null ? null : [...path, list];
  const children = list === null ? [] : childrenOf(element[list], [...path, list]);
  const type = kind === 'page' ? 'page' : textOf(element.type);
  const name = path.length === 0 ? '' : textOf(element.name);
  const branch: Branch = { key, path, kind, type, name, element, listPath, children };
  const byKey = known.get(element) ?? new Map<string, Branch>();
  known.set(element, byKey.set(key, branch));
  return branch;
}

const childrenOf = (list: unknown, listPath: Path): Branch[] =>
  listOf(list).flatMap((child, place) =>
    isPlain(child) ? [branchOf(child, [...listPath, place], kindOf(child))] : [],
  );

const kindOf = (element: Plain): Branch['kind'] =>
  panelTypes.has(element.type) ? 'panel' : 'question';

function listKey(element: Plain, kind: Branch['kind']): string | null {
  if (kind === 'question') return innerList(element);
  return Array.isArray(element.questions) && !Array.isArray(element.elements)
    ? 'questions'
    : 'elements';
}

/** The list of what is asked inside a question: once for each repetition, or below a row of a grid. */
function innerList(element: Plain): string | null {
  if (element.type === 'paneldynamic') return 'templateElements';
  const isGrid = element.type === 'matrixdropdown' || element.type === 'matrixdynamic';
  const mode = element.detailPanelMode ?? 'none';
  return isGrid && (mode !== 'none' || listOf(element.detailElements).length > 0)
    ? 'detailElements'
    : null;
}

/** Every branch, parents before their children. */
export const flatOf = (branches: readonly Branch[]): Branch[] =>
  branches.flatMap((branch) => [branch, ...flatOf(branch.children)]);

/** The branch with this key and all it stands in, outermost first; empty when there is none. */
export function lineageOf(branches: readonly Branch[], key: string): readonly Branch[] {
  for (const branch of branches) {
    if (branch.key === key) return [branch];
    const inside = lineageOf(branch.children, key);
    if (inside.length > 0) return [branch, ...inside];
  }
  return [];
}

/** The text of a localizable property in one language; null where it has none. */
export function textIn(value: unknown, language: string): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  const text = isPlain(value) ? value[language] : undefined;
  return typeof text === 'string' && text !== '' ? text : null;
}

/** The text in this language, else in any other, else nothing. */
export function anyText(value: unknown, language: string): string | null {
  const own = textIn(value, language);
  if (own !== null || !isPlain(value)) return own;
  const other = Object.values(value).find((text) => typeof text === 'string' && text !== '');
  return (other as string | undefined) ?? null;
}
