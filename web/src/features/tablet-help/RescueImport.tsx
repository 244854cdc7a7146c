import { useState } from 'react';
import { Button, FileButton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listQuarantine } from '@akimetr/api/contracts/interviews';
import { importRescue } from '@akimetr/api/contracts/rescue';
import type { Rescued, RescueFile, RescueReport } from '@akimetr/api/contracts/rescue';
import { useCommand } from '../../lib/api-hooks.ts';
import { formatCount } from '../../lib/formats.ts';
import { readJsonFile } from '../../lib/json-file.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import styles from './TabletHelp.module.css';

/** Hands a tablet's rescue file to the server, and shows what became of each interview in it. */
export function RescueImport() {
  const { t } = useTranslation('office');
  const [name, setName] = useState<string | null>(null);
  const [notJson, setNotJson] = useState(false);
  const rescue = useCommand(importRescue, [listQuarantine]);
  const choose = async (chosen: File | null) => {
    if (!chosen) return;
    const file = await readJsonFile(chosen);
    rescue.reset();
    setName(file.name);
    setNotJson(file.value === undefined);
    // The server is the judge of what is in it.
    if (file.value !== undefined) rescue.mutate({ body: file.value as RescueFile });
  };
  return (
    <section aria-labelledby="rescue-import">
      <h2 id="rescue-import">{t('tabletHelp.rescue.title')}</h2>
      <p className={styles.lead}>{t('tabletHelp.rescue.lead')}</p>
      <Stack align="flex-start">
        <FileButton accept=".json,application/json" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button {...props} loading={rescue.isPending}>
              {t(name ? 'tabletHelp.rescue.chooseOther' : 'tabletHelp.rescue.choose')}
            </Button>
          )}
        </FileButton>
        {name && <p>{t('tabletHelp.rescue.file', { name })}</p>}
        {notJson && (
          <Notice tone="danger" role="alert">
            <p>{t('tabletHelp.rescue.notWhole')}</p>
          </Notice>
        )}
        <ProblemNotice error={rescue.error} withFields />
      </Stack>
      {rescue.data && <Report report={rescue.data} />}
    </section>
  );
}

const isHeld = ({ receipt }: Rescued): boolean =>
  receipt?.status === 'stored' || receipt?.status === 'duplicate';

/** Contact attempts that are kept aside are held too; only damaged and unreadable ones are not. */
const isContactHeld = ({ receipt }: RescueReport['contacts'][number]): boolean =>
  receipt !== null && receipt.status !== 'refused';

function Report({ report: { interviews, contacts, drafts } }: { report: RescueReport }) {
  const { t } = useTranslation(['office', 'common']);
  const held = interviews.filter(isHeld).length;
  const heldContacts = contacts.filter(isContactHeld).length;
  const keptDrafts = drafts.filter(({ status }) => status === 'kept').length;
  const allHeld =
    held === interviews.length && heldContacts === contacts.length && keptDrafts === drafts.length;
  const columns: Column<Rescued>[] = [
    {
      id: 'number',
      label: t('tabletHelp.rescue.number'),
      naming: true,
      cell: ({ deviceSequence }) => formatCount(deviceSequence),
    },
    {
      id: 'outcome',
      label: t('tabletHelp.rescue.outcome'),
      cell: ({ receipt }) => (
        <>
          <strong>
            {receipt
              ? t(`common:receiptStatuses.${receipt.status}`)
              : t('tabletHelp.rescue.damaged')}
            .
          </strong>{' '}
          {receipt?.reasons?.map(({ code }) => t(`common:interviewReasons.${code}`)).join('. ')}
        </>
      ),
    },
  ];
  return (
    <Stack>
      <Notice tone={allHeld ? 'good' : 'warning'} role="status">
        {interviews.length > 0 && (
          <p>{t('tabletHelp.rescue.held', { held, count: interviews.length })}</p>
        )}
        {contacts.length > 0 && (
          <p>{t('tabletHelp.rescue.contacts', { held: heldContacts, total: contacts.length })}</p>
        )}
        {drafts.length > 0 && (
          <p>{t('tabletHelp.rescue.drafts', { held: keptDrafts, total: drafts.length })}</p>
        )}
        {held < interviews.length && <p>{t('tabletHelp.rescue.notHeld')}</p>}
      </Notice>
      {interviews.length > 0 && (
        <ListTable
          rows={[...interviews]}
          rowKey={({ id }) => id}
          columns={columns}
          caption={t('tabletHelp.rescue.title')}
        />
      )}
    </Stack>
  );
}
