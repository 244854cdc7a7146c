import { useTranslation } from 'react-i18next';
import type { OutboxRow } from '../../../offline/database.ts';
import { receiptCode } from '../../../offline/outbox.ts';
import { Note } from '../parts/Note.tsx';
import { PlaceLines } from '../parts/PlaceLines.tsx';
import { goTo } from '../state/field-route.ts';

/** What the interviewer may write down: the number, the code, and where the interview is now. */
export function SealedPanel({ row }: { row: OutboxRow }) {
  const { t } = useTranslation('field');
  const { state } = row.custody;
  return (
    <main className="screen">
      <h1>{t('sealed.title')}</h1>
      <div className="card">
        <PlaceLines place={row.place} />
        <p>
          {t('outbox.number', { number: row.deviceSequence })} · {t('outbox.receipt')}{' '}
          <strong className="code">{receiptCode(row.hash)}</strong>
        </p>
      </div>
      <Note
        kind={state === 'held' ? 'good' : state === 'attention' ? 'warning' : 'plain'}
        title={t(`custody.${state}`)}
      >
        <p>{t(`sealed.${state}`)}</p>
      </Note>
      <button
        type="button"
        className="primary"
        onClick={() => goTo({ screen: 'assignment', id: row.assignmentId })}
      >
        {t('sealed.next')}
      </button>
      <button type="button" className="quiet" onClick={() => goTo({ screen: 'home' })}>
        {t('sealed.home')}
      </button>
    </main>
  );
}
