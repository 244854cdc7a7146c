/**
 * Controlled rounding: a table of exact figures becomes whole numbers, so that every cell, every row total, every
 * column total and the grand total is its exact figure rounded down or up, and unchanged where that is whole.
 */

type Table = readonly (readonly number[])[];

/** Figures nearer than this to a whole number are whole. */
const tolerance = 1e-9;

const rest = (figure: number): number => {
  const left = figure - Math.floor(figure + tolerance);
  return left < tolerance ? 0 : left;
};
const sumOf = (figures: readonly number[]): number =>
  figures.reduce((sum, figure) => sum + figure, 0);
/** What is missing to the next whole number. */
const lacking = (figure: number): number => (rest(figure) === 0 ? 0 : 1 - rest(figure));
const isBroken = (figure: number): boolean => figure > tolerance && figure < 1 - tolerance;

/**
 * Rounds a table at random without bias: the mean of a cell over many roundings is its exact figure, so that a cell of
 * 0.3 is not always 0. Rows and columns get one cell more, which makes their totals whole; then, as long as a cell is
 * broken, a closed path along rows and columns through broken cells is found, and its cells are raised and lowered in
 * turn until one of them is whole. That way or the other is drawn with the chances that keep the mean.
 * @param exact rows of equal length, figures ≥ 0
 * @param uniform a number in [0, 1), drawn at most once for each cell
 * @returns a table of the same form
 * @example [[0.5, 0.5], [0.5, 0.5]] → [[1, 0], [0, 1]] or [[0, 1], [1, 0]], each with a chance of one half
 * @source Cox (1987), A Constructive Procedure for Unbiased Controlled Rounding, JASA 82: 520–524
 */
export function controlledRounding(exact: Table, uniform: () => number): number[][] {
  const parts = withWholeTotals(exact.map((row) => row.map(rest)));
  for (let path = closedPath(parts); path !== null; path = closedPath(parts)) {
    level(parts, path, uniform());
  }
  return exact.map((row, i) =>
    row.map((figure, j) => Math.floor(figure + tolerance) + Math.round(parts[i]![j]!)),
  );
}

/** The table with one more row and column, so that every total of both is whole. */
function withWholeTotals(parts: Table): number[][] {
  const rows = parts.map((row) => [...row, lacking(sumOf(row))]);
  const columns = parts[0]?.map((_, j) => lacking(sumOf(parts.map((row) => row[j]!)))) ?? [];
  return [...rows, [...columns, lacking(sumOf(columns))]];
}

interface Cell {
  readonly i: number;
  readonly j: number;
}

/**
 * Broken cells of which each shares a row or a column, in turn, with the next, and the last with the first; null when
 * no cell is broken. A line with one broken cell has another, because its total is whole: so a walk from line to line
 * comes back to one that it has met.
 */
function closedPath(parts: Table): Cell[] | null {
  let here = parts.findIndex((row) => row.some(isBroken));
  if (here < 0) return null;
  const met = [`row ${here}`];
  const cells: Cell[] = [];
  for (;;) {
    const last = cells.at(-1);
    const alongRow = cells.length % 2 === 0;
    const i = alongRow ? here : parts.findIndex((row, k) => k !== last!.i && isBroken(row[here]!));
    const j = alongRow
      ? parts[here]!.findIndex((part, k) => k !== last?.j && isBroken(part))
      : here;
    if (i < 0 || j < 0) throw new Error('a total of the table is not whole');
    cells.push({ i, j });
    here = alongRow ? j : i;
    const line = alongRow ? `column ${j}` : `row ${i}`;
    const first = met.indexOf(line);
    if (first >= 0) return cells.slice(first);
    met.push(line);
  }
}

/** Raises the cells of a path and lowers them in turn, or the other way, until one of them is whole. */
function level(parts: number[][], path: readonly Cell[], drawn: number): void {
  const at = ({ i, j }: Cell) => parts[i]![j]!;
  const room = (cell: Cell, up: boolean) => (up ? 1 - at(cell) : at(cell));
  const most = (firstUp: boolean) =>
    Math.min(...path.map((cell, place) => room(cell, (place % 2 === 0) === firstUp)));
  const [up, down] = [most(true), most(false)];
  const firstUp = drawn * (up + down) < down;
  const step = firstUp ? up : down;
  path.forEach(({ i, j }, place) => {
    parts[i]![j] = at({ i, j }) + ((place % 2 === 0) === firstUp ? step : -step);
  });
}
