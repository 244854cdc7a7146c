import { useTranslation } from 'react-i18next';
import type { OutboxRow } from '../../../offline/database.ts';
import { goTo } from '../state/field-route.ts';
import { useSyncState } from '../state/field-services.ts';
import { useNetwork } from '../state/use-network.ts';

/** In words: is there a network, and what waits to be sent. Always in sight, leads to the outbox. */
export function ConnectionStrip({ outbox }: { outbox: readonly OutboxRow[] | null }) {
  const { t } = useTranslation('field');
  const online = useNetwork();
  const { running, outcome } = useSyncState();
  const reached = online && outcome !== 'no-network';
  const connection = !online ? 'offline' : running ? 'syncing' : reached ? 'online' : 'unreachable';
  const look = `strip strip-${reached ? 'good' : 'away'}`;
  if (outbox === null) return <p className={look}>{t(`connection.${connection}`)}</p>;
  return (
    <button type="button" className={look} onClick={() => goTo({ screen: 'outbox' })}>
      <span>{t(`connection.${connection}`)}</span>
      <Count outbox={outbox} />
    </button>
  );
}

function Count({ outbox }: { outbox: readonly OutboxRow[] }) {
  const { t } = useTranslation('field');
  const unsent = outbox.filter(({ custody }) => custody.state !== 'held');
  const attention = unsent.filter(({ custody }) => custody.state === 'attention').length;
  const waiting = unsent.length - attention;
  const words =
    attention > 0
      ? t('strip.attention', { count: attention })
      : waiting > 0
        ? t('strip.waiting', { count: waiting })
        : t('strip.nothingWaits');
  return (
    <span className="strip-count" data-attention={attention > 0}>
      {words}
    </span>
  );
}
