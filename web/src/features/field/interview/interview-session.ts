import type { Model } from 'survey-core';
import type { Locale } from '@akimetr/api/contracts/common';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import { speak } from '../../../lib/interview/asking.ts';
import type { DraftRow, OutboxRow } from '../../../offline/database.ts';
import { sealDraft } from '../../../offline/sealing.ts';
import type { FieldServices } from '../state/field-services.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import type { Keeping } from './draft-keeper.ts';
import { answeredOf, contentOf, interviewSurvey } from './interview-survey.ts';

/** `confirming`: every question is answered as it must be, and the interviewer is asked whether to seal. */
export type Stage = 'asking' | 'confirming' | 'sealing';

export interface SessionState {
  readonly stage: Stage;
  readonly language: Locale;
  readonly page: number;
  readonly pages: number;
  readonly answered: number;
  readonly asked: number;
  readonly keeping: Keeping;
}

/** One sitting of an interview: from opening its draft to leaving or sealing it. */
export interface InterviewSession {
  readonly survey: Model;
  readonly state: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly setLanguage: (language: Locale) => void;
  readonly backToQuestions: () => void;
  /** Writes whatever is not written yet. @returns whether everything is on the disk */
  readonly save: () => Promise<boolean>;
  /** @throws what sealDraft throws; the draft is then still there and has to be opened anew */
  readonly seal: () => Promise<OutboxRow>;
  readonly elapsedMs: () => number;
}

export function openSession(
  { db, appVersion }: Pick<FieldServices, 'db' | 'appVersion'>,
  draft: DraftRow,
  version: QuestionnaireVersion,
): InterviewSession {
  const survey = interviewSurvey(version, draft);
  const openedAt = performance.now();
  const elapsedMs = () => draft.elapsedMs + performance.now() - openedAt;
  let { language } = draft.content;
  let stage: Stage = 'asking';
  const listeners = new Set<() => void>();
  const keeper = createDraftKeeper(db, draft.id, () => contentOf(survey, language), elapsedMs);

  const look = (): SessionState => ({
    stage,
    language,
    page: survey.currentPageNo + 1,
    pages: survey.visiblePageCount,
    ...answeredOf(survey),
    keeping: keeper.keeping(),
  });
  let state = look();
  const show = () => {
    state = look();
    for (const listener of listeners) listener();
  };
  const change = () => {
    keeper.touch();
    show();
  };

  keeper.subscribe(show);
  survey.onValueChanged.add(change);
  survey.onCurrentPageChanged.add(change);
  // Answers that are only on the screen must not be left behind by turning the page.
  survey.onCurrentPageChanging.add((_, options) => {
    if (keeper.keeping().state === 'failed') options.allow = false;
  });
  survey.onCompleting.add((_, options) => {
    if (stage === 'sealing') return;
    options.allow = false;
    if (!survey.validate(true, true)) return;
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
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setLanguage: (chosen) => {
      language = chosen;
      speak(survey, draft.place, chosen);
      change();
    },
    backToQuestions: () => {
      stage = 'asking';
      show();
    },
    save,
    seal: async () => {
      await save();
      stage = 'sealing';
      show();
      const durationMs = elapsedMs();
      // survey-core's own completion drops answers to questions that are not asked any more.
      survey.doComplete();
      const answers = survey.data as Record<string, unknown>;
      return sealDraft(db, draft.id, {
        answers,
        language,
        completedAt: new Date(),
        durationMs,
        appVersion,
      });
    },
    elapsedMs,
  };
}
