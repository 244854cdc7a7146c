/** What a questionnaire becomes as an XLSForm, in lines that can be read and compared. */
import { toXlsForm } from '../../api/src/domain/xlsform/export.ts';

/** A questionnaire of one page with these questions. */
export const ask = (...elements: object[]) => ({ pages: [{ name: 'page_1', elements }] });
/** Two choices. */
export const two = ['a', 'b'];

/** Rows of the form as `heading=cell | …` below the name of their sheet, and `! …` for what is left out of it. */
export function written(questionnaire: Record<string, unknown>): string[] {
  const { sheets, unsupported } = toXlsForm(questionnaire);
  const [survey, choices, settings, told] = sheets;
  expect((told?.rows ?? []).slice(1)).toEqual(
    unsupported.map(({ sheet, row, column, name, message }) => [
      ...[sheet, String(row), column ?? '', name ?? '', message],
    ]),
  );
  return [
    ...[survey, choices, settings].flatMap(({ name, rows: [head = [], ...rows] }) => [
      name,
      ...rows.map((cells) =>
        cells.flatMap((cell, place) => (cell === '' ? [] : `${head[place]}=${cell}`)).join(' | '),
      ),
    ]),
    ...unsupported.map(
      ({ sheet, row, column, name, message }) => `! ${sheet} ${row} ${column} ${name}: ${message}`,
    ),
  ];
}
