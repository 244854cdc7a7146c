import i18next from 'i18next';
import { readFaultMessage } from '@akimetr/api/contracts/fault-messages';

/**
 * What is wrong with a piece of input, in the language now shown.
 * @param message the server's English sentence
 * @returns the sentence itself where it is none that is known here (a questionnaire's own text, say)
 */
export function inputFaultWords(message: string): string {
  const read = readFaultMessage(message);
  return read === null ? message : i18next.t(read.code, { ns: 'faults', ...read.values });
}
