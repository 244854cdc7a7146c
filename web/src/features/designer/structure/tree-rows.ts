import { isPlain, rootKey, type Doc } from '../model/document.ts';
import { anyText, type Branch } from '../model/outline.ts';

export interface TreeRow {
  readonly branch: Branch;
  readonly depth: number;
  /** Null where there is nothing to open. */
  readonly open: boolean | null;
  /** Which of how many it is among its neighbours, from 1: of a long tree only what is in sight is drawn. */
  readonly position: number;
  readonly siblings: number;
}

/**
 * The rows of the tree that are in sight.
 * @param closed keys of what is folded
 * @param ahead how many rows stand before these on the same level
 */
export function rowsOf(
  branches: readonly Branch[],
  closed: ReadonlySet<string>,
  depth = 0,
  ahead = 0,
): TreeRow[] {
  return branches.flatMap((branch, place) => {
    const open = branch.children.length > 0 ? !closed.has(branch.key) : null;
    const inside = open ? rowsOf(branch.children, closed, depth + 1) : [];
    const counted = { position: ahead + place + 1, siblings: ahead + branches.length };
    return [{ branch, depth, open, ...counted }, ...inside];
  });
}

/** The row of the questionnaire itself, above its pages; where questions stand on no page their row is that one. */
export function rootRows(doc: Doc, branches: readonly Branch[]): TreeRow[] {
  if (branches.some(({ path }) => path.length === 0)) return [];
  const root = { key: rootKey, path: [], type: 'survey', name: '', element: doc } as const;
  return [
    {
      branch: { ...root, kind: 'page', listPath: null, children: [] },
      depth: 0,
      open: null,
      position: 1,
      siblings: 1 + branches.length,
    },
  ];
}

/** Whether what is looked for stands in the name, the title in any language, the type or the indicator. */
export function matches(
  { element, name, type }: Branch,
  wanted: string,
  language: string,
): boolean {
  const texts = isPlain(element.title) ? Object.values(element.title) : [];
  const where = [name, type, element.indicator, anyText(element.title, language), ...texts];
  const sought = wanted.toLowerCase();
  return where.some((text) => typeof text === 'string' && text.toLowerCase().includes(sought));
}
