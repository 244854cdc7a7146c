import { Fragment, lazy, memo, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeNames } from '../../../lib/i18n.ts';
import { useLanguage } from '../model/working-language.ts';
import { belowPath, useArrival } from '../model/aim.ts';
import { useAim, useDesignerStore } from '../model/designer-store.ts';
import { isPlain, listOf, pathOf, type Path } from '../model/document.ts';
import { textIn } from '../model/outline.ts';
import { textsOf } from '../model/choices.ts';
import type { EditorProps, EntryForm } from './editor-props.ts';
import { ValueInput } from './ValueInput.tsx';
import { valueCommands, type ValueCommands } from './value-commands.ts';
import styles from './Properties.module.css';

const ValuesDialog = lazy(() =>
  import('./ValuesDialog.tsx').then(({ ValuesDialog: Dialog }) => ({ default: Dialog })),
);

/** Choices, rows or columns: value and text in the chosen language, and behind a lid the rest of one; all languages are in the table. */
export function ValuesEditor({
  field,
  value,
  pathKey,
  label,
  Form,
}: EditorProps & { Form: EntryForm }) {
  const { t } = useTranslation('designer');
  const store = useDesignerStore();
  const language = useLanguage();
  const [table, setTable] = useState(false);
  const [opened, setOpened] = useState<number | null>(null);
  const toggle = useCallback(
    (place: number) => setOpened((before) => (before === place ? null : place)),
    [],
  );
  const aim = useAim();
  const [entry, property] = belowPath(aim, [...pathOf(pathKey), field.name]) ?? [];
  const inRow = property === undefined || property === 'value' || property === 'text';
  const [followed, setFollowed] = useState<Path | null>(null);
  if (typeof entry === 'number' && aim !== followed) {
    setFollowed(aim);
    if (!inRow) setOpened(entry);
  }
  const list = listOf(value);
  const commands = useMemo(
    () => valueCommands(store, pathOf(pathKey), field.name),
    [store, pathKey, field.name],
  );
  return (
    <div
      className={styles.values}
      role="group"
      aria-label={label}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text/plain');
        if (!/[\t\n]/.test(pasted.trim())) return;
        event.preventDefault();
        commands.paste(pasted);
      }}
    >
      {list.map((one, place) => (
        <Fragment key={place}>
          <ValueRow
            entry={one}
            place={place}
            count={list.length}
            language={language}
            commands={commands}
            label={`${label} ${place + 1}`}
            open={opened === place}
            onToggle={toggle}
            aim={inRow && place === entry ? aim : null}
          />
          {opened === place && (
            <div className={styles.valueMore}>
              <Form
                className={field.entryClass}
                element={isPlain(one) ? one : { value: one }}
                path={[...pathOf(pathKey), field.name, place]}
              />
            </div>
          )}
        </Fragment>
      ))}
      <div className={styles.buttons}>
        <button type="button" className={styles.small} onClick={commands.add}>
          {t('values.add')}
        </button>
        <button type="button" className={styles.small} onClick={() => setTable(true)}>
          {t('values.table')}
        </button>
      </div>
      {table && (
        <Suspense>
          <ValuesDialog
            label={label}
            listPath={[...pathOf(pathKey), field.name]}
            commands={commands}
            onClose={() => setTable(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

interface RowProps {
  entry: unknown;
  place: number;
  count: number;
  language: 'kk' | 'ru' | 'en';
  commands: ValueCommands;
  label: string;
  open: boolean;
  onToggle: (place: number) => void;
  /** What was asked for, where that is the code or the text of this entry. */
  aim: Path | null;
}

const ValueRow = memo(function ValueRow(props: RowProps) {
  const { entry, place, count, language, commands, label, open, onToggle, aim } = props;
  const { t } = useTranslation('designer');
  const row = useArrival<HTMLDivElement>(aim, aim?.at(-1) === 'text' ? 'input[lang]' : undefined);
  return (
    <div
      ref={row}
      className={styles.valueRow}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        event.stopPropagation();
        commands.move(place, event.key === 'ArrowUp' ? -1 : 1);
      }}
    >
      <ValueInput
        entry={entry}
        place={place}
        commands={commands}
        label={`${label}: ${t('values.value')}`}
      />
      <input
        className={styles.input}
        lang={language}
        aria-label={`${label}: ${localeNames[language]}`}
        placeholder={language}
        value={textIn(textsOf(entry), language) ?? ''}
        onChange={({ target }) => commands.setText(place, language, target.value)}
      />
      <button
        type="button"
        className={styles.icon}
        aria-expanded={open}
        aria-label={t('values.more', { name: label })}
        onClick={() => onToggle(place)}
      >
        ⋯
      </button>
      <button
        type="button"
        className={styles.icon}
        disabled={place === 0}
        aria-label={t('values.up', { name: label })}
        onClick={() => commands.move(place, -1)}
      >
        ↑
      </button>
      <button
        type="button"
        className={styles.icon}
        disabled={place === count - 1}
        aria-label={t('values.down', { name: label })}
        onClick={() => commands.move(place, 1)}
      >
        ↓
      </button>
      <button
        type="button"
        className={styles.icon}
        aria-label={t('values.delete', { name: label })}
        onClick={() => commands.remove(place)}
      >
        ×
      </button>
    </div>
  );
});
