import type { Model, PageModel } from 'survey-core';
import type { Locale } from '@akimetr/api/contracts/common';
import type { Location, Selection } from '@akimetr/api/contracts/interview-circumstances';
import type { Adult } from '@akimetr/api/domain/respondent-selection';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import { speak } from '../../../lib/interview/asking.ts';
import type { DraftContent, DraftRow, OutboxRow } from '../../../offline/database.ts';
import { currentAccount } from '../../../offline/accounts.ts';
import { sealDraft } from '../../../offline/sealing.ts';
import type { FieldServices } from '../state/field-services.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import type { Keeping } from './draft-keeper.ts';
import { interviewSurvey } from './interview-survey.ts';
import { asPageTimes, startPageClock } from './page-clock.ts';
import { isPrivate } from './private-block.ts';
import { guardPages } from './page-guard.ts';
import type { Handing } from './page-guard.ts';
import { offerNotes, showNote } from './question-notes.ts';

/**
 * `choosing`: who of the household is asked. `not-taken`, `refusing`, `breaking-off`: there will be no interview, and
 * the attempt is recorded. `confirming`: every question is answered as it must be, and the interviewer is asked whether to seal.
 */
export type Stage =
  | 'choosing'
  | 'asking'
  | 'not-taken'
  | 'refusing'
  | 'breaking-off'
  | 'confirming'
  | 'sealing'
  | Handing;

export interface SessionState {
  readonly stage: Stage;
  readonly language: Locale;
  readonly page: number;
  readonly pages: number;
  /** The respondent has the tablet. */
  readonly alone: boolean;
  /** The question whose note is being written, and what it says so far. */
  readonly note: {
    readonly question: string;
    readonly title: string;
    readonly text: string;
  } | null;
}

/** One sitting of an interview: from opening its draft to leaving or sealing it. */
export interface InterviewSession {
  readonly survey: Model;
  /** The same object as long as nothing of it has changed. */
  readonly state: () => SessionState;
  readonly keeping: () => Keeping;
  readonly subscribe: (listener: () => void) => () => void;
  readonly setLanguage: (language: Locale) => void;
  /** Adults of the household as far as they are listed. */
  readonly roster: () => readonly Adult[];
  readonly list: (adults: readonly Adult[]) => void;
  /** The respondent is chosen: the questions begin. */
  readonly choose: (selection: Selection) => void;
  /** There will be no interview: the attempt is recorded instead. */
  readonly giveUp: () => void;
  /** From any stage that asks the interviewer something, back to the questions. */
  readonly backToQuestions: () => void;
  /** From one hand to the other, as the stage has it: see page-guard.ts. */
  readonly handOn: () => void;
  /** Keeps the note that is open; an empty one is removed. */
  readonly keepNote: (text: string) => void;
  /** Where the interview is, once it is known. */
  readonly place: (location: Location) => void;
  /** Whether where the interview is has been asked already, in this sitting or an earlier one. */
  readonly isPlaced: () => boolean;
  /** Writes whatever is not written yet. @returns whether everything is on the disk */
  readonly save: () => Promise<boolean>;
  /** @throws what sealDraft throws; the draft is then still there and has to be opened anew */
  readonly seal: () => Promise<OutboxRow>;
  readonly elapsedMs: () => number;
  /** All that the interview holds now, written or not. */
  readonly content: () => DraftContent;
}

type Extras = Omit<DraftContent, 'answers' | 'pageNo' | 'uiState' | 'language' | 'pageTimes'>;

export function openSession(
  { db, appVersion }: Pick<FieldServices, 'db' | 'appVersion'>,
  draft: DraftRow,
  version: QuestionnaireVersion,
): InterviewSession {
  const survey = interviewSurvey(version, draft);
  const openedAt = performance.now();
  const elapsedMs = () => draft.elapsedMs + performance.now() - openedAt;
  const {
    answers: _,
    pageNo: _no,
    uiState: _ui,
    language: begunIn,
    pageTimes,
    ...before
  } = draft.content;
  const extras: Extras = { ...before };
  const clock = startPageClock(pageTimes ?? {}, () => performance.now());
  let language = begunIn;
  let stage: Stage =
    draft.household !== undefined && extras.selection === undefined ? 'choosing' : 'asking';
  let noteOf: string | null = null;
  const listeners = new Set<() => void>();
  // It goes through all the questions, and an answer changes nothing of it that is ever read again.
  let uiState: unknown = null;
  survey.onUIStateChanged.add((_, { changedProperty }) => {
    if (changedProperty !== 'activeElementName') uiState = null;
  });
  survey.onCurrentPageChanged.add(() => (uiState = null));
  const content = (): DraftContent => ({
    ...structuredClone(extras),
    answers: structuredClone(survey.data as Record<string, unknown>),
    pageNo: survey.currentPageNo,
    uiState: (uiState ??= structuredClone(survey.uiState)),
    pageTimes: { ...clock.times() },
    language,
  });
  const keeper = createDraftKeeper(db, draft, content, elapsedMs);

  const look = (current = survey.currentPage as PageModel | null): SessionState => {
    const pages = survey.visiblePages;
    return {
      stage,
      language,
      page: pages.findIndex((page) => page === current) + 1,
      pages: pages.length,
      alone: stage === 'asking' && isPrivate(current),
      note: noteOf === null ? null : noteAt(noteOf),
    };
  };
  const noteAt = (question: string) => ({
    question,
    title: survey.getQuestionByName(question).processedTitle,
    text: extras.notes?.[question] ?? '',
  });
  let state: SessionState;
  let changing = false;
  const tell = () => {
    // The keeper tells that it begins to write: what has changed is shown once, with that.
    if (changing) return;
    for (const listener of listeners) listener();
  };
  const show = () => {
    const current = survey.currentPage as PageModel | null;
    clock.turnTo(stage === 'asking' ? (current?.name ?? null) : null);
    const next = look(current);
    if (!isSame(state, next)) state = next;
    tell();
  };
  const change = () => {
    changing = true;
    keeper.touch();
    changing = false;
    show();
  };
  const turnTo = (next: Stage) => {
    stage = next;
    change();
  };

  const guard = guardPages(survey, {
    block: () => extras.privateBlock,
    setBlock: (block) => (extras.privateBlock = block),
    isUnsaved: () => keeper.keeping().state === 'failed',
    turnTo,
  });
  if (stage === 'asking') stage = guard.firstStage();
  state = look();
  offerNotes(
    survey,
    (name) => extras.notes?.[name] !== undefined,
    (name) => {
      noteOf = name;
      show();
    },
  );

  keeper.subscribe(tell);
  survey.onValueChanged.add((_, { name, value }) => {
    // Without consent there is no interview: what is left to record is the refusal.
    if (name === 'consent' && value === false) stage = 'refusing';
    change();
  });
  survey.onCurrentPageChanged.add(change);
  survey.onCompleting.add((_, options) => {
    if (stage === 'sealing') return;
    options.allow = false;
    if (!guard.mayFinish()) return;
    stage = 'confirming';
    show();
  });

  const save = async () => {
    if (keeper.keeping().state === 'failed') keeper.touch();
    await keeper.settled();
    return keeper.keeping().state === 'saved';
  };

  return {
    survey,
    state: () => state,
    keeping: keeper.keeping,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setLanguage: (chosen) => {
      language = chosen;
      speak(survey, draft.place, chosen);
      change();
    },
    roster: () => extras.roster ?? [],
    list: (adults) => {
      extras.roster = [...adults];
      change();
    },
    choose: (selection) => {
      extras.selection = selection;
      turnTo(guard.firstStage());
    },
    giveUp: () => turnTo(stage === 'choosing' ? 'not-taken' : 'breaking-off'),
    backToQuestions: () => {
      if (stage === 'refusing') survey.clearValue('consent');
      turnTo(stage === 'not-taken' ? 'choosing' : 'asking');
    },
    handOn: () => guard.handOn(stage),
    keepNote: (text) => {
      if (noteOf === null) return;
      const { [noteOf]: _old, ...others } = extras.notes ?? {};
      const kept = text.trim();
      extras.notes = kept === '' ? others : { ...others, [noteOf]: kept };
      showNote(survey.getQuestionByName(noteOf), kept !== '');
      noteOf = null;
      change();
    },
    place: (location) => {
      extras.location = location;
      // While it is being sealed the draft must not be written any more.
      if (stage !== 'sealing') change();
    },
    isPlaced: () => extras.location !== undefined,
    save,
    seal: async () => {
      await save();
      stage = 'sealing';
      show();
      const durationMs = elapsedMs();
      const account = await currentAccount(db);
      // survey-core's own completion drops answers to questions that are not asked any more.
      survey.doComplete();
      const { privateBlock: _block, roster: _roster, ...circumstances } = extras;
      return sealDraft(db, draft.id, {
        answers: survey.data as Record<string, unknown>,
        language,
        completedAt: new Date(),
        durationMs,
        appVersion,
        circumstances: {
          ...circumstances,
          ...(draft.household !== undefined && { household: draft.household }),
          pageTimes: asPageTimes(clock.times()),
          clockOffsetMs: account?.clockOffsetMs ?? null,
        },
      });
    },
    elapsedMs,
    content,
  };
}

const isSame = (one: SessionState, other: SessionState): boolean =>
  (Object.keys(one) as (keyof SessionState)[]).every((key) => one[key] === other[key]);
