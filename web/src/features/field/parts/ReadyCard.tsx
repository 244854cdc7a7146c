import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../lib/formats.ts';
import { currentLocale } from '../../../lib/i18n.ts';
import type { AccountRow } from '../../../offline/database.ts';
import { gatherFacts, readinessOf } from '../../../offline/readiness.ts';
import type { Check, Facts } from '../../../offline/readiness.ts';
import { useField, useSyncState } from '../state/field-services.ts';
import { useNetwork } from '../state/use-network.ts';
import { Note } from './Note.tsx';

/** Whether one may leave for days without network, in one sentence, and why not if not. */
export function ReadyCard({ account }: { account: AccountRow }) {
  const { t } = useTranslation('field');
  const { sync } = useField();
  const { running } = useSyncState();
  const online = useNetwork();
  const facts = useFacts(account.packageId, running);
  if (facts === 'unreadable') return <Note kind="bad" title={t('ready.unreadable')} />;
  if (!facts) return <Note kind="plain" title={t('ready.checking')} />;
  const { ready, checks } = readinessOf(facts);
  const wanting = checks.filter(({ result }) => result !== 'good');
  const kind = !ready ? 'bad' : wanting.length > 0 ? 'warning' : 'good';
  return (
    <Note kind={kind} title={t(ready ? 'ready.yes' : 'ready.no')}>
      {wanting.length > 0 && <CheckList checks={wanting} facts={facts} />}
      {!ready && (
        <button
          type="button"
          className="secondary"
          disabled={running || !online}
          onClick={() => void sync.runNow()}
        >
          {t(running ? 'ready.downloading' : 'ready.download')}
        </button>
      )}
      <details>
        <summary>{t('ready.details')}</summary>
        <CheckList checks={checks} facts={facts} />
        <p className="soft">
          {t('lastSync', {
            at: account.lastSyncAt ? formatInstant(account.lastSyncAt) : t('never'),
          })}
        </p>
      </details>
    </Note>
  );
}

function CheckList({ checks, facts }: { checks: readonly Check[]; facts: Facts }) {
  const { t } = useTranslation('field');
  const { freeBytes } = facts.storage;
  const values = {
    count: facts.assignments,
    free: freeBytes === null ? t('unknown') : gigabytes(freeBytes),
    minutes: Math.round(Math.abs(facts.clockOffsetMs ?? 0) / 60_000),
  };
  return (
    <ul className="checks">
      {checks.map(({ name, result }) => (
        <li key={name} data-result={result}>
          {result === 'good'
            ? t(`checks.${name}.good`, values)
            : name === 'clock' && facts.clockOffsetMs === null
              ? t('clockUnknown')
              : t(`checks.${name}.wanting`, values)}
        </li>
      ))}
    </ul>
  );
}

const gigabytes = (bytes: number): string =>
  new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: 'gigabyte',
    maximumFractionDigits: bytes < 1e9 ? 2 : 1,
  }).format(bytes / 1e9);

/** Looked up again when a new package arrived, a sync ended, or the app came back to the front. */
function useFacts(packageId: string | null, running: boolean): Facts | 'unreadable' | null {
  const { db } = useField();
  const [facts, setFacts] = useState<Facts | 'unreadable' | null>(null);
  useEffect(() => {
    let left = false;
    const show = (found: Facts | 'unreadable') => {
      if (!left) setFacts(found);
    };
    const look = () => void gatherFacts(db).then(show, () => show('unreadable'));
    look();
    const workers = (navigator as Partial<Navigator>).serviceWorker;
    // The first time, the app is still being put onto the device.
    void workers?.ready.then(look);
    document.addEventListener('visibilitychange', look);
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', look);
    };
  }, [db, packageId, running]);
  return facts;
}
