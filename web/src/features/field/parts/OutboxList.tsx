import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../lib/formats.ts';
import type { OutboxRow } from '../../../offline/database.ts';
import { receiptCode, waitsForPerson } from '../../../offline/outbox.ts';
import type { AttentionReason, Custody } from '../../../offline/outbox.ts';
import { useField, useSyncState } from '../state/field-services.ts';
import { useNetwork } from '../state/use-network.ts';
import { PlaceLines } from './PlaceLines.tsx';

/** After so many failures of the server with it, an interview that waits says so. */
const tellFailuresFrom = 3;

export function OutboxList({ rows }: { rows: readonly OutboxRow[] }) {
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={row.id} className="card" data-state={row.custody.state}>
          <OutboxCard row={row} />
        </li>
      ))}
    </ul>
  );
}

function OutboxCard({ row }: { row: OutboxRow }) {
  const { t } = useTranslation('field');
  return (
    <>
      <div className="card-head">
        <span className="sequence">{t('outbox.number', { number: row.deviceSequence })}</span>
        <span className="state">
          {t(waitsForPerson(row) ? 'custody.waitsForPerson' : `custody.${row.custody.state}`)}
        </span>
      </div>
      <PlaceLines place={row.place} />
      <p className="soft">{t('outbox.sealedAt', { at: formatInstant(row.sealedAt) })}</p>
      {(row.custody.state === 'held' || waitsForPerson(row)) && (
        <p>
          {t('outbox.receipt')} <strong className="code">{receiptCode(row.hash)}</strong>
        </p>
      )}
      {row.custody.state === 'queued' && row.failures >= tellFailuresFrom && (
        <p>{t('outbox.failures', { count: row.failures })}</p>
      )}
      {row.custody.state === 'attention' && <Attention id={row.id} custody={row.custody} />}
    </>
  );
}

interface AttentionProps {
  id: string;
  custody: Extract<Custody, { state: 'attention' }>;
}

/** Why, in words, and what can be done about it here. */
function Attention({ id, custody }: AttentionProps) {
  const { t } = useTranslation('field');
  const { sync } = useField();
  const { running } = useSyncState();
  const online = useNetwork();
  return (
    <>
      <p>{t(`attention.${custody.status}`)}</p>
      <ul className="reasons">
        {custody.reasons.map((reason, place) => (
          <li key={place}>
            <Reason reason={reason} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="secondary"
        disabled={running || !online}
        onClick={() => void sync.sendAgain(id)}
      >
        {t('attention.sendAgain')}
      </button>
    </>
  );
}

function Reason({ reason }: { reason: AttentionReason }) {
  const { t } = useTranslation(['field', 'common']);
  const words =
    reason.code === 'receipt_mismatch' || reason.code === 'not_accepted'
      ? t(`attention.${reason.code}`)
      : t(`common:interviewReasons.${reason.code}`);
  return (
    <>
      {words}
      {reason.problem && <> {t(`common:problems.${reason.problem}`)}</>}
      {reason.fields.map(({ path, message }) => (
        <span key={path} className="fault">
          {path}: {message}
        </span>
      ))}
    </>
  );
}
