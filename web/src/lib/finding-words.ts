import i18next from 'i18next';
import { readScoringFault } from '@akimetr/api/contracts/scoring-faults';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';

/** Why a scoring rule does not fit its question, in the language now shown; the sentence itself where it is not known. */
export function scoringFaultWords(reason: string): string {
  const read = readScoringFault(reason);
  if (read === null) return reason;
  const { code, values } = read;
  const said =
    code === 'in_column' ? { ...values, reason: scoringFaultWords(values.reason ?? '') } : values;
  return i18next.t(`scoringFaults.${code}`, { ns: 'office', ...said });
}

/** What was found in a questionnaire, in the language now shown. */
export function findingWords({
  code,
  params,
}: Pick<QuestionnaireFault, 'code' | 'params'>): string {
  const said =
    code === 'scoring_fault'
      ? { ...params, reason: scoringFaultWords(String(params.reason)) }
      : params;
  return i18next.t(`findings.${code}`, { ns: 'office', ...said });
}
