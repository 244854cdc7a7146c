import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Survey } from 'survey-react-ui';
import 'survey-core/survey-core.fontless.min.css';
import '../../../ui/interview.css';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import { localText } from '../../../lib/i18n.ts';
import type { DraftRow, OutboxRow } from '../../../offline/database.ts';
import { DraftGone, dropIfEmpty } from '../../../offline/drafts.ts';
import { isStorageFull } from '../../../offline/storage-health.ts';
import { LanguageSegments } from '../parts/LanguageSegments.tsx';
import { Note } from '../parts/Note.tsx';
import { goTo } from '../state/field-route.ts';
import { useField } from '../state/field-services.ts';
import type { Keeping } from './draft-keeper.ts';
import { openSession } from './interview-session.ts';
import type { InterviewSession, SessionState } from './interview-session.ts';
import { SealPanel } from './SealPanel.tsx';

interface Props {
  draft: DraftRow;
  version: QuestionnaireVersion;
  onSealed: (row: OutboxRow) => void;
  /** The sitting cannot go on; the draft is opened anew as it is on the disk. */
  onReopen: () => void;
}

/** The interview itself: questions, the language, and the state of saving, always in sight. */
export function Interview({ draft, version, onSealed, onReopen }: Props) {
  const services = useField();
  const [session] = useState(() => openSession(services, draft, version));
  const state = useSyncExternalStore(session.subscribe, session.state);
  useWarningBeforeLoss(state.keeping);

  const leave = async () => {
    if (!(await session.save())) return;
    await dropIfEmpty(services.db, draft.id);
    goTo({ screen: 'assignment', id: draft.assignmentId });
  };
  return (
    <>
      <InterviewBar draft={draft} session={session} state={state} onLeave={() => void leave()} />
      <main className="interview">
        <SaveTrouble keeping={state.keeping} session={session} />
        {state.stage === 'asking' ? (
          <div lang={state.language}>
            <Survey model={session.survey} />
          </div>
        ) : (
          <SealPanel
            draft={draft}
            session={session}
            state={state}
            onSealed={(row) => {
              onSealed(row);
              void services.sync.run();
            }}
            onReopen={onReopen}
          />
        )}
      </main>
    </>
  );
}

interface BarProps {
  draft: DraftRow;
  session: InterviewSession;
  state: SessionState;
  onLeave: () => void;
}

function InterviewBar({ draft, session, state, onLeave }: BarProps) {
  const { t } = useTranslation('field');
  return (
    <header className="bar">
      <div className="bar-row">
        <button type="button" className="bar-back" onClick={onLeave}>
          <span aria-hidden="true">←</span> {t('interview.leave')}
        </button>
        <LanguageSegments
          label={t('interview.language')}
          chosen={state.language}
          onChoose={session.setLanguage}
        />
      </div>
      <div className="bar-row interview-where">
        <h1 className="interview-office">{localText(draft.place.office)}</h1>
        <span className="soft" role="status">
          {t('interview.page', { page: state.page, pages: state.pages })} ·{' '}
          {t(`keeping.${state.keeping.state}`)}
        </span>
      </div>
      <progress
        className="interview-progress"
        max={state.pages}
        value={state.stage === 'asking' ? state.page - 1 : state.pages}
        aria-label={t('interview.progress')}
      />
    </header>
  );
}

/** Nothing is lost silently: what could not be written is said while it is still on the screen. */
function SaveTrouble({ keeping, session }: { keeping: Keeping; session: InterviewSession }) {
  const { t } = useTranslation('field');
  if (keeping.state !== 'failed') return null;
  const { error } = keeping;
  if (error instanceof DraftGone) {
    return <Note kind="bad" title={t('interview.sealedElsewhere')} urgent />;
  }
  const full = isStorageFull(error);
  return (
    <Note kind="bad" title={t(full ? 'storageFull.title' : 'notSaved.title')} urgent>
      <p>{t(full ? 'storageFull.text' : 'notSaved.text')}</p>
      <button type="button" className="secondary" onClick={() => void session.save()}>
        {t('notSaved.again')}
      </button>
    </Note>
  );
}

/** The browser asks before a page with unwritten answers is closed. */
function useWarningBeforeLoss(keeping: Keeping) {
  const unwritten = keeping.state !== 'saved';
  useEffect(() => {
    if (!unwritten) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unwritten]);
}
