/** Checks drafts beside the page: of a long questionnaire it takes longer than anybody waits for a key. */
import { findingsOf, readingMinutes } from '@akimetr/api/domain/questionnaire-check';
import { textsOf } from '@akimetr/api/domain/questionnaire-texts';
import type { Doc } from '../model/document.ts';
import type { Checked } from './use-findings.ts';

addEventListener('message', ({ data }: MessageEvent<Doc>) => {
  const checked: Checked = { findings: findingsOf(data), minutes: readingMinutes(textsOf(data)) };
  postMessage(checked);
});
