import { memo } from 'react';
import { useDesignerStore } from '../model/designer-store.ts';
import { pathOf } from '../model/document.ts';
import { anyText } from '../model/outline.ts';
import type { DragHandlers } from './tree-drag.ts';
import type { TreeRow } from './tree-rows.ts';
import { rowRem } from './tree-window.ts';
import styles from './Structure.module.css';

interface Props extends TreeRow {
  /** Number of the row in the tree, which says where it is drawn. */
  index: number;
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

/** One page, panel or question in the tree. */
export const Row = memo(function Row(props: Props) {
  const { branch, depth, open, index, chosen, reachable, language, words, drop, handlers, onFold } =
    props;
  const store = useDesignerStore();
  const title = anyText(branch.element.title, language);
  const movable = branch.path.length > 0;
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-posinset={props.position}
      aria-setsize={props.siblings}
      aria-selected={chosen}
      aria-expanded={open ?? undefined}
      tabIndex={reachable ? 0 : -1}
      className={styles.treeRow}
      data-kind={branch.kind}
      data-drop={drop ?? undefined}
      style={{
        top: `${index * rowRem}rem`,
        height: `${rowRem}rem`,
        paddingInlineStart: `${0.25 + depth * 0.875}rem`,
      }}
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
