import i18next from 'i18next';
import { readScoringFault } from '@akimetr/api/contracts/scoring-faults';
import type { Locale } from '@akimetr/api/contracts/common';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import { localeNames } from './i18n.ts';

/** Why a scoring rule does not fit its question, in the language now shown; the sentence itself where it is not known. */
export function scoringFaultWords(reason: string): string {
  const read = readScoringFault(reason);
  if (read === null) return reason;
  const { code, values } = read;
  const said =
    code === 'in_column' ? { ...values, reason: scoringFaultWords(values.reason ?? '') } : values;
  return i18next.t(`scoringFaults.${code}`, { ns: 'office', ...said });
}

const languagesIn = (codes: string): string =>
  codes
    .split(', ')
    .map((one) => localeNames[one as Locale] ?? one)
    .join(', ');

/** Words for what SurveyJS knows by a name of its own. */
export interface FindingNames {
  readonly property: (property: string) => string;
  readonly type: (type: string) => string;
}

/**
 * What was found in a questionnaire, in the language now shown.
 * @param names words for properties and types
 */
export function findingWords(
  { code, params }: Pick<QuestionnaireFault, 'code' | 'params'>,
  names: FindingNames,
): string {
  const { reason, property, type, language, languages } = params;
  const said = {
    ...params,
    ...(code === 'scoring_fault' && { reason: scoringFaultWords(String(reason)) }),
    ...(typeof property === 'string' && { property: names.property(property) }),
    ...(typeof type === 'string' && { type: names.type(type) }),
    ...(typeof language === 'string' && { language: languagesIn(language) }),
    ...(typeof languages === 'string' && { languages: languagesIn(languages) }),
  };
  return i18next.t(`findings.${code}`, { ns: 'office', ...said });
}
