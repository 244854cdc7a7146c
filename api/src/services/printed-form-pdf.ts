import { join } from 'node:path';
import type { Locale } from '../contracts/common.ts';
import type { PrintedBlock, PrintedForm } from '../domain/printed-form.ts';

const margin = 48;
const ink = '#1b2733';
const quiet = '#5b6875';
const rule = '#b8c2cc';

const headings: Readonly<
  Record<Locale, { page: string; office: string; interview: string; date: string }>
> = {
  kk: { page: 'бет', office: 'Лауазым', interview: 'Сұхбат №', date: 'Күні' },
  ru: { page: 'стр.', office: 'Должность', interview: 'Интервью №', date: 'Дата' },
  en: { page: 'page', office: 'Office', interview: 'Interview No.', date: 'Date' },
};

type Question = PrintedBlock & { kind: 'question' };

/** Draws one form; everything that belongs to one question stays on one page where it fits. */
class Drawing {
  readonly document: PDFKit.PDFDocument;
  readonly width: number;
  readonly bottom: number;

  constructor(document: PDFKit.PDFDocument, fontsDir: string) {
    this.document = document;
    this.document.registerFont('regular', join(fontsDir, 'noto-sans-regular.ttf'));
    this.document.registerFont('bold', join(fontsDir, 'noto-sans-bold.ttf'));
    this.width = this.document.page.width - 2 * margin;
    this.bottom = this.document.page.height - margin - 16;
  }

  style(font: 'regular' | 'bold', size: number, colour = ink): PDFKit.PDFDocument {
    return this.document.font(font).fontSize(size).fillColor(colour);
  }

  height(text: string, font: 'regular' | 'bold', size: number, width: number): number {
    return text === '' ? 0 : this.style(font, size).heightOfString(text, { width, lineGap: 1 });
  }

  /** Begins a new page unless so much is left of this one; what is taller than a page is let run. */
  room(height: number): void {
    const wanted = Math.min(height, this.bottom - margin);
    if (this.document.y + wanted > this.bottom) this.document.addPage();
  }

  write(
    text: string,
    font: 'regular' | 'bold',
    size: number,
    { colour = ink, indent = 0, after = 2 } = {},
  ): void {
    if (text === '') return;
    const width = this.width - indent;
    this.room(Math.min(this.height(text, font, size, width), 60));
    this.style(font, size, colour).text(text, margin + indent, this.document.y, {
      width,
      lineGap: 1,
    });
    this.document.y += after;
  }

  /** A circle (one answer) or a box (several). */
  mark(kind: 'one' | 'several', x: number, y: number): void {
    const drawn = this.document.lineWidth(0.8).strokeColor(ink);
    if (kind === 'one') drawn.circle(x + 5, y + 6.5, 4.5).stroke();
    else drawn.rect(x + 0.5, y + 2, 9, 9).stroke();
  }
}

function drawHead(drawing: Drawing, { title, language }: PrintedForm): void {
  const { document, width } = drawing;
  const { office, interview, date } = headings[language];
  drawing.write(title, 'bold', 16, { after: 8 });
  const y = document.y;
  const fields = [
    [`${office}:`, 0.5],
    [`${interview}:`, 0.27],
    [`${date}:`, 0.23],
  ] as const;
  let x = margin;
  for (const [label, share] of fields) {
    const own = width * share - 10;
    drawing.style('regular', 9, quiet).text(label, x, y, { lineBreak: false });
    const from = x + drawing.document.widthOfString(label) + 4;
    document
      .moveTo(from, y + 12)
      .lineTo(x + own, y + 12)
      .lineWidth(0.6)
      .strokeColor(rule)
      .stroke();
    x += width * share;
  }
  document.y = y + 24;
}

function drawHeading(
  drawing: Drawing,
  { text, note, condition }: PrintedBlock & { kind: 'heading' },
) {
  const { document, width } = drawing;
  // A heading is not left alone at the foot of a page: what follows it needs about this much.
  drawing.room(170);
  document.y += 8;
  if (text !== '') {
    const height = drawing.height(text, 'bold', 12, width - 12) + 7;
    document.rect(margin, document.y, width, height).fill('#e8edf2');
    const top = document.y;
    drawing.style('bold', 12).text(text, margin + 6, top + 3, { width: width - 12, lineGap: 1 });
    document.y = top + height + 5;
  }
  drawing.write(condition ?? '', 'bold', 9, { colour: quiet });
  drawing.write(note, 'regular', 9, { colour: quiet, after: 4 });
}

/** Answers one below the other, in two columns where all are short. */
function drawAnswers(drawing: Drawing, { answer, answers }: Question): void {
  const { document } = drawing;
  const indent = 24;
  const columns = answers.length > 5 && answers.every((text) => text.length < 34) ? 2 : 1;
  const own = (drawing.width - indent) / columns;
  const perColumn = Math.ceil(answers.length / columns);
  for (let row = 0; row < perColumn; row += 1) {
    const texts = Array.from(
      { length: columns },
      (_, column) => answers[column * perColumn + row] ?? '',
    );
    const height = Math.max(
      ...texts.map((text) => drawing.height(text, 'regular', 10, own - 22)),
      13,
    );
    drawing.room(height);
    const y = document.y;
    texts.forEach((text, column) => {
      if (text === '') return;
      const x = margin + indent + column * own;
      drawing.mark(answer === 'several' ? 'several' : 'one', x, y);
      drawing.style('regular', 10).text(text, x + 16, y, { width: own - 22, lineGap: 1 });
    });
    document.y = y + height + 3;
  }
}

/** A row of numbers to ring; the words among them stand below as answers of their own. */
function drawScale(drawing: Drawing, question: Question): void {
  const { document, width } = drawing;
  const short = question.answers.filter((text) => text.length <= 4);
  const long = question.answers.filter((text) => text.length > 4);
  if (short.length > 0) {
    drawing.room(26);
    const y = document.y + 2;
    const step = Math.min(34, (width - 24) / short.length);
    short.forEach((text, place) => {
      const x = margin + 24 + place * step;
      document
        .roundedRect(x, y, step - 6, 18, 3)
        .lineWidth(0.7)
        .strokeColor(ink)
        .stroke();
      drawing
        .style('regular', 10)
        .text(text, x, y + 2, { width: step - 6, align: 'center', lineBreak: false });
    });
    document.y = y + 24;
  }
  if (long.length > 0) drawAnswers(drawing, { ...question, answers: long, answer: 'one' });
  if (question.answers.length === 0) drawLines(drawing, 1);
}

function drawGrid(drawing: Drawing, { rows, answers }: Question): void {
  const { document, width } = drawing;
  const first = (width - 24) * 0.42;
  const own = (width - 24 - first) / Math.max(1, answers.length);
  const line = (cells: readonly string[], isHeader: boolean): void => {
    const size = isHeader ? 8 : 9.5;
    const heights = cells.map((text, place) =>
      drawing.height(text, 'regular', size, (place === 0 ? first : own) - 6),
    );
    const height = Math.max(16, ...heights) + 4;
    drawing.room(height);
    const y = document.y;
    cells.forEach((text, place) => {
      const x = margin + 24 + (place === 0 ? 0 : first + (place - 1) * own);
      const cell = (place === 0 ? first : own) - 6;
      drawing.style('regular', size, isHeader ? quiet : ink).text(text, x, y + 2, {
        width: cell,
        align: place === 0 ? 'left' : 'center',
        lineGap: 1,
      });
      if (!isHeader && place > 0) drawing.mark('one', x + cell / 2 - 5, y + 1);
    });
    document
      .moveTo(margin + 24, y + height)
      .lineTo(margin + width, y + height)
      .lineWidth(0.4)
      .strokeColor(rule)
      .stroke();
    document.y = y + height + 2;
  };
  line(['', ...answers], true);
  for (const row of rows) line([row, ...answers.map(() => '')], false);
}

function drawLines(drawing: Drawing, count: number): void {
  for (let line = 0; line < count; line += 1) {
    drawing.room(22);
    drawing.document.y += 18;
    const { y } = drawing.document;
    drawing.document
      .moveTo(margin + 24, y)
      .lineTo(margin + drawing.width, y)
      .lineWidth(0.6)
      .strokeColor(rule)
      .stroke();
    drawing.document.y += 4;
  }
}

function drawQuestion(drawing: Drawing, question: Question): void {
  const { document, width } = drawing;
  const { number, title, note, condition, answer } = question;
  const head =
    drawing.height(title, 'bold', 10.5, width - 24) +
    drawing.height(note, 'regular', 9, width - 24) +
    drawing.height(condition ?? '', 'bold', 9, width - 24);
  const body =
    answer === 'scale'
      ? 60
      : (answer === 'grid' ? question.rows.length : question.answers.length) * 16;
  drawing.room(head + body + 12);
  document.y += 4;
  if (condition !== null) drawing.write(condition, 'bold', 9, { colour: quiet, indent: 24 });
  const y = document.y;
  drawing.style('bold', 10.5).text(`${number}.`, margin, y, { width: 22, lineBreak: false });
  document.y = y;
  drawing.write(title, 'bold', 10.5, { indent: 24 });
  drawing.write(note, 'regular', 9, { colour: quiet, indent: 24, after: 4 });
  if (answer === 'open') drawLines(drawing, 1);
  else if (answer === 'scale') drawScale(drawing, question);
  else if (answer === 'grid') drawGrid(drawing, question);
  else drawAnswers(drawing, question);
  document.y += 4;
}

function drawFooters(drawing: Drawing, footer: string, language: Locale): void {
  const { document } = drawing;
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    document.page.margins.bottom = 0; // the footer stands in the margin
    const y = document.page.height - margin + 4;
    drawing
      .style('regular', 8, quiet)
      .text(footer, margin, y, { width: drawing.width - 80, lineBreak: false, ellipsis: true });
    const place = `${headings[language].page} ${page - start + 1} / ${count}`;
    drawing
      .style('regular', 8, quiet)
      .text(place, margin, y, { width: drawing.width, align: 'right', lineBreak: false });
  }
}

/**
 * The printed form as an A4 PDF.
 * @param footer what stands at the foot of every page: which version this is
 */
export async function printedFormPdf(
  form: PrintedForm,
  fontsDir: string,
  footer: string,
): Promise<Uint8Array<ArrayBuffer>> {
  // Read when it is first needed: it would take a tenth of every start of the server.
  const { default: PDFDocument } = await import('pdfkit');
  const info = { Title: form.title, Creator: 'Akimetr' };
  const drawing = new Drawing(
    new PDFDocument({ size: 'A4', margin, bufferPages: true, info }),
    fontsDir,
  );
  const chunks: Buffer[] = [];
  const done = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    drawing.document.on('data', (chunk: Buffer) => chunks.push(chunk));
    drawing.document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    drawing.document.on('error', reject);
  });
  drawHead(drawing, form);
  for (const block of form.blocks) {
    if (block.kind === 'heading') drawHeading(drawing, block);
    else if (block.kind === 'question') drawQuestion(drawing, block);
    else {
      drawing.write(block.condition ?? '', 'bold', 9, { colour: quiet });
      drawing.write(block.text, 'regular', 10, { after: 6 });
    }
  }
  drawFooters(drawing, footer, form.language);
  drawing.document.end();
  return done;
}
