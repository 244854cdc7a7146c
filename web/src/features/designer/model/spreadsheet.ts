/** A quoted cell ends where its row goes on or ends; what only begins with a quotation mark is text as it stands. */
const nextCell = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*)/y;

/**
 * Cells of what a spreadsheet puts on the clipboard: tabs between cells, line breaks between rows; a cell that holds any of
 * them stands in quotation marks, and its own are doubled. A line break within a cell becomes a space.
 * @returns rows with something in them, their cells without space at either end
 * @example cellsOf('a\t"b ""c""\nd"') → [['a', 'b "c" d']]
 */
export function cellsOf(pasted: string): string[][] {
  const rows: string[][] = [[]];
  for (let at = 0; at <= pasted.length; at += 1) {
    nextCell.lastIndex = at;
    const [whole = '', quoted, plain = ''] = nextCell.exec(pasted) ?? [];
    const text = quoted === undefined ? plain : quoted.replaceAll('""', '"');
    rows.at(-1)!.push(text.replace(/\s*[\r\n]+\s*/g, ' ').trim());
    at += whole.length;
    if (pasted[at] === '\r' && pasted[at + 1] === '\n') at += 1;
    if (pasted[at] !== '\t') rows.push([]);
  }
  return rows.filter((cells) => cells.some((cell) => cell !== ''));
}
