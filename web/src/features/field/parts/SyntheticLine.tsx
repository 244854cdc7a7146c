import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { learnSynthetic } from '../../../offline/synthetic.ts';
import { useField } from '../state/field-services.ts';
import { useLiveQuery } from '../state/use-live-query.ts';
import { useNetwork } from '../state/use-network.ts';

/** Demo data say so above every screen, before anybody has signed in and when the app has failed too. */
export function SyntheticLine() {
  const { t } = useTranslation('field');
  const { db, api, opening } = useField();
  const online = useNetwork();
  const synthetic = useLiveQuery(
    () =>
      db.device.get('device').then(
        (device) => device?.synthetic ?? null,
        // The screen below says that the database cannot be read.
        () => undefined,
      ),
    [db],
    opening?.synthetic,
  );
  useEffect(() => {
    if (synthetic !== null || !online) return;
    // Not heard: it is asked again with the next network, and the first package says it too.
    learnSynthetic(db, api).catch(() => undefined);
  }, [db, api, online, synthetic]);
  return synthetic === true && <aside className="synthetic">{t('synthetic')}</aside>;
}
