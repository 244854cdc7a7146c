import { useTranslation } from 'react-i18next';
import { useLabels } from '../labels.ts';
import { belowPath, useArrival, useOpen } from '../model/aim.ts';
import { useAim, useDesignerStore } from '../model/designer-store.ts';
import {
  insertAt,
  isPlain,
  listOf,
  pathOf,
  setAt,
  type Path,
  type Plain,
} from '../model/document.ts';
import { freeName } from '../model/names.ts';
import { textOf } from '../model/outline.ts';
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
  const stem = entryClass === 'matrixdropdowncolumn' ? 'column' : 'value';
  return { name: freeName(`${stem}_1`, taken) };
}

interface PartProps {
  entry: Plain;
  path: Path;
  entryClass: string;
  label: string;
  Form: EntryForm;
}

function Part({ entry, path, entryClass, label, Form }: PartProps) {
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
