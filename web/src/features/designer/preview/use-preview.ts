import { useEffect, useMemo, useState } from 'react';
import type { Model } from 'survey-core';
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

/** The draft to be answered. Made anew when the draft or the language changes, it goes on with the answers given so far. */
export function usePreview(doc: Doc, language: Locale): Preview {
  const [given] = useState(() => createBox<Answers>({}));
  const [run, setRun] = useState(0);
  const survey = useMemo(() => {
    try {
      return previewSurvey(doc, language, given.get());
    } catch {
      return null;
    }
    // Another run begins anew though nothing of it may be otherwise.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [doc, language, given, run]);
  useEffect(() => {
    if (survey === null) return;
    const take = () => given.set(structuredClone(survey.data as Answers));
    survey.onValueChanged.add(take);
    return () => survey.onValueChanged.remove(take);
  }, [survey, given]);
  const restart = (answers: Answers) => {
    given.set(answers);
    setRun(run + 1);
  };
  return { survey, given, restart };
}
