import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../lib/formats.ts';
import { saveFile } from '../../../lib/download.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { useDesignerStore } from '../model/designer-store.ts';
import { useDraft } from './draft-context.ts';
import styles from '../Designer.module.css';

const MergeDialog = lazy(() =>
  import('../merge/MergeDialog.tsx').then(({ MergeDialog: Dialog }) => ({ default: Dialog })),
);

/** Whether the draft is on the server, in a word. */
export function KeepingWord() {
  const { t } = useTranslation('designer');
  const { keeper } = useDraft();
  const { state } = useSyncExternalStore(keeper.subscribe, keeper.keeping);
  const failed = state !== 'saved' && state !== 'saving';
  useEffect(() => {
    if (state === 'saved') return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [state]);
  return (
    <span className={styles.keeping} role="status" data-failed={failed || undefined}>
      {t(`keeping.${state}`)}
    </span>
  );
}

/** What a person must decide or know when the draft could not be saved; nothing is ever overwritten. */
export function KeepingNote() {
  const { t } = useTranslation('designer');
  const { keeper, code } = useDraft();
  const store = useDesignerStore();
  const [merging, setMerging] = useState(false);
  const keeping = useSyncExternalStore(keeper.subscribe, keeper.keeping);
  const download = () =>
    saveFile(`${code}.json`, JSON.stringify(store.doc(), null, 2), 'application/json');
  if (keeping.state === 'refused') {
    return (
      <div className={styles.note}>
        <ProblemNotice error={keeping.error} withFields />
      </div>
    );
  }
  if (keeping.state !== 'conflict') return null;
  const { by, at } = keeping.newer;
  return (
    <div className={styles.note}>
      <Notice tone="warning" role="alert">
        <p>{t('conflict.text', { by, when: formatInstant(at) })}</p>
        <Group gap="sm">
          <Button size="compact-md" onClick={() => setMerging(true)}>
            {t('conflict.merge')}
          </Button>
          <Button variant="default" size="compact-md" onClick={download}>
            {t('conflict.download')}
          </Button>
        </Group>
      </Notice>
      {merging && (
        <Suspense fallback={null}>
          <MergeDialog onClose={() => setMerging(false)} />
        </Suspense>
      )}
    </div>
  );
}
