import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocBehindTyping } from '../model/designer-store.ts';
import { listOf } from '../model/document.ts';
import { anyText, flatOf, outlineOf, textOf } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import type { EditorProps } from './editor-props.ts';
import styles from './Properties.module.css';

/** The question whose choices are used here too: they are kept once, and what is changed there is changed here. */
export function QuestionEditor({ id, value, set, pathKey }: EditorProps) {
  const { t } = useTranslation('designer');
  const language = useLanguage();
  const doc = useDocBehindTyping();
  const offered = useMemo(
    () =>
      flatOf(outlineOf(doc)).filter(
        ({ key, element }) => key !== pathKey && listOf(element.choices).length > 0,
      ),
    [doc, pathKey],
  );
  const own = textOf(value);
  return (
    <select
      id={id}
      className={styles.input}
      value={own}
      onChange={({ target }) => set(target.value || undefined)}
    >
      <option value="">{t('properties.notSet')}</option>
      {own !== '' && !offered.some(({ name }) => name === own) && (
        <option value={own}>{t('logic.gone', { name: own })}</option>
      )}
      {offered.map(({ name, element }) => (
        <option key={name} value={name}>
          {anyText(element.title, language) ?? name}
        </option>
      ))}
    </select>
  );
}
