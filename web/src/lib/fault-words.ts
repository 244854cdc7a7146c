import i18next from 'i18next';
import { readFaultMessage } from '@akimetr/api/contracts/fault-messages';
import { scoringFaultWords } from './finding-words.ts';

/**
 * What is wrong with a piece of input, in the language now shown.
 * @param message the server's English sentence
 * @returns the sentence itself where it is none that is known here (a questionnaire's own text, say)
 */
export function inputFaultWords(message: string): string {
  const read = readFaultMessage(message);
  if (read === null) return message;
  const { code, values } = read;
  const said =
    code === 'scoring_misfit' ? { reason: scoringFaultWords(values.reason ?? '') } : values;
  return i18next.t(code, { ns: 'faults', ...said });
}
