import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../../../lib/labels.ts';
import { isScalar } from '../model/choices.ts';
import type { EditorProps } from './editor-props.ts';
import styles from './Properties.module.css';

/** Least and greatest values are numbers or days; SurveyJS takes both as text, scoring needs the numbers. */
const bounds = new Set(['min', 'max', 'step']);
const asBound = (text: string): string | number | undefined => {
  if (text === '') return undefined;
  return String(Number(text)) === text ? Number(text) : text;
};

const written = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export function TextEditor({ id, field, value, set }: EditorProps) {
  const { option: name } = useLabels();
  const byDefault = written(field.byDefault);
  if (value !== undefined && typeof value !== 'string' && typeof value !== 'number') {
    return <AsJson id={id} value={value} set={set} />;
  }
  return (
    <input
      id={id}
      className={styles.input}
      value={written(value)}
      placeholder={byDefault && name(byDefault)}
      onChange={({ target }) =>
        set(bounds.has(field.name) ? asBound(target.value) : target.value || undefined)
      }
    />
  );
}

export function NumberEditor({ id, field, value, set }: EditorProps) {
  if (value !== undefined && typeof value !== 'number') {
    return <AsJson id={id} value={value} set={set} />;
  }
  return (
    <input
      id={id}
      type="number"
      step="any"
      className={styles.input}
      value={written(value)}
      placeholder={written(field.byDefault)}
      onChange={({ target }) =>
        set(
          target.value === '' || Number.isNaN(target.valueAsNumber)
            ? undefined
            : target.valueAsNumber,
        )
      }
    />
  );
}

export function FlagEditor({ id, field, value, set, label }: EditorProps) {
  const checked = value === undefined ? field.byDefault === true : value === true;
  return (
    <div className={styles.flag}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) =>
          set(
            event.target.checked === (field.byDefault === true) ? undefined : event.target.checked,
          )
        }
      />
      <label htmlFor={id} title={field.name}>
        {label}
      </label>
    </div>
  );
}

export function ChoiceEditor({ id, field, value, set }: EditorProps) {
  const { t } = useTranslation('designer');
  const own = written(value);
  const { option: name } = useLabels();
  const options = field.options.map(String);
  const byDefault = isScalar(field.byDefault) ? String(field.byDefault) : '';
  // SurveyJS' own word for this is "default", which says it already.
  const standing = byDefault === 'default' ? name(byDefault) : undefined;
  return (
    <select
      id={id}
      className={styles.input}
      value={own}
      onChange={({ target }) =>
        set(field.options.find((option) => String(option) === target.value))
      }
    >
      <option value="">
        {byDefault === ''
          ? t('properties.notSet')
          : (standing ?? t('properties.byDefault', { value: name(byDefault) }))}
      </option>
      {own !== '' && !options.includes(own) && <option value={own}>{own}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {name(option)}
        </option>
      ))}
    </select>
  );
}

export const JsonEditor = ({ id, value, set }: EditorProps) => (
  <AsJson id={id} value={value} set={set} />
);

interface AsJsonProps {
  id: string;
  value: unknown;
  set: (value: unknown) => void;
}

/** Whatever has no form of its own, as JSON; a plain word may stand without quotation marks. */
function AsJson({ id, value, set }: AsJsonProps) {
  const { t } = useTranslation('designer');
  const shown =
    value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const [draft, setDraft] = useState<string | null>(null);
  const [faulty, setFaulty] = useState(false);
  const finish = () => {
    if (draft === null) return;
    const read = readJson(draft);
    setFaulty(read === null);
    if (read === null) return;
    setDraft(null);
    if (draft !== shown) set(read.value);
  };
  return (
    <>
      <textarea
        id={id}
        className={`${styles.input} ${styles.code}`}
        rows={1}
        spellCheck={false}
        aria-invalid={faulty}
        value={draft ?? shown}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={finish}
      />
      {faulty && (
        <p className={styles.fault} role="alert">
          {t('properties.notJson')}
        </p>
      )}
    </>
  );
}

/** Null when it looks like JSON and is none. */
function readJson(text: string): { value: unknown } | null {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return /^\s*["[{]/.test(text) ? null : { value: text };
  }
}
