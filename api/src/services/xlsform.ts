import type { ReplyOf } from '../contracts/operation.ts';
import type { importQuestionnaire } from '../contracts/questionnaires.ts';
import { fromXlsForm } from '../domain/xlsform-import.ts';
import { Problem } from '../problem.ts';
import { readWorkbook } from './workbooks.ts';

/** Reads an XLSForm workbook as a questionnaire, with all of it that could not be kept. */
export async function importXlsForm(
  file: Uint8Array,
): Promise<ReplyOf<typeof importQuestionnaire>> {
  const read = fromXlsForm(await readWorkbook(file));
  if (read !== null) return read;
  const message = 'there is no sheet "survey" with the column "type": this is not an XLSForm';
  throw new Problem('invalid_input', { fields: [{ path: 'body.file', message }] });
}
