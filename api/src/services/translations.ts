import { locales } from '../contracts/common.ts';
import { faultMessage } from '../contracts/fault-messages.ts';
import type { FieldFault } from '../contracts/problem.ts';
import type { QuestionnaireJson, TranslatedRow } from '../contracts/questionnaires.ts';
import { mainLanguageOf, textsOf } from '../domain/questionnaire-texts.ts';
import { Problem } from '../problem.ts';
import { readWorkbook, writeWorkbook } from './workbooks.ts';

const columns = ['key', 'question', 'property', ...locales] as const;

/**
 * Every text of a questionnaire for translators: they fill the columns kk, ru and en and leave the key alone.
 * A text without a language stands in the column of the questionnaire's main language.
 */
export function translationsWorkbook(questionnaire: QuestionnaireJson) {
  const main = mainLanguageOf(questionnaire);
  const rows = textsOf(questionnaire).map(({ key, question, page, property, texts, plain }) => [
    key,
    question ?? page ?? '',
    property,
    ...locales.map((locale) => texts[locale] ?? (locale === main ? (plain ?? '') : '')),
  ]);
  return writeWorkbook([
    { name: 'texts', rows: [[...columns], ...rows], widths: [34, 20, 24, 60, 60, 60] },
  ]);
}

/** Reads the workbook back; every row that cannot be used is named with its column. */
export async function readTranslations(file: Uint8Array): Promise<{ rows: TranslatedRow[] }> {
  const [sheet] = await readWorkbook(file);
  const header = (sheet?.rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const missing = ['key', ...locales].filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new Problem('invalid_input', {
      fields: missing.map((column) => ({
        path: `body.file.row 1.${column}`,
        message: faultMessage('no_column', { column }),
      })),
    });
  }
  const fields: FieldFault[] = [];
  const seen = new Map<string, number>();
  const rows = (sheet?.rows ?? []).slice(1).flatMap((cells, place): TranslatedRow[] => {
    const row = place + 2;
    const cell = (column: string) => (cells[header.indexOf(column)] ?? '').trim();
    const texts = Object.fromEntries(
      locales.flatMap((locale) => (cell(locale) === '' ? [] : [[locale, cell(locale)]])),
    );
    const key = cell('key');
    if (key === '' && Object.keys(texts).length === 0) return [];
    const first = seen.get(key);
    const fault = (message: string) => fields.push({ path: `body.file.row ${row}.key`, message });
    if (key === '') fault(faultMessage('text_without_key'));
    else if (first !== undefined) fault(faultMessage('key_already', { row: first }));
    seen.set(key, row);
    return [{ key, row, texts }];
  });
  if (fields.length > 0) throw new Problem('invalid_input', { fields: fields.slice(0, 100) });
  return { rows };
}
