import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { duplicate, remove } from '../model/commands.ts';
import { useDesignerStore, useDocBehindTyping, useSelectedKey } from '../model/designer-store.ts';
import { moveStep, type Direction } from '../model/moving.ts';
import { lineageOf, outlineOf } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import { Row } from './Row.tsx';
import { useTreeDrag } from './tree-drag.ts';
import { matches, rootRows, rowsOf, type TreeRow } from './tree-rows.ts';
import { rowRem, useTreeWindow } from './tree-window.ts';
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
  const doc = useDocBehindTyping();
  const selected = useSelectedKey();
  const language = useLanguage();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');
  const drag = useTreeDrag(store);
  const rows = useMemo(() => {
    const branches = outlineOf(doc);
    if (search !== '') {
      return rowsOf(branches, new Set()).filter(({ branch }) => matches(branch, search, language));
    }
    const root = rootRows(doc, branches);
    return [...root, ...rowsOf(branches, closed, 0, root.length)];
  }, [doc, closed, search, language]);
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

  const { from, to, list, onScroll } = useTreeWindow(place);
  const reachable = Math.max(place, 0);
  // The row that had the focus may be drawn no more: that the tree had it is known here and not from the page.
  const focused = useRef(false);
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (focused.current) row?.focus({ preventScroll: true });
  }, [list, selected, rows]);

  const choose = (next: TreeRow | undefined) => next && store.select(next.branch.path);
  const fold = useCallback(
    (key: string, close: boolean) =>
      setClosed((now) => {
        const next = new Set(now);
        if (close) next.add(key);
        else next.delete(key);
        return next;
      }),
    [],
  );
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
        onScroll={onScroll}
        onFocus={() => {
          focused.current = true;
        }}
        onBlur={() => {
          focused.current = false;
        }}
      >
        <div role="none" className={styles.rows} style={{ height: `${rows.length * rowRem}rem` }}>
          {rows.map((row, index) => {
            const { key } = row.branch;
            const drawn = index >= from && index < to;
            return drawn || index === reachable || key === drag.dragged ? (
              <Row
                key={key}
                {...row}
                index={index}
                chosen={key === selected}
                reachable={index === reachable}
                language={language}
                words={words}
                drop={drag.over?.key === key ? drag.over.where : null}
                handlers={drag.handlers}
                onFold={fold}
              />
            ) : null;
          })}
        </div>
      </div>
      {search !== '' && rows.length === 0 && (
        <p className={styles.nothing} role="status">
          {t('structure.notFound')}
        </p>
      )}
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
