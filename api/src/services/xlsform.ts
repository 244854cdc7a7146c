import { faultMessage } from '../contracts/fault-messages.ts';
import type { ReplyOf } from '../contracts/operation.ts';
import type { importQuestionnaire, QuestionnaireJson } from '../contracts/questionnaires.ts';
import { toXlsForm } from '../domain/xlsform/export.ts';
import { fromXlsForm } from '../domain/xlsform/import.ts';
import { Problem } from '../problem.ts';
import { readWorkbook, writeWorkbook } from './workbooks.ts';

/** Reads an XLSForm workbook as a questionnaire, with all of it that could not be kept. */
export async function importXlsForm(
  file: Uint8Array,
): Promise<ReplyOf<typeof importQuestionnaire>> {
  const read = fromXlsForm(await readWorkbook(file, { errors: 'as text' }));
  if (read !== null) return read;
  const message = faultMessage('not_xlsform');
  throw new Problem('invalid_input', { fields: [{ path: 'body.file', message }] });
}

/** A questionnaire as an XLSForm workbook; what a form cannot hold is its sheet "unsupported". */
export function xlsFormWorkbook(questionnaire: QuestionnaireJson) {
  const { sheets } = toXlsForm(questionnaire);
  const widthOf = (heading: string) => (/label|hint|message|what/.test(heading) ? 50 : 18);
  return writeWorkbook(
    sheets.map(({ name, rows }) => ({ name, rows, widths: (rows[0] ?? []).map(widthOf) })),
  );
}
