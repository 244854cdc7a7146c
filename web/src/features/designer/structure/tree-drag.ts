import { useMemo, useState } from 'react';
import type { DragEvent } from 'react';
import { move } from '../model/commands.ts';
import type { DesignerStore } from '../model/designer-store.ts';
import { pathOf, plainAt, type Path } from '../model/document.ts';
import { lineageOf, outlineOf, type Branch } from '../model/outline.ts';

type Where = 'before' | 'after' | 'inside';

export interface DragHandlers {
  readonly start: (event: DragEvent, key: string) => void;
  readonly over: (event: DragEvent, branch: Branch) => void;
  readonly drop: (event: DragEvent, path: Path) => void;
  readonly end: () => void;
}

interface Over {
  readonly key: string;
  readonly where: Where;
}

/** Moving with the mouse: what is dragged, where it would go, and what the rows tell of it. */
export function useTreeDrag(store: DesignerStore): {
  dragged: string | null;
  over: Over | null;
  handlers: DragHandlers;
} {
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const handlers = useMemo(() => dragHandlers(store, setDragged, setOver), [store]);
  return { dragged, over, handlers };
}

/** What is dragged is known here and not only to the browser, so that the mark can tell the truth. */
function dragHandlers(
  store: DesignerStore,
  setDragged: (key: string | null) => void,
  setOver: (over: Over | null) => void,
): DragHandlers {
  let dragged: string | null = null;
  let last: Over | null = null;
  const show = (next: Over | null) => {
    if (next?.key === last?.key && next?.where === last?.where) return;
    last = next;
    setOver(next);
  };
  const end = () => {
    dragged = null;
    setDragged(null);
    show(null);
  };
  return {
    start: (event, key) => {
      dragged = key;
      setDragged(key);
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', key);
    },
    over: (event, branch) => {
      if (dragged === null) return;
      const where = whereOf(event, branch, pathOf(dragged));
      if (where === null) return show(null);
      event.preventDefault();
      show({ key: branch.key, where });
    },
    drop: (event, path) => {
      event.preventDefault();
      if (dragged !== null && last !== null) dropAt(store, pathOf(dragged), path, last.where);
      end();
    },
    end,
  };
}

/** Null where what is dragged cannot go: a page goes between pages, a question into pages and panels. */
function whereOf(event: DragEvent, branch: Branch, dragged: Path): Where | null {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  const share = height > 0 ? (event.clientY - top) / height : 0.5;
  const isPage = dragged.length === 2 && dragged[0] === 'pages';
  if (branch.kind === 'page' && !isPage) return 'inside';
  if (isPage && branch.kind !== 'page') return null;
  if (!isPage && branch.listPath && share > 0.25 && share < 0.75) return 'inside';
  return share < 0.5 ? 'before' : 'after';
}

function dropAt(store: DesignerStore, from: Path, onto: Path, where: Where): void {
  const doc = store.doc();
  if (where === 'inside') {
    const branch = lineageOf(outlineOf(doc), JSON.stringify(onto)).at(-1);
    if (branch?.listPath) store.run(move(doc, from, branch.listPath, branch.children.length));
    return;
  }
  const place = onto.at(-1);
  if (typeof place !== 'number' || Object.keys(plainAt(doc, onto)).length === 0) return;
  store.run(move(doc, from, onto.slice(0, -1), where === 'before' ? place : place + 1));
}
