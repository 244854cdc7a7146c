import { useTranslation } from 'react-i18next';
import { useLabels } from '../../../lib/labels.ts';
import { belowPath, useArrival, useOpen } from '../model/aim.ts';
import { useAim, useDesignerStore } from '../model/designer-store.ts';
import {
  getAt,
  insertAt,
  isPlain,
  listOf,
  pathOf,
  setAt,
  type Doc,
  type Path,
  type Plain,
} from '../model/document.ts';
import { freeName } from '../model/names.ts';
import { anyText, textOf } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import type { EditorProps, EntryForm } from './editor-props.ts';
import { classOfEntry, entryTypesOf } from './property-fields.ts';
import styles from './Properties.module.css';

/** A list of parts with properties of their own: checks, calculated values, columns of a grid, triggers. */
export function PartsEditor({
  id,
  field,
  value,
  pathKey,
  label,
  Form,
}: EditorProps & { Form: EntryForm }) {
  const { t } = useTranslation('designer');
  const labels = useLabels();
  const store = useDesignerStore();
  const path: Path = [...pathOf(pathKey), field.name];
  const entries = listOf(value);
  const types = entryTypesOf(field.entryClass);
  const add = (type: string) => {
    const entry: Plain = types.length > 0 ? { type } : newPart(entries, field.entryClass);
    store.change(insertAt(store.doc(), path, entries.length, entry));
  };
  return (
    <div className={styles.parts}>
      {entries.map((entry, place) =>
        isPlain(entry) ? (
          <Part
            key={place}
            entry={entry}
            path={[...path, place]}
            entryClass={field.entryClass}
            last={place === entries.length - 1}
            label={`${label} ${place + 1}`}
            Form={Form}
          />
        ) : null,
      )}
      {types.length > 0 ? (
        <select
          id={id}
          className={styles.input}
          value=""
          onChange={({ target }) => add(target.value)}
        >
          <option value="">{t('parts.add')}</option>
          {types.map((type) => (
            <option key={type} value={type}>
              {labels.part(type)}
            </option>
          ))}
        </select>
      ) : (
        <button type="button" className={styles.small} onClick={() => add('')}>
          {t('parts.add')}
        </button>
      )}
    </div>
  );
}

function newPart(entries: readonly unknown[], entryClass: string): Plain {
  if (!['calculatedvalue', 'matrixdropdowncolumn', 'multipletextitem'].includes(entryClass)) {
    return {};
  }
  const taken = new Set(entries.map((entry) => (isPlain(entry) ? textOf(entry.name) : '')));
  const stem = { matrixdropdowncolumn: 'column', multipletextitem: 'field' }[entryClass] ?? 'value';
  return { name: freeName(`${stem}_1`, taken) };
}

/** The document with the part at the path one place earlier or later in its list. */
function moved(doc: Doc, path: Path, by: 1 | -1): Doc {
  const [list, place] = [path.slice(0, -1), Number(path.at(-1))];
  return insertAt(setAt(doc, path, undefined), list, place + by, getAt(doc, path));
}

interface PartProps {
  entry: Plain;
  path: Path;
  entryClass: string;
  last: boolean;
  label: string;
  Form: EntryForm;
}

function Part({ entry, path, entryClass, last, label, Form }: PartProps) {
  const { t } = useTranslation('designer');
  const labels = useLabels();
  const store = useDesignerStore();
  const aim = useAim();
  const below = belowPath(aim, path);
  const [open, setOpen] = useOpen(Object.keys(entry).length <= 1, below === null ? null : aim);
  const head = useArrival<HTMLDivElement>(
    below !== null && (below.length === 0 || below[0] === 'name') ? aim : null,
  );
  const type = textOf(entry.type);
  const title = anyText(entry.title, useLanguage());
  const place = path.at(-1);
  const move = (by: 1 | -1) => store.change(moved(store.doc(), path, by));
  const named = Object.hasOwn(entry, 'name') || entryClass === 'calculatedvalue';
  return (
    <div ref={head} className={styles.part}>
      <div className={styles.partHead}>
        <button
          type="button"
          className={styles.partTitle}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden="true">{open ? '▾' : '▸'}</span>{' '}
          {type !== '' ? labels.part(type) : textOf(entry.name) || label}
          {title !== null && <span className={styles.partText}>{title}</span>}
        </button>
        <button
          type="button"
          className={styles.icon}
          disabled={place === 0}
          aria-label={t('values.up', { name: label })}
          onClick={() => move(-1)}
        >
          ↑
        </button>
        <button
          type="button"
          className={styles.icon}
          disabled={last}
          aria-label={t('values.down', { name: label })}
          onClick={() => move(1)}
        >
          ↓
        </button>
        <button
          type="button"
          className={styles.icon}
          aria-label={t('parts.delete', { name: label })}
          onClick={() => store.change(setAt(store.doc(), path, undefined))}
        >
          ×
        </button>
      </div>
      {open && (
        <div className={styles.partBody}>
          {named && (
            <label className={styles.row}>
              <span className={styles.label}>{t('names.name')}</span>
              <input
                className={`${styles.input} ${styles.code}`}
                value={textOf(entry.name)}
                onChange={({ target }) =>
                  store.change(
                    setAt(store.doc(), [...path, 'name'], target.value),
                    JSON.stringify([...path, 'name']),
                  )
                }
              />
            </label>
          )}
          <Form className={classOfEntry(entryClass, entry)} element={entry} path={path} />
        </div>
      )}
    </div>
  );
}
