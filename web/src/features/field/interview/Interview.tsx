import { memo, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Survey } from 'survey-react-ui';
import 'survey-core/survey-core.fontless.min.css';
import '../../../ui/interview.css';
import type { SelectionMethod } from '@akimetr/api/contracts/interview-circumstances';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import { localText } from '../../../lib/i18n.ts';
import type { DraftRow, OutboxRow } from '../../../offline/database.ts';
import { DraftGone, dropIfEmpty } from '../../../offline/drafts.ts';
import { isStorageFull } from '../../../offline/storage-health.ts';
import { LanguageSegments } from '../parts/LanguageSegments.tsx';
import { Note } from '../parts/Note.tsx';
import { StorageFull } from '../rescue/StorageFull.tsx';
import { goTo } from '../state/field-route.ts';
import { useField } from '../state/field-services.ts';
import type { Keeping } from './draft-keeper.ts';
import './quiet-drawing.ts';
import { openSession } from './interview-session.ts';
import type { InterviewSession, SessionState } from './interview-session.ts';
import { HandingPanel } from './HandingPanel.tsx';
import { NotePanel } from './NotePanel.tsx';
import { quickTouch } from './quick-touch.ts';
import { useRespondentWords } from './respondent-words.ts';
import { NotTaken } from './NotTaken.tsx';
import { SealPanel } from './SealPanel.tsx';
import { SelectionPanel } from './SelectionPanel.tsx';
import { askWhere } from './where.ts';

interface Props {
  draft: DraftRow;
  version: QuestionnaireVersion;
  /** How the wave chooses the respondent within a household. */
  method: SelectionMethod;
  onSealed: (row: OutboxRow) => void;
  /** The sitting cannot go on; the draft is opened anew as it is on the disk. */
  onReopen: () => void;
}

/** The interview itself: questions, the language, and the state of saving, always in sight. */
export function Interview({ draft, version, method, onSealed, onReopen }: Props) {
  const services = useField();
  const [session] = useState(() => openSession(services, draft, version));
  const state = useSyncExternalStore(session.subscribe, session.state);
  useWhere(session);
  useWarningBeforeLoss(session);

  const leave = async () => {
    if (!(await session.save())) return;
    await dropIfEmpty(services.db, draft.id);
    goTo({ screen: 'assignment', id: draft.assignmentId });
  };
  return (
    <>
      <InterviewBar draft={draft} session={session} state={state} onLeave={() => void leave()} />
      <main className="interview">
        <SaveTrouble draftId={draft.id} session={session} />
        <StagePanel
          draft={draft}
          session={session}
          state={state}
          method={method}
          onSealed={(row) => {
            onSealed(row);
            void services.sync.run();
          }}
          onReopen={onReopen}
        />
      </main>
    </>
  );
}

interface StageProps extends Pick<Props, 'draft' | 'method' | 'onSealed' | 'onReopen'> {
  session: InterviewSession;
  state: SessionState;
}

/** What is on the screen at this moment of the interview. */
function StagePanel({ draft, session, state, method, onSealed, onReopen }: StageProps) {
  switch (state.stage) {
    case 'choosing':
      return <SelectionPanel session={session} method={method} draft={draft} />;
    case 'asking':
      return <Questions session={session} state={state} />;
    case 'handing-over':
    case 'ending':
    case 'returning':
      return <HandingPanel stage={state.stage} language={state.language} onDone={session.handOn} />;
    case 'not-taken':
    case 'refusing':
    case 'breaking-off':
      return <NotTaken draft={draft} session={session} stage={state.stage} />;
    case 'confirming':
    case 'sealing':
      return (
        <SealPanel
          draft={draft}
          session={session}
          state={state}
          onSealed={onSealed}
          onReopen={onReopen}
        />
      );
  }
}

/** SurveyJS follows its own model; what else changes with an answer must not draw every question anew. */
const Asked = memo(Survey);

/** The questions; whoever breaks off is recorded too. While the respondent is alone there is nothing else. */
function Questions({ session, state }: Pick<StageProps, 'session' | 'state'>) {
  const { t } = useTranslation('field');
  const respondent = useRespondentWords(state.language);
  const asked = useRef<HTMLDivElement>(null);
  useEffect(() => quickTouch(asked.current!), []);
  return (
    <>
      {state.alone && (
        <p className="alone" lang={respondent.language}>
          {respondent.words('interviewTools.alone')}
        </p>
      )}
      <div lang={state.language} ref={asked}>
        <Asked model={session.survey} />
      </div>
      {!state.alone && (
        <button type="button" className="quiet break-off" onClick={session.giveUp}>
          {t('interviewTools.breakOff')}
        </button>
      )}
      {state.note && (
        <NotePanel key={state.note.question} note={state.note} onKeep={session.keepNote} />
      )}
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
  // Leaving is the interviewer's: the respondent's way on is to finish.
  const respondentHasIt = state.alone || state.stage === 'ending';
  return (
    <header className="bar">
      <div className="bar-row">
        {respondentHasIt ? (
          <span className="bar-mark">Akimetr</span>
        ) : (
          <button type="button" className="bar-back" onClick={onLeave}>
            <span aria-hidden="true">←</span> {t('interview.leave')}
          </button>
        )}
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
          <KeepingWord session={session} word={(state) => t(`keeping.${state}`)} />
        </span>
      </div>
      <progress
        className="interview-progress"
        max={state.pages}
        value={
          state.stage === 'confirming' || state.stage === 'sealing' ? state.pages : state.page - 1
        }
        aria-label={t('interview.progress')}
      />
    </header>
  );
}

interface KeepingProps {
  session: InterviewSession;
  word: (state: Keeping['state']) => string;
}

/** The only thing that changes twice with every answer: nothing else is drawn anew for it. */
function KeepingWord({ session, word }: KeepingProps) {
  return word(useSyncExternalStore(session.subscribe, () => session.keeping().state));
}

const failureOf = (keeping: Keeping) => (keeping.state === 'failed' ? keeping : null);

interface SaveTroubleProps {
  draftId: string;
  session: InterviewSession;
}

/** Nothing is lost silently: what could not be written is said while it is still on the screen. */
function SaveTrouble({ draftId, session }: SaveTroubleProps) {
  const { t } = useTranslation('field');
  const failed = useSyncExternalStore(session.subscribe, () => failureOf(session.keeping()));
  if (failed === null) return null;
  const { error } = failed;
  if (error instanceof DraftGone) {
    return <Note kind="bad" title={t('interview.sealedElsewhere')} urgent />;
  }
  const again = (
    <button type="button" className="secondary" onClick={() => void session.save()}>
      {t('notSaved.again')}
    </button>
  );
  if (isStorageFull(error)) {
    return (
      <StorageFull onScreen={() => ({ draftId, content: session.content() })}>{again}</StorageFull>
    );
  }
  return (
    <Note kind="bad" title={t('notSaved.title')} urgent>
      <p>{t('notSaved.text')}</p>
      {again}
    </Note>
  );
}

/** The browser asks before a page with unwritten answers is closed. */
function useWarningBeforeLoss(session: InterviewSession) {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (session.keeping().state !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [session]);
}

/** Asks once where the interview is, while it goes on: no answer to that is an answer too. */
function useWhere(session: InterviewSession) {
  useEffect(() => {
    if (session.isPlaced()) return;
    let left = false;
    void askWhere().then((location) => {
      if (!left) session.place(location);
    });
    return () => {
      left = true;
    };
  }, [session]);
}
