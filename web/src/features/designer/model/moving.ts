import { move, type Outcome } from './commands.ts';
import { isPlain, type Doc, type Path } from './document.ts';
import { lineageOf, outlineOf, type Branch } from './outline.ts';

export type Direction = 'up' | 'down' | 'in' | 'out';

/**
 * Moves by one step, as a keyboard does. Up and down go past a neighbour and on into the neighbouring page; in goes
 * to the end of the panel above; out goes behind the panel it stands in.
 * @returns null where there is nowhere to go
 */
export function moveStep(doc: Doc, key: string, direction: Direction): Outcome | null {
  const pages = outlineOf(doc);
  const lineage = lineageOf(pages, key);
  const branch = lineage.at(-1);
  if (!branch || branch.path.length === 0) return null;
  const place = branch.path.at(-1) as number;
  const list = branch.path.slice(0, -1);
  const parent = lineage.at(-2) ?? null;
  if (branch.kind === 'page') {
    if (direction === 'up') return place > 0 ? move(doc, branch.path, list, place - 1) : null;
    return direction === 'down' && place < pages.length - 1
      ? move(doc, branch.path, list, place + 2)
      : null;
  }
  const siblings = parent?.children ?? [];
  if (direction === 'in') return intoPanelAbove(doc, branch, siblings);
  if (direction === 'out') return parent?.kind === 'page' ? null : behind(doc, branch, parent);
  const step = direction === 'up' ? -1 : 1;
  if (isAt(siblings, list, place + step)) {
    return move(doc, branch.path, list, direction === 'up' ? place - 1 : place + 2);
  }
  return parent?.kind === 'page' ? toNextPage(doc, branch, pages, parent, direction) : null;
}

const isAt = (siblings: readonly Branch[], list: Path, place: number) =>
  siblings.some(({ path }) => path.length === list.length + 1 && path.at(-1) === place);

function intoPanelAbove(doc: Doc, branch: Branch, siblings: readonly Branch[]): Outcome | null {
  const above = siblings[siblings.findIndex(({ key }) => key === branch.key) - 1];
  return above?.listPath ? move(doc, branch.path, above.listPath, above.children.length) : null;
}

const behind = (doc: Doc, branch: Branch, parent: Branch | null): Outcome | null =>
  parent === null
    ? null
    : move(doc, branch.path, parent.path.slice(0, -1), (parent.path.at(-1) as number) + 1);

function toNextPage(
  doc: Doc,
  branch: Branch,
  pages: readonly Branch[],
  page: Branch,
  direction: 'up' | 'down',
): Outcome | null {
  const other =
    pages[pages.findIndex(({ key }) => key === page.key) + (direction === 'up' ? -1 : 1)];
  if (!other?.listPath) return null;
  return move(doc, branch.path, other.listPath, direction === 'up' ? other.children.length : 0);
}

/** Where a new element goes: behind what is chosen, into a chosen page or panel, else to the end of the last page. */
export function placeForNew(doc: Doc, selected: string): { listPath: Path; place: number } | null {
  const pages = outlineOf(doc);
  const chosen = lineageOf(pages, selected).at(-1) ?? pages.at(-1);
  if (!chosen) return null;
  if (chosen.listPath && (chosen.kind !== 'question' || chosen.children.length === 0)) {
    return { listPath: chosen.listPath, place: chosen.children.length };
  }
  return { listPath: chosen.path.slice(0, -1), place: (chosen.path.at(-1) as number) + 1 };
}

/** The page that what is chosen stands on; the first one for the questionnaire itself. */
export function pageOf(pages: readonly Branch[], selected: string): Branch | null {
  return lineageOf(pages, selected)[0] ?? pages[0] ?? null;
}

/** Whether the document has any page to put something on. */
export const hasPages = (doc: Doc): boolean =>
  Array.isArray(doc.pages) && doc.pages.some((page) => isPlain(page));
