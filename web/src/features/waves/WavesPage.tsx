import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { listPublications } from '@akimetr/api/contracts/publications';
import { listWaves } from '@akimetr/api/contracts/waves';
import { useApi } from '../../lib/api-hooks.ts';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import { NewWaveDialog } from './NewWaveDialog.tsx';
import { WaveCard } from './WaveCard.tsx';
import styles from './Waves.module.css';

/** The rounds of fieldwork, newest first, each with its one next step. */
export function Page() {
  const { t } = useTranslation('office');
  const [creating, dialog] = useDisclosure(false);
  const waves = useApi(listWaves, {});
  const publications = useApi(listPublications, {});
  return (
    <>
      <PageHeader
        title={t('waves.title')}
        lead={t('waves.lead')}
        action={<Button onClick={dialog.open}>{t('waves.create')}</Button>}
      />
      <ProblemNotice error={waves.error} onRetry={() => void waves.refetch()} />
      {waves.isPending && <TableSkeleton rows={4} />}
      {waves.data?.waves.length === 0 && (
        <EmptyNote title={t('waves.none')}>{t('waves.noneWhy')}</EmptyNote>
      )}
      <ul className={styles.list}>
        {waves.data?.waves.map((wave) => (
          <li key={wave.id}>
            <WaveCard
              wave={wave}
              publication={publications.data?.publications.find(
                ({ id }) => id === wave.publication?.id,
              )}
            />
          </li>
        ))}
      </ul>
      {creating && <NewWaveDialog onClose={dialog.close} />}
    </>
  );
}
