import { useEffect, useMemo, useState } from 'react';
import type { Model, PageModel } from 'survey-core';
import type { Locale } from '@akimetr/api/contracts/common';
import { createBox, type Box } from '../draft/box.ts';
import type { Doc } from '../model/document.ts';
import { previewSurvey } from './preview-survey.ts';

export type Answers = Readonly<Record<string, unknown>>;

interface Preview {
  /** Null when the draft cannot be shown. */
  readonly survey: Model | null;
  /** What was answered so far, to be followed. */
  readonly given: Box<Answers>;
  /** Begins anew with these answers. */
  readonly restart: (answers: Answers) => void;
}

/**
 * The draft to be answered. Made anew when the draft or the language changes, it goes on with the answers given so far, on
 * the page it was on.
 */
export function usePreview(doc: Doc, language: Locale): Preview {
  const [given] = useState(() => createBox<Answers>({}));
  const [page] = useState(() => createBox(''));
  const [run, setRun] = useState(0);
  const survey = useMemo(() => {
    try {
      return previewSurvey(doc, language, given.get(), page.get());
    } catch {
      return null;
    }
    // Another run begins anew though nothing of it may be otherwise.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [doc, language, given, page, run]);
  useEffect(() => {
    if (survey === null) return;
    const take = () => given.set(structuredClone(survey.data as Answers));
    const turn = () => page.set((survey.currentPage as PageModel | null)?.name ?? '');
    survey.onValueChanged.add(take);
    survey.onCurrentPageChanged.add(turn);
    return () => {
      survey.onValueChanged.remove(take);
      survey.onCurrentPageChanged.remove(turn);
    };
  }, [survey, given, page]);
  const restart = (answers: Answers) => {
    given.set(answers);
    page.set('');
    setRun(run + 1);
  };
  return { survey, given, restart };
}
