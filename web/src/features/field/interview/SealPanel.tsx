import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftRow, OutboxRow } from '../../../offline/database.ts';
import { isStorageFull } from '../../../offline/storage-health.ts';
import { Note } from '../parts/Note.tsx';
import { PlaceLines } from '../parts/PlaceLines.tsx';
import { StorageFull } from '../rescue/StorageFull.tsx';
import type { InterviewSession, SessionState } from './interview-session.ts';
import { answeredOf } from './interview-survey.ts';

interface Props {
  draft: DraftRow;
  session: InterviewSession;
  state: SessionState;
  onSealed: (row: OutboxRow) => void;
  onReopen: () => void;
}

/** The last question of all: whether to seal. One button that cannot be taken back, one that can. */
export function SealPanel({ draft, session, state, onSealed, onReopen }: Props) {
  const { t } = useTranslation(['field', 'common']);
  const [failure, setFailure] = useState<unknown>(null);
  const seal = () => {
    session.seal().then(onSealed, setFailure);
  };
  if (failure !== null) {
    const back = (
      <button type="button" className="secondary" onClick={onReopen}>
        {t('seal.backToInterview')}
      </button>
    );
    if (isStorageFull(failure)) return <StorageFull>{back}</StorageFull>;
    return (
      <Note kind="bad" title={t('seal.failed')} urgent>
        <p>{t('seal.stillHere')}</p>
        {back}
      </Note>
    );
  }
  return (
    <section className="seal stack">
      <h2>{t('seal.title')}</h2>
      <div className="card">
        <PlaceLines place={draft.place} />
        <p>{t('seal.answered', answeredOf(session.survey))}</p>
        <p>
          {t('seal.duration', { count: Math.max(1, Math.round(session.elapsedMs() / 60_000)) })}
        </p>
      </div>
      <p className="seal-warning">{t('seal.warning')}</p>
      <button type="button" className="primary" disabled={state.stage === 'sealing'} onClick={seal}>
        {t(state.stage === 'sealing' ? 'seal.sealing' : 'seal.action')}
      </button>
      <button
        type="button"
        className="secondary"
        disabled={state.stage === 'sealing'}
        onClick={session.backToQuestions}
      >
        {t('seal.backToQuestions')}
      </button>
    </section>
  );
}
