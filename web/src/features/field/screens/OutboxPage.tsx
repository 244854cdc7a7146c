import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../lib/formats.ts';
import type { AccountRow, OutboxRow } from '../../../offline/database.ts';
import { isStorageFull } from '../../../offline/storage-health.ts';
import { unsentCopy } from '../../../offline/unsent-copy.ts';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { OutboxList } from '../parts/OutboxList.tsx';
import { SignInNote } from '../parts/SignInNote.tsx';
import { useField, useSyncState } from '../state/field-services.ts';
import type { FieldData } from '../state/use-field-data.ts';
import { useNetwork } from '../state/use-network.ts';

/** What became of each sealed interview, and the way to hurry it or to carry it away. */
export function OutboxPage({ account, data }: { account: AccountRow; data: FieldData }) {
  const { t } = useTranslation('field');
  const { outbox } = data;
  const inState = (...states: OutboxRow['custody']['state'][]) =>
    outbox.filter(({ custody }) => states.includes(custody.state));
  const attention = inState('attention');
  const waiting = inState('queued', 'sending');
  const held = inState('held');
  return (
    <>
      <FieldBar back={{ screen: 'home' }} outbox={outbox} />
      <main className="screen">
        <div className="heading">
          <h1>{t('outbox.title')}</h1>
          <p className="soft">
            {t('lastSync', {
              at: account.lastSyncAt ? formatInstant(account.lastSyncAt) : t('never'),
            })}
          </p>
        </div>
        <SignInNote />
        <SendNow waiting={waiting.length} />
        {outbox.length === 0 && <p>{t('outbox.empty')}</p>}
        <OutboxSection
          title={t('outbox.attention', { count: attention.length })}
          rows={attention}
        />
        <OutboxSection title={t('outbox.waiting', { count: waiting.length })} rows={waiting} />
        {attention.length + waiting.length > 0 && <SaveCopy account={account} />}
        <OutboxSection title={t('outbox.held', { count: held.length })} rows={held} />
        {held.length > 0 && <p className="soft">{t('outbox.grace')}</p>}
      </main>
    </>
  );
}

function OutboxSection({ title, rows }: { title: string; rows: readonly OutboxRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <OutboxList rows={rows} />
    </section>
  );
}

function SendNow({ waiting }: { waiting: number }) {
  const { t } = useTranslation('field');
  const { sync } = useField();
  const { running, answered, total, outcome, error } = useSyncState();
  const online = useNetwork();
  return (
    <div className="stack">
      {running && total > 0 && (
        <div className="sending">
          <progress max={total} value={answered} aria-label={t('outbox.sendingProgress')} />
          <p aria-live="polite">{t('outbox.sending', { answered, total })}</p>
        </div>
      )}
      {!running && outcome === 'no-network' && online && (
        <Note kind="warning" title={t('outbox.noServer')} />
      )}
      {!running && outcome === 'server-failed' && (
        <Note kind="warning" title={t('outbox.serverFailed')} />
      )}
      {!running && outcome === 'device-failed' && (
        <Note
          kind="bad"
          title={t(isStorageFull(error) ? 'storageFull.title' : 'outbox.deviceFailed')}
        />
      )}
      {!online && waiting > 0 && <Note kind="plain" title={t('outbox.offline')} />}
      <button
        type="button"
        className="primary"
        disabled={running || !online}
        onClick={() => void sync.runNow()}
      >
        {t(running ? 'outbox.running' : waiting > 0 ? 'outbox.sendNow' : 'outbox.syncNow')}
      </button>
    </div>
  );
}

/** A copy in a file, for the day when the tablet itself is in danger. */
function SaveCopy({ account }: { account: AccountRow }) {
  const { t } = useTranslation('field');
  const { db } = useField();
  const [saved, setSaved] = useState<number | null>(null);
  const save = async () => {
    const { fileName, json, interviews } = await unsentCopy(db, account.interviewerId, new Date());
    const address = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(address);
    setSaved(interviews);
  };
  return (
    <section className="stack">
      <button type="button" className="secondary" onClick={() => void save()}>
        {t('outbox.saveCopy')}
      </button>
      <p className="soft" aria-live="polite">
        {saved === null ? t('outbox.saveCopyHint') : t('outbox.copySaved', { count: saved })}
      </p>
    </section>
  );
}
