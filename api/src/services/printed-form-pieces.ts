/** Parts of a printed questionnaire as pieces that know how high they are before they are drawn. */
import type { PrintedBlock } from '../domain/printed-form.ts';

export const margin = 48;
export const ink = '#1b2733';
export const quiet = '#5b6875';
export const rule = '#b8c2cc';
/** Where a question's text and answers begin, to the right of its number. */
const indent = 24;

/** What is drawn in one go and never torn: a text, a line of answers, a row of a grid. */
export interface Piece {
  /** Points, the space below it included. */
  readonly height: number;
  readonly draw: (y: number) => void;
  /** What stands above it once more where it begins a page. */
  readonly again?: Piece;
}

/** What belongs together: headings and the question below them, first what says what is asked, then the answers. */
export interface Pieces {
  readonly lead: readonly Piece[];
  readonly rest: readonly Piece[];
}

/** No word of people's is longer than this; PDFKit takes minutes to break one of thousands of letters itself. */
export const breakable = (text: string): string => text.replace(/\S{60}(?=\S)/g, '$& ');

type Font = 'regular' | 'bold';
type Question = PrintedBlock & { kind: 'question' };
interface TextStyle {
  readonly font?: Font;
  readonly size?: number;
  readonly colour?: string;
  readonly align?: 'left' | 'center';
}

export class PieceMaker {
  readonly #document: PDFKit.PDFDocument;
  readonly #width: number;

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document;
    this.#width = document.page.width - 2 * margin;
  }

  /** Headings and texts as they stand; a question with its answers apart. */
  of(block: PrintedBlock): Pieces {
    if (block.kind === 'question') return this.#question(block);
    const condition = this.#text(block.condition ?? '', 0, 2, {
      font: 'bold',
      size: 9,
      colour: quiet,
    });
    if (block.kind === 'text')
      return { lead: [...condition, ...this.#text(block.text, 0, 6)], rest: [] };
    const note = this.#text(block.note, 0, 4, { size: 9, colour: quiet });
    return { lead: [...this.#band(block.text), ...condition, ...note], rest: [] };
  }

  #style({ font = 'regular', size = 10, colour = ink }: TextStyle): PDFKit.PDFDocument {
    return this.#document.font(font).fontSize(size).fillColor(colour);
  }

  #heightOf(text: string, width: number, style: TextStyle): number {
    if (text === '') return 0;
    return this.#style(style).heightOfString(breakable(text), { width, lineGap: 1 });
  }

  #write(text: string, x: number, y: number, width: number, style: TextStyle): void {
    if (text === '') return;
    const options = { width, lineGap: 1, align: style.align ?? 'left' };
    this.#style(style).text(breakable(text), x, y, options);
  }

  #text(text: string, from: number, after: number, style: TextStyle = {}): Piece[] {
    if (text === '') return [];
    const width = this.#width - from;
    const height = this.#heightOf(text, width, style) + after;
    return [{ height, draw: (y) => this.#write(text, margin + from, y, width, style) }];
  }

  #band(text: string): Piece[] {
    const above = 8;
    if (text === '') return [{ height: above, draw: () => undefined }];
    const style: TextStyle = { font: 'bold', size: 12 };
    const width = this.#width - 12;
    const band = this.#heightOf(text, width, style) + 7;
    const draw = (y: number) => {
      this.#document.rect(margin, y + above, this.#width, band).fill('#e8edf2');
      this.#write(text, margin + 6, y + above + 3, width, style);
    };
    return [{ height: above + band + 5, draw }];
  }

  #question(question: Question): Pieces {
    const { number, title, note, condition } = question;
    const bold: TextStyle = { font: 'bold', size: 10.5 };
    const [titled] = this.#text(title === '' ? ' ' : title, indent, 2, bold);
    const numbered: Piece = {
      height: titled!.height,
      draw: (y) => {
        this.#style(bold).text(`${number}.`, margin, y, { lineBreak: false });
        titled!.draw(y);
      },
    };
    const lead = [
      space(4),
      ...this.#text(condition ?? '', indent, 2, { font: 'bold', size: 9, colour: quiet }),
      numbered,
      ...this.#text(note, indent, 4, { size: 9, colour: quiet }),
    ];
    return { lead, rest: [...this.#answers(question), space(4)] };
  }

  #answers({ answer, answers, rows, ends }: Question): Piece[] {
    if (answer === 'open')
      return rows.length > 0 ? rows.map((row) => this.#field(row)) : [this.#line()];
    if (answer === 'grid' || answer === 'table') return this.#grid(rows, answers, answer);
    if (answer === 'scale') return this.#scale(answers, ends);
    return this.#choices(answers, answer);
  }

  /** A circle (one answer) or a box (several). */
  #mark(kind: 'one' | 'several', x: number, y: number): void {
    const drawn = this.#document.lineWidth(0.8).strokeColor(ink);
    if (kind === 'one') drawn.circle(x + 5, y + 6.5, 4.5).stroke();
    else drawn.rect(x + 0.5, y + 2, 9, 9).stroke();
  }

  #rule(from: number, to: number, y: number, thickness = 0.6): void {
    this.#document.moveTo(from, y).lineTo(to, y).lineWidth(thickness).strokeColor(rule).stroke();
  }

  #line(): Piece {
    return {
      height: 22,
      draw: (y) => this.#rule(margin + indent, margin + this.#width, y + 18),
    };
  }

  /** What is asked for, and the line to write it on. */
  #field(label: string): Piece {
    const width = (this.#width - indent) * 0.4;
    const height = Math.max(22, this.#heightOf(label, width, {}) + 8);
    const draw = (y: number) => {
      this.#write(label, margin + indent, y + 5, width, {});
      this.#rule(margin + indent + width + 8, margin + this.#width, y + height - 4);
    };
    return { height, draw };
  }

  /** Answers one below the other, in two columns where each fits into one line of them. */
  #choices(answers: readonly string[], kind: 'one' | 'several'): Piece[] {
    const full = this.#width - indent;
    const style = this.#style({});
    const fit = answers.every((text) => style.widthOfString(text) <= full / 2 - 24);
    const columns = answers.length > 5 && fit ? 2 : 1;
    const own = full / columns;
    const perColumn = Math.ceil(answers.length / columns);
    return Array.from({ length: perColumn }, (_, row) => {
      const texts = Array.from(
        { length: columns },
        (_, one) => answers[one * perColumn + row] ?? '',
      );
      const height = Math.max(...texts.map((text) => this.#heightOf(text, own - 22, {})), 13) + 3;
      const draw = (y: number) =>
        texts.forEach((text, column) => {
          if (text === '') return;
          const x = margin + indent + column * own;
          this.#mark(kind, x, y);
          this.#write(text, x + 16, y, own - 22, {});
        });
      return { height, draw };
    });
  }

  /** A row of numbers to ring, what its ends mean below them; then the answers in words. */
  #scale(answers: readonly string[], ends: Question['ends']): Piece[] {
    const firstLong = answers.findIndex((text) => text.length > 4);
    const points = firstLong < 0 ? answers : answers.slice(0, firstLong);
    const words = answers.slice(points.length);
    if (answers.length === 0) return [this.#line()];
    // Words among the numbers: to tear them apart would be another scale.
    if (words.some((text) => text.length <= 4)) return this.#choices(answers, 'one');
    return [...this.#points(points), ...this.#ends(points, ends), ...this.#choices(words, 'one')];
  }

  #points(points: readonly string[]): Piece[] {
    if (points.length === 0) return [];
    const step = Math.min(34, (this.#width - indent) / points.length);
    const draw = (y: number) =>
      points.forEach((text, place) => {
        const x = margin + indent + place * step;
        this.#document
          .roundedRect(x, y + 2, step - 6, 18, 3)
          .lineWidth(0.7)
          .strokeColor(ink)
          .stroke();
        this.#write(text, x, y + 4, step - 6, { align: 'center' });
      });
    return [{ height: 26, draw }];
  }

  #ends(points: readonly string[], ends: Question['ends']): Piece[] {
    const meant = [points[0], points.at(-1)].flatMap((point, place) =>
      ends[place] ? `${point} — ${ends[place]}` : [],
    );
    return this.#text(meant.join('; '), indent, 4, { size: 9, colour: quiet });
  }

  /** Rows × answers with a circle in each cell, or with room to write in. */
  #grid(rows: readonly string[], answers: readonly string[], kind: 'grid' | 'table'): Piece[] {
    const { size, widths } = this.#columns(rows, answers);
    const line = (cells: readonly string[], isHeader: boolean): Piece => {
      const style = (place: number): TextStyle => ({
        ...{ size: isHeader ? size : 9.5, colour: isHeader ? quiet : ink },
        align: place === 0 ? 'left' : 'center',
      });
      const heights = cells.map((text, place) =>
        this.#heightOf(text, widths[place]! - 6, style(place)),
      );
      const height = Math.max(kind === 'table' && !isHeader ? 24 : 16, ...heights) + 4;
      const draw = (y: number) => {
        let x = margin + indent;
        cells.forEach((text, place) => {
          const width = widths[place]!;
          this.#write(text, x, y + 2, width - 6, style(place));
          if (place > 0 && kind === 'table')
            this.#document
              .moveTo(x - 3, y)
              .lineTo(x - 3, y + height)
              .lineWidth(0.4)
              .strokeColor(rule)
              .stroke();
          else if (place > 0 && !isHeader) this.#mark('one', x + (width - 6) / 2 - 5, y + 1);
          x += width;
        });
        this.#rule(margin + indent, margin + this.#width, y + height, 0.4);
      };
      return { height: height + (kind === 'table' ? 0 : 2), draw };
    };
    const header = line(['', ...answers], true);
    const blank = answers.map(() => '');
    return [header, ...rows.map((row) => ({ ...line([row, ...blank], false), again: header }))];
  }

  /**
   * Widths of the rows' names and of each answer, and the largest print in which no word of an answer is broken. What
   * the rows leave free goes to the answers, so that their circles do not crowd.
   */
  #columns(rows: readonly string[], answers: readonly string[]) {
    const whole = this.#width - indent;
    const longest = (texts: readonly string[], size: number) => {
      const style = this.#style({ size });
      // The space behind a word must have room, or PDFKit breaks the word.
      return Math.max(0, ...texts.map((text) => style.widthOfString(`${text} `))) + 7;
    };
    const first = Math.min(whole * 0.42, Math.max(whole * 0.28, longest(rows, 9.5)));
    const needed = (size: number) => answers.map((text) => longest(text.split(/\s+/), size));
    const sum = (widths: readonly number[]) => widths.reduce((total, one) => total + one, 0);
    const least = whole * 0.28;
    const size = [8, 7.5, 7, 6.5, 6].find((one) => sum(needed(one)) <= whole - least) ?? 6;
    const wanted = needed(size);
    const free = Math.max(0, whole - first - sum(wanted)) / Math.max(1, answers.length);
    const even = (whole - first) / Math.max(1, answers.length);
    const share = Math.min(1, (whole - least) / sum(wanted));
    const widths = wanted.every((one) => one <= even)
      ? wanted.map(() => even)
      : wanted.map((one) => one * share + free);
    return { size, widths: [whole - sum(widths), ...widths] };
  }
}

const space = (height: number): Piece => ({ height, draw: () => undefined });
