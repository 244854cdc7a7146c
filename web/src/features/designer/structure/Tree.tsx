import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { duplicate, remove } from '../model/commands.ts';
import { useDesignerStore, useDoc, useSelectedKey } from '../model/designer-store.ts';
import { pathOf } from '../model/document.ts';
import { moveStep, type Direction } from '../model/moving.ts';
import { anyText, lineageOf, outlineOf, type Branch } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import { useTreeDrag, type DragHandlers } from './tree-drag.ts';
import { matches, rootRows, rowsOf, type TreeRow } from './tree-rows.ts';
import styles from './Structure.module.css';

const moves: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
};

interface Props {
  search: string;
}

/** Pages, panels and questions as a tree: chosen, moved, copied and deleted with the mouse or the keyboard alone. */
export function Tree({ search }: Props) {
  const { t } = useTranslation('designer');
  const store = useDesignerStore();
  const doc = useDoc();
  const selected = useSelectedKey();
  const language = useLanguage();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');
  const drag = useTreeDrag(store);
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => {
    const branches = outlineOf(doc);
    const all = rowsOf(branches, search === '' ? closed : new Set());
    if (search === '') return [...rootRows(doc, branches), ...all];
    return all.filter(({ branch }) => matches(branch, search, language));
  }, [doc, closed, search, language]);
  // The first rows at once, hundreds more behind them without making anybody wait.
  const most = useDeferredValue(Infinity, 40);
  const words = useMemo(
    () => ({
      whole: t('structure.whole'),
      loosePage: t('structure.loosePage'),
      condition: t('badges.condition'),
      scored: t('badges.scored'),
    }),
    [t],
  );
  const place = rows.findIndex(({ branch }) => branch.key === selected);

  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (list.current?.contains(document.activeElement)) row?.focus({ preventScroll: true });
  }, [selected, rows]);

  // Where it stands is asked only when something else is chosen: asking makes the browser lay out the whole page.
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    row?.scrollIntoView?.({ block: 'nearest' });
  }, [selected]);

  const choose = (next: TreeRow | undefined) => next && store.select(next.branch.path);
  const fold = (key: string, close: boolean) =>
    setClosed((now) => {
      const next = new Set(now);
      if (close) next.add(key);
      else next.delete(key);
      return next;
    });
  const press = (event: KeyboardEvent) => {
    const row = rows[place];
    if (event.altKey && moves[event.key]) {
      event.preventDefault();
      const outcome = moveStep(store.doc(), selected, moves[event.key]!);
      store.run(outcome);
      setSaid(outcome ? movedTo() : t('structure.cannotMove'));
      return;
    }
    if (event.altKey) return;
    const step = stepFor(event.key, rows.length, place);
    if (step !== null) choose(rows[step]);
    else if (event.key === 'ArrowRight' && row) fold(row.branch.key, false);
    else if (event.key === 'ArrowLeft' && row) {
      if (row.open) fold(row.branch.key, true);
      else store.select(lineageOf(outlineOf(doc), row.branch.key).at(-2)?.path ?? row.branch.path);
    } else if (event.key === 'Delete' && row) store.run(remove(store.doc(), row.branch.path));
    else if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey) && row) {
      store.run(duplicate(store.doc(), row.branch.path));
    } else if (event.key === 'Enter') {
      document.querySelector<HTMLElement>('[data-name-field]')?.focus();
    } else return;
    event.preventDefault();
  };
  const movedTo = () => {
    const lineage = lineageOf(outlineOf(store.doc()), store.history().present.selected);
    const inside = lineage.at(-2);
    const number = (lineage.at(-1)?.path.at(-1) as number) + 1;
    return inside
      ? t('structure.movedInto', { name: inside.name, number })
      : t('structure.moved', { number });
  };

  return (
    <>
      <div
        ref={list}
        role="tree"
        aria-label={t('structure.tree')}
        className={styles.tree}
        onKeyDown={press}
      >
        {rows.slice(0, Math.max(most, place + 1)).map((row, index) => (
          <Row
            key={row.branch.key}
            branch={row.branch}
            depth={row.depth}
            open={row.open}
            chosen={row.branch.key === selected}
            reachable={place === -1 ? index === 0 : index === place}
            language={language}
            words={words}
            drop={drag.over?.key === row.branch.key ? drag.over.where : null}
            handlers={drag.handlers}
            onFold={fold}
          />
        ))}
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </>
  );
}

function stepFor(key: string, count: number, place: number): number | null {
  if (key === 'ArrowDown') return Math.min(place + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(place - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

interface RowProps {
  branch: Branch;
  depth: number;
  /** Null where there is nothing to open. */
  open: boolean | null;
  chosen: boolean;
  /** Whether the tab key comes here. */
  reachable: boolean;
  language: string;
  /** The same for all rows: looking them up in each would take longer than drawing it. */
  words: Readonly<Record<'whole' | 'loosePage' | 'condition' | 'scored', string>>;
  drop: 'before' | 'after' | 'inside' | null;
  handlers: DragHandlers;
  onFold: (key: string, close: boolean) => void;
}

const Row = memo(function Row(props: RowProps) {
  const { branch, depth, open, chosen, reachable, language, words, drop, handlers, onFold } = props;
  const store = useDesignerStore();
  const title = anyText(branch.element.title, language);
  const movable = branch.path.length > 0;
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={chosen}
      aria-expanded={open ?? undefined}
      tabIndex={reachable ? 0 : -1}
      className={styles.treeRow}
      data-kind={branch.kind}
      data-drop={drop ?? undefined}
      style={{ paddingInlineStart: `${0.25 + depth * 0.875}rem` }}
      draggable={movable}
      onClick={() => store.select(branch.path)}
      onDragStart={(event) => handlers.start(event, branch.key)}
      onDragOver={(event) => handlers.over(event, branch)}
      onDrop={(event) => handlers.drop(event, pathOf(branch.key))}
      onDragEnd={handlers.end}
    >
      <span
        className={styles.twist}
        aria-hidden="true"
        onClick={(event) => {
          if (open === null) return;
          event.stopPropagation();
          onFold(branch.key, open);
        }}
      >
        {open === null ? '' : open ? '▾' : '▸'}
      </span>
      <span className={styles.treeWords}>
        {branch.type === 'survey' ? words.whole : (title ?? (branch.name || words.loosePage))}
        {title !== null && branch.name !== '' && (
          <code className={styles.treeName}>{branch.name}</code>
        )}
      </span>
      {Boolean(branch.element.visibleIf) && (
        <span className={styles.mark} title={words.condition}>
          ◆
        </span>
      )}
      {Boolean(branch.element.indicator) && (
        <span className={styles.scored} title={words.scored}>
          ●
        </span>
      )}
    </div>
  );
});
