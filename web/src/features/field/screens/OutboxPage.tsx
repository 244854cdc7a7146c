import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../lib/formats.ts';
import type { AccountRow, OutboxRow } from '../../../offline/database.ts';
import { isStorageFull } from '../../../offline/storage-health.ts';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { OutboxList } from '../parts/OutboxList.tsx';
import { SaveRescue } from '../rescue/SaveRescue.tsx';
import { StorageFull } from '../rescue/StorageFull.tsx';
import { useUnsent } from '../rescue/use-unsent.ts';
import { SignInNote } from '../parts/SignInNote.tsx';
import { useField, useSyncState } from '../state/field-services.ts';
import type { FieldData } from '../state/use-field-data.ts';
import { useNetwork } from '../state/use-network.ts';

/** What became of each sealed interview, and the way to hurry it or to carry it away. */
export function OutboxPage({ account, data }: { account: AccountRow; data: FieldData }) {
  const { t } = useTranslation('field');
  const { outbox } = data;
  const unsent = useUnsent(account.interviewerId);
  const anything = unsent && unsent.interviews + unsent.drafts + unsent.contacts > 0;
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
        {unsent && unsent.contacts > 0 && <p>{t('outbox.contacts', { count: unsent.contacts })}</p>}
        {anything && <SaveRescue interviewerId={account.interviewerId} />}
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
      {!running &&
        outcome === 'device-failed' &&
        (isStorageFull(error) ? (
          <StorageFull />
        ) : (
          <Note kind="bad" title={t('outbox.deviceFailed')} />
        ))}
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
