import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRow } from '../../../offline/database.ts';
import { leaveDevice } from '../../../offline/accounts.ts';
import { ChangePin } from '../lock/ChangePin.tsx';
import { FieldBar } from '../parts/FieldBar.tsx';
import { ReadyCard } from '../parts/ReadyCard.tsx';
import { goTo } from '../state/field-route.ts';
import { useField } from '../state/field-services.ts';
import type { FieldData } from '../state/use-field-data.ts';
import { useLiveQuery } from '../state/use-live-query.ts';
import { useNetwork } from '../state/use-network.ts';

/** The tablet itself: whose it is now, what it is called, and the way out. */
export function TabletPage({ account, data }: { account: AccountRow; data: FieldData }) {
  const { t } = useTranslation('field');
  const { db, appVersion } = useField();
  const device = useLiveQuery(() => db.device.get('device'), [db]);
  const facts = [
    ['interviewer', account.user.name],
    ['login', account.user.login],
    ['device', device?.deviceId.slice(0, 8) ?? ''],
    ['sealed', String(device?.lastSequence ?? 0)],
    ['version', appVersion],
  ] as const;
  return (
    <>
      <FieldBar back={{ screen: 'home' }} outbox={data.outbox} />
      <main className="screen">
        <h1>{t('tablet.title')}</h1>
        <ReadyCard account={account} />
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`tablet.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <ChangePin interviewerId={account.interviewerId} />
        <SignOut unsent={data.outbox.some(({ custody }) => custody.state !== 'held')} />
      </main>
    </>
  );
}

function SignOut({ unsent }: { unsent: boolean }) {
  const { t } = useTranslation(['field', 'common']);
  const { db, api } = useField();
  const online = useNetwork();
  const [asked, setAsked] = useState(false);
  const leave = () => {
    // At once: without a network the server's answer may be long in coming, or not come.
    goTo({ screen: 'home' }, 'replace');
    void leaveDevice(db, api);
  };
  if (!asked) {
    return (
      <button type="button" className="secondary" onClick={() => setAsked(true)}>
        {t('common:actions.signOut')}
      </button>
    );
  }
  return (
    <div className="ask" role="alertdialog" aria-label={t('signOut.question')}>
      <p>{t('signOut.question')}</p>
      <p>{t('signOut.staysHere')}</p>
      {unsent && <p>{t('signOut.unsent')}</p>}
      {!online && <p>{t('signOut.offline')}</p>}
      <div className="actions">
        <button type="button" className="secondary" onClick={() => setAsked(false)}>
          {t('signOut.stay')}
        </button>
        <button type="button" className="danger" onClick={leave}>
          {t('common:actions.signOut')}
        </button>
      </div>
    </div>
  );
}
