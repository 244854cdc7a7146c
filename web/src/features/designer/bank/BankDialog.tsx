import { useMemo, useState } from 'react';
import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { getQuestionnaire, listQuestionnaires } from '@akimetr/api/contracts/questionnaires';
import { useApi } from '../../../lib/api-hooks.ts';
import { localText } from '../../../lib/i18n.ts';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../../ui/TableSkeleton.tsx';
import { useLabels } from '../../../lib/labels.ts';
import { addElement, addPage } from '../model/commands.ts';
import { useDesignerStore } from '../model/designer-store.ts';
import { placeForNew } from '../model/moving.ts';
import { anyText, flatOf, outlineOf, type Branch } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import { matches } from '../structure/tree-rows.ts';
import styles from './Bank.module.css';

/** Questions of published questionnaires, taken over with their translations, answers and scoring. */
export function BankDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['designer', 'common']);
  const published = useApi(listQuestionnaires, {});
  const [chosen, setChosen] = useState('');
  const questionnaires = published.data?.questionnaires ?? [];
  const source = questionnaires.find(({ code, version }) => `${code}@${version}` === chosen);
  return (
    <Modal opened onClose={onClose} size="56rem" title={t('bank.title')}>
      <p className="soft">{t('bank.lead')}</p>
      <ProblemNotice error={published.error} onRetry={() => void published.refetch()} />
      {published.data && questionnaires.length === 0 && <p>{t('bank.none')}</p>}
      {questionnaires.length > 0 && (
        <label className={styles.source}>
          <span>{t('bank.source')}</span>
          <select value={chosen} onChange={({ target }) => setChosen(target.value)}>
            <option value="">{t('bank.choose')}</option>
            {questionnaires.map(({ code, version, title }) => (
              <option key={`${code}@${version}`} value={`${code}@${version}`}>
                {localText(title)} ({code}, {version})
              </option>
            ))}
          </select>
        </label>
      )}
      {source && <Items code={source.code} version={source.version} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('common:actions.close')}
        </Button>
      </Group>
    </Modal>
  );
}

function Items({ code, version }: { code: string; version: number }) {
  const { t } = useTranslation('designer');
  const labels = useLabels();
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const [taken, setTaken] = useState('');
  const store = useDesignerStore();
  const { data, error, isPending, refetch } = useApi(getQuestionnaire, {
    params: { code, version },
  });
  const questions = useMemo(
    () =>
      flatOf(outlineOf(data?.questionnaire ?? {})).filter(
        ({ kind, path }) => kind === 'question' && !path.includes('templateElements'),
      ),
    [data],
  );
  const take = ({ element }: Branch) => {
    const doc = placeForNew(store.doc(), store.history().present.selected)
      ? store.doc()
      : addPage(store.doc(), 0).doc;
    const at = placeForNew(doc, store.history().present.selected);
    if (!at) return;
    store.run(addElement(doc, at.listPath, at.place, element));
    setTaken(t('bank.taken', { name: String(element.name) }));
  };
  return (
    <>
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {isPending && <TableSkeleton rows={4} />}
      {data && (
        <input
          type="search"
          className={styles.search}
          aria-label={t('structure.search')}
          placeholder={t('structure.search')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      )}
      <p role="status" className={styles.taken}>
        {taken}
      </p>
      <ul className={styles.items}>
        {questions
          .filter((branch) => search.trim() === '' || matches(branch, search.trim(), language))
          .map((branch) => (
            <li key={branch.key}>
              <div>
                <strong>{anyText(branch.element.title, language) ?? branch.name}</strong>
                <p className="soft">
                  <code>{branch.name}</code> · {labels.type(branch.type)}
                  {typeof branch.element.indicator === 'string' &&
                    ` · ${t('badges.indicator', { name: branch.element.indicator })}`}
                </p>
              </div>
              <Button
                variant="default"
                size="compact-md"
                aria-label={t('bank.take', { name: branch.name })}
                onClick={() => take(branch)}
              >
                {t('bank.insert')}
              </Button>
            </li>
          ))}
      </ul>
    </>
  );
}
