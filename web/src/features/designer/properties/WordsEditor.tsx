import { locales } from '@akimetr/api/contracts/common';
import { localeNames } from '../../../lib/i18n.ts';
import { useDesignerStore } from '../model/designer-store.ts';
import { pathOf, type Path } from '../model/document.ts';
import { setText } from '../model/commands.ts';
import { mainLanguageOf } from '@akimetr/api/domain/questionnaire-texts';
import { textIn } from '../model/outline.ts';
import type { EditorProps } from './editor-props.ts';
import styles from './Properties.module.css';

/** A text in Kazakh, Russian and English, one under the other; a plain text counts as the questionnaire's main language. */
export function WordsEditor({ id, field, value, pathKey, label }: EditorProps) {
  return <Words id={id} value={value} path={[...pathOf(pathKey), field.name]} label={label} />;
}

interface Props {
  id: string;
  value: unknown;
  path: Path;
  label: string;
}

export function Words({ id, value, path, label }: Props) {
  const store = useDesignerStore();
  const main = mainLanguageOf(store.doc());
  return (
    <div className={styles.words}>
      {locales.map((language, place) => (
        <div key={language} className={styles.wordsRow}>
          <span className={styles.language} aria-hidden="true">
            {language}
          </span>
          <textarea
            id={place === 0 ? id : undefined}
            lang={language}
            rows={1}
            className={styles.input}
            aria-label={`${label}, ${localeNames[language]}`}
            value={shownIn(value, language, main)}
            onChange={(event) =>
              store.change(
                setText(store.doc(), path, language, event.target.value, main),
                JSON.stringify([...path, language]),
              )
            }
          />
        </div>
      ))}
    </div>
  );
}

const shownIn = (value: unknown, language: string, main: string): string => {
  if (typeof value === 'string') return language === main ? value : '';
  return textIn(value, language) ?? '';
};
