import { lazy, Suspense, useState } from 'react';
import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../../../lib/labels.ts';
import { addElement, addPage } from '../model/commands.ts';
import { useDesignerStore } from '../model/designer-store.ts';
import { listOf } from '../model/document.ts';
import { placeForNew } from '../model/moving.ts';
import { newElement, typeGroups, unsuitedTypes } from './question-types.ts';
import styles from './Structure.module.css';

const BankDialog = lazy(() =>
  import('../bank/BankDialog.tsx').then(({ BankDialog: Dialog }) => ({ default: Dialog })),
);

/** Adds a question behind what is chosen, a page, or a question that another questionnaire has already asked. */
export function AddMenu() {
  const { t } = useTranslation('designer');
  const store = useDesignerStore();
  const [bank, setBank] = useState(false);
  const add = (type: string) => {
    const withPage = placeForNew(store.doc(), store.history().present.selected)
      ? store.doc()
      : addPage(store.doc(), 0).doc;
    const at = placeForNew(withPage, store.history().present.selected);
    if (at) store.run(addElement(withPage, at.listPath, at.place, newElement(type)));
  };
  const page = () => {
    const [first, place] = JSON.parse(store.history().present.selected) as unknown[];
    const count = listOf(store.doc().pages).length;
    store.run(addPage(store.doc(), first === 'pages' ? (place as number) + 1 : count));
  };
  return (
    <>
      <Menu position="bottom-start" width="24rem">
        <Menu.Target>
          <Button size="compact-md">{t('structure.add')}</Button>
        </Menu.Target>
        <Menu.Dropdown className={styles.menu}>
          <Menu.Item onClick={page}>{t('structure.addPage')}</Menu.Item>
          <Menu.Item onClick={() => setBank(true)}>{t('bank.open')}</Menu.Item>
          <Types onAdd={add} />
        </Menu.Dropdown>
      </Menu>
      {bank && (
        <Suspense>
          <BankDialog onClose={() => setBank(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The types of questions by groups; a part of its own, so that their names are looked up only when somebody asks. */
function Types({ onAdd }: { onAdd: (type: string) => void }) {
  const { t } = useTranslation('designer');
  const labels = useLabels();
  return Object.entries({ ...typeGroups, unsuited: unsuitedTypes }).map(([group, types]) => (
    <div key={group} role="group" aria-label={t(`typeGroups.${group as 'choice'}`)}>
      <Menu.Label>{t(`typeGroups.${group as 'choice'}`)}</Menu.Label>
      {group === 'unsuited' && <p className={styles.typesNote}>{t('structure.unsuited')}</p>}
      <div className={styles.types} data-quiet={group === 'unsuited' || undefined}>
        {types.map((type) => (
          <Menu.Item key={type} onClick={() => onAdd(type)}>
            {labels.type(type)}
          </Menu.Item>
        ))}
      </div>
    </div>
  ));
}
