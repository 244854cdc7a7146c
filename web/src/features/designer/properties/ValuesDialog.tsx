import { useMemo, useState } from 'react';
import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { locales } from '@akimetr/api/contracts/common';
import { localeNames } from '../../../lib/i18n.ts';
import { textsOf, valueOf } from '../model/choices.ts';
import { useDesigner } from '../model/designer-store.ts';
import { getAt, listOf, type Path } from '../model/document.ts';
import { anyText, flatOf, outlineOf, textIn } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import { ValueInput } from './ValueInput.tsx';
import type { ValueCommands } from './value-commands.ts';
import styles from './Properties.module.css';

interface Props {
  label: string;
  listPath: Path;
  commands: ValueCommands;
  onClose: () => void;
}

/** The whole list in all languages: typed, pasted from a spreadsheet, or taken over from another question. */
export function ValuesDialog({ label, listPath, commands, onClose }: Props) {
  const { t } = useTranslation(['designer', 'common']);
  const [pasted, setPasted] = useState('');
  const list = useDesigner(({ present }) => getAt(present.doc, listPath));
  const entries = listOf(list);
  return (
    <Modal opened onClose={onClose} size="72rem" title={label}>
      <div className={styles.tableWrap}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('values.value')}</th>
              {locales.map((language) => (
                <th key={language} scope="col">
                  {localeNames[language]}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t('values.deleteColumn')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry, place) => (
              <tr key={place}>
                <td>
                  <ValueInput
                    entry={entry}
                    place={place}
                    commands={commands}
                    label={`${place + 1}: ${t('values.value')}`}
                  />
                </td>
                {locales.map((language) => (
                  <td key={language} data-language={language}>
                    <input
                      className={styles.input}
                      lang={language}
                      aria-label={`${String(valueOf(entry))}: ${localeNames[language]}`}
                      value={textIn(textsOf(entry), language) ?? ''}
                      onChange={({ target }) => commands.setText(place, language, target.value)}
                    />
                  </td>
                ))}
                <td>
                  <button
                    type="button"
                    className={styles.icon}
                    aria-label={t('values.delete', { name: String(valueOf(entry)) })}
                    onClick={() => commands.remove(place)}
                  >
                    ×
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.buttons}>
        <button type="button" className={styles.small} onClick={commands.add}>
          {t('values.add')}
        </button>
      </div>
      <label className={styles.row}>
        <span className={styles.label}>{t('values.paste')}</span>
        <textarea
          className={`${styles.input} ${styles.code}`}
          rows={3}
          value={pasted}
          placeholder={'yes\tИә\tДа\tYes\nno\tЖоқ\tНет\tNo'}
          onChange={({ target }) => setPasted(target.value)}
        />
      </label>
      <div className={styles.buttons}>
        <Button
          variant="default"
          disabled={pasted.trim() === ''}
          onClick={() => {
            commands.paste(pasted);
            setPasted('');
          }}
        >
          {t('values.takePasted')}
        </Button>
        <OptionLists listName={String(listPath.at(-1))} onTake={commands.replace} />
      </div>
      {listPath.at(-1) === 'choices' && <p className="soft">{t('values.copied')}</p>}
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>{t('common:actions.close')}</Button>
      </Group>
    </Modal>
  );
}

interface ListsProps {
  listName: string;
  onTake: (entries: readonly unknown[]) => void;
}

/** The different lists of the questionnaire, to be used again as they are. */
function OptionLists({ listName, onTake }: ListsProps) {
  const { t } = useTranslation('designer');
  const language = useLanguage();
  const doc = useDesigner(({ present }) => present.doc);
  const lists = useMemo(() => {
    const known = new Map<string, { from: string; entries: readonly unknown[] }>();
    for (const { element, name } of flatOf(outlineOf(doc))) {
      const entries = listOf(element[listName]);
      const key = JSON.stringify(entries);
      if (entries.length > 0 && !known.has(key)) known.set(key, { from: name, entries });
    }
    return [...known.values()];
  }, [doc, listName]);
  const words = (entries: readonly unknown[]) =>
    entries
      .slice(0, 3)
      .map((entry) => anyText(textsOf(entry), language) ?? String(valueOf(entry)))
      .join(' · ') + (entries.length > 3 ? ` … (${entries.length})` : '');
  return (
    <select
      className={`${styles.input} ${styles.lists}`}
      aria-label={t('values.useList')}
      value=""
      onChange={({ target }) => {
        const chosen = lists[Number(target.value)];
        if (chosen) onTake(chosen.entries);
      }}
    >
      <option value="">{t('values.useList')}</option>
      {lists.map(({ from, entries }, place) => (
        <option key={from} value={place}>
          {from}: {words(entries)}
        </option>
      ))}
    </select>
  );
}
