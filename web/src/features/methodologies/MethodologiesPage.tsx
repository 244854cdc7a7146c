import { Button, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { listMethodologies } from '@akimetr/api/contracts/methodologies';
import { useApi } from '../../lib/api-hooks.ts';
import { formatInstant } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { useMay } from '../../lib/session.ts';
import { EmptyNote } from '../../ui/EmptyNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import { MethodologyTree } from './MethodologyTree.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import styles from './Methodologies.module.css';

/** How answers become an index: every published methodology, newest first. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const mayPublish = useMay('methodologies.publish');
  const [publishing, dialog] = useDisclosure(false);
  const { data, error, isPending, refetch } = useApi(listMethodologies, {});
  return (
    <>
      <PageHeader
        title={t('methodologies.title')}
        lead={t('methodologies.lead')}
        action={mayPublish && <Button onClick={dialog.open}>{t('methodologies.publish')}</Button>}
      />
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {isPending && <TableSkeleton rows={4} />}
      {data?.methodologies.length === 0 && (
        <EmptyNote title={t('methodologies.none')}>{t('methodologies.noneWhy')}</EmptyNote>
      )}
      {data?.methodologies.map(({ methodology, hash, publishedAt, publishedBy }, index) => (
        <article key={hash} className={styles.card}>
          <Title order={2}>{localText(methodology.name)}</Title>
          <p className="soft">
            {t('versions.of', methodology)}.{' '}
            {t('versions.publishedBy', { name: publishedBy, when: formatInstant(publishedAt) })}
          </p>
          <details open={index === 0}>
            <summary>{t('methodologies.show')}</summary>
            <MethodologyTree methodology={methodology} />
            <p className="soft">
              SHA-256 <code className={styles.hash}>{hash}</code>
            </p>
          </details>
        </article>
      ))}
      {publishing && <PublishDialog onClose={dialog.close} />}
    </>
  );
}
