import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../lib/formats.ts';
import type { AccountRow } from '../../../offline/database.ts';
import { readinessOf } from '../../../offline/readiness.ts';
import { CheckList } from '../parts/CheckList.tsx';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { Download, verdictOf } from '../parts/ReadyCard.tsx';
import { useSyncState } from '../state/field-services.ts';
import type { FieldData } from '../state/use-field-data.ts';
import { useFacts } from '../state/use-facts.ts';

/** Before leaving for the field: everything that must be on the tablet, line by line. */
export function ReadyPage({ account, data }: { account: AccountRow; data: FieldData }) {
  const { t } = useTranslation('field');
  const { running } = useSyncState();
  const facts = useFacts(account.packageId, running);
  return (
    <>
      <FieldBar back={{ screen: 'home' }} outbox={data.outbox} />
      <main className="screen">
        <h1>{t('ready.title')}</h1>
        <p>{t('ready.lead')}</p>
        {facts === null && <Note kind="plain" title={t('ready.checking')} />}
        {facts === 'unreadable' && <Note kind="bad" title={t('ready.unreadable')} />}
        {facts !== null && facts !== 'unreadable' && (
          <>
            <Note kind={verdictOf(facts).kind} title={t(verdictOf(facts).verdict)} urgent />
            <CheckList checks={readinessOf(facts).checks} facts={facts} />
          </>
        )}
        <p className="soft">
          {t('lastSync', {
            at: account.lastSyncAt ? formatInstant(account.lastSyncAt) : t('never'),
          })}
        </p>
        <Download />
      </main>
    </>
  );
}
