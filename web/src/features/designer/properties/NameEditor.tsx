import { memo, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../../../lib/labels.ts';
import { rename, setProperty } from '../model/commands.ts';
import { belowPath, useArrival } from '../model/aim.ts';
import { useAim, useDesignerStore } from '../model/designer-store.ts';
import { pathOf } from '../model/document.ts';
import { namesOf, referencesTo } from '../model/names.ts';
import { kindsOf } from '../structure/question-types.ts';
import styles from './Properties.module.css';

const form = /^[a-z][a-z0-9_]{0,63}$/;

interface Props {
  pathKey: string;
  name: string;
  type: string;
}

/** The name, which follows into every expression when it changes, and the type. */
export const NameEditor = memo(function NameEditor({ pathKey, name, type }: Props) {
  const { t } = useTranslation('designer');
  const labels = useLabels();
  const store = useDesignerStore();
  const id = useId();
  const path = useMemo(() => pathOf(pathKey), [pathKey]);
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? name;
  const taken = shown !== name && namesOf(store.doc()).has(shown);
  const fault = taken ? 'taken' : form.test(shown) ? null : 'form';
  const finish = () => {
    if (draft !== null && fault === null) store.run(rename(store.doc(), path, draft));
    setDraft(null);
  };
  const kinds = kindsOf(type);
  const aim = useAim();
  const asked = belowPath(aim, path)?.[0];
  const atName = useArrival<HTMLDivElement>(asked === 'name' ? aim : null);
  const atType = useArrival<HTMLDivElement>(asked === 'type' ? aim : null);
  return (
    <>
      <div ref={atName} className={styles.row}>
        <label className={styles.label} htmlFor={id}>
          {t('names.name')}
        </label>
        <input
          id={id}
          data-name-field
          className={`${styles.input} ${styles.code}`}
          value={shown}
          spellCheck={false}
          aria-invalid={fault !== null}
          aria-describedby={`${id}-about`}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === 'Enter') finish();
            if (event.key === 'Escape') setDraft(null);
          }}
        />
        <p id={`${id}-about`} className={fault ? styles.fault : styles.about}>
          {fault
            ? t(`nameFaults.${fault}`)
            : draft !== null && draft !== name
              ? t('nameFollows', { number: referencesTo(store.doc(), name) })
              : ''}
        </p>
      </div>
      {kinds.length > 1 && (
        <div ref={atType} className={styles.row}>
          <label className={styles.label} htmlFor={`${id}-type`}>
            {t('structure.type')}
          </label>
          <select
            id={`${id}-type`}
            className={styles.input}
            value={type}
            onChange={({ target }) =>
              store.run(setProperty(store.doc(), path, 'type', target.value))
            }
          >
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {labels.type(kind)}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
});
