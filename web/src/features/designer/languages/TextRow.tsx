import { memo } from 'react';
import { locales } from '@akimetr/api/contracts/common';
import { localeNames } from '../../../lib/i18n.ts';
import { useArrival } from '../model/aim.ts';
import { useDesigner, useDesignerStore } from '../model/designer-store.ts';
import { getAt, pathOf, type Path } from '../model/document.ts';
import { mainLanguageOf } from '@akimetr/api/domain/questionnaire-texts';
import { textIn } from '../model/outline.ts';
import { withTextAt } from './text-place.ts';
import styles from './Languages.module.css';

interface Props {
  pathKey: string;
  /** Question, page or the whole; and which of its texts this is. */
  name: string;
  what: string;
  /** Whether it must stand in every language. */
  needed: boolean;
  /** Leads to where the text stands. */
  onGo: (path: Path) => void;
  /** What was asked for, where that is this text. */
  aim: Path | null;
}

/**
 * One text in three languages; it follows the document by itself, so that typing shows this row alone anew. Its words
 * come from the table: looking them up in each of a thousand rows would take longer than drawing them.
 */
export const TextRow = memo(function TextRow(props: Props) {
  const { pathKey, name, what, needed, onGo, aim } = props;
  const store = useDesignerStore();
  const path = pathOf(pathKey);
  const value = useDesigner(({ present }) => getAt(present.doc, path));
  const row = useArrival<HTMLDivElement>(aim, 'textarea[data-missing]');
  return (
    <div ref={row} role="row" className={styles.row}>
      <div role="rowheader" className={styles.place}>
        <button type="button" onClick={() => onGo(path)}>
          {name}
        </button>
        <span>{what}</span>
      </div>
      {locales.map((language) => {
        const plain = typeof value === 'string' ? value : textIn(value, 'default');
        const text = typeof value === 'string' ? '' : (textIn(value, language) ?? '');
        return (
          <div key={language} role="cell" data-language={language}>
            <textarea
              lang={language}
              rows={1}
              aria-label={`${name}, ${what}, ${localeNames[language]}`}
              data-missing={(needed && text === '') || undefined}
              placeholder={plain ?? undefined}
              value={text}
              onChange={({ target }) =>
                store.change(
                  withTextAt(
                    store.doc(),
                    path,
                    language,
                    target.value,
                    mainLanguageOf(store.doc()),
                  ),
                  JSON.stringify([...path, language]),
                )
              }
            />
          </div>
        );
      })}
    </div>
  );
});
