import { join } from 'node:path';
import type { Locale } from '../contracts/common.ts';
import type { PrintedBlock, PrintedForm } from '../domain/printed-form.ts';
import {
  breakable,
  ink,
  margin,
  PieceMaker,
  quiet,
  rule,
  type Piece,
  type Pieces,
} from './printed-form-pieces.ts';

const headings: Readonly<
  Record<Locale, { page: string; office: string; interview: string; date: string }>
> = {
  kk: { page: 'бет', office: 'Лауазым', interview: 'Сұхбат №', date: 'Күні' },
  ru: { page: 'стр.', office: 'Должность', interview: 'Интервью №', date: 'Дата' },
  en: { page: 'page', office: 'Office', interview: 'Interview No.', date: 'Date' },
};

const heightOf = (pieces: readonly Piece[]) => pieces.reduce((sum, { height }) => sum + height, 0);

/** The pages, filled from above; what belongs together stays on one page where it fits on one. */
class Pages {
  readonly document: PDFKit.PDFDocument;
  readonly width: number;
  readonly #bottom: number;
  y = margin;

  constructor(document: PDFKit.PDFDocument, fontsDir: string) {
    this.document = document;
    this.document.registerFont('regular', join(fontsDir, 'noto-sans-regular.ttf'));
    this.document.registerFont('bold', join(fontsDir, 'noto-sans-bold.ttf'));
    this.width = document.page.width - 2 * margin;
    this.#bottom = document.page.height - margin - 16;
  }

  style(font: 'regular' | 'bold', size: number, colour = ink): PDFKit.PDFDocument {
    return this.document.font(font).fontSize(size).fillColor(colour);
  }

  /** What is higher than a page is torn between its answers, with two of them at least below what is asked. */
  put({ lead, rest }: Pieces): void {
    const whole = heightOf([...lead, ...rest]);
    const together =
      whole <= this.#bottom - margin ? whole : heightOf([...lead, ...rest.slice(0, 2)]);
    if (this.y + together > this.#bottom) this.#turn();
    for (const piece of [...lead, ...rest]) {
      if (this.y + piece.height > this.#bottom && this.y > margin) {
        this.#turn();
        if (piece.again) this.#draw(piece.again);
      }
      this.#draw(piece);
    }
  }

  #turn(): void {
    this.document.addPage();
    this.y = margin;
  }

  #draw({ height, draw }: Piece): void {
    const page = this.document.bufferedPageRange().count;
    draw(this.y);
    // A text higher than a page runs over the next ones by itself.
    const ran = this.document.bufferedPageRange().count > page;
    this.y = ran ? this.document.y : this.y + height;
  }
}

/** Headings with what stands below them, so that none is left alone at the foot of a page. */
function groupsOf(blocks: readonly PrintedBlock[], maker: PieceMaker): Pieces[] {
  const groups: Pieces[] = [];
  let above: readonly Piece[] = [];
  for (const block of blocks) {
    const { lead, rest } = maker.of(block);
    if (block.kind === 'heading') above = [...above, ...lead];
    else {
      groups.push({ lead: [...above, ...lead], rest });
      above = [];
    }
  }
  return [...groups, { lead: above, rest: [] }];
}

function drawHead(pages: Pages, { title, language }: PrintedForm): void {
  const { document, width } = pages;
  const { office, interview, date } = headings[language];
  pages.style('bold', 16).text(breakable(title), margin, margin, { width, lineGap: 1 });
  const y = document.y + 8;
  const fields = [
    [`${office}:`, 0.5],
    [`${interview}:`, 0.27],
    [`${date}:`, 0.23],
  ] as const;
  let x = margin;
  for (const [label, share] of fields) {
    const own = width * share - 10;
    pages.style('regular', 9, quiet).text(label, x, y, { lineBreak: false });
    const from = x + document.widthOfString(label) + 4;
    document
      .moveTo(from, y + 12)
      .lineTo(x + own, y + 12)
      .lineWidth(0.6)
      .strokeColor(rule)
      .stroke();
    x += width * share;
  }
  pages.y = y + 24;
}

function drawFooters(pages: Pages, footer: string, language: Locale): void {
  const { document } = pages;
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    document.page.margins.bottom = 0; // the footer stands in the margin
    const y = document.page.height - margin + 4;
    pages
      .style('regular', 8, quiet)
      .text(footer, margin, y, { width: pages.width - 80, lineBreak: false, ellipsis: true });
    const place = `${headings[language].page} ${page - start + 1} / ${count}`;
    pages
      .style('regular', 8, quiet)
      .text(place, margin, y, { width: pages.width, align: 'right', lineBreak: false });
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
  const pages = new Pages(
    new PDFDocument({ size: 'A4', margin, bufferPages: true, info }),
    fontsDir,
  );
  const chunks: Buffer[] = [];
  const done = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    pages.document.on('data', (chunk: Buffer) => chunks.push(chunk));
    pages.document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pages.document.on('error', reject);
  });
  drawHead(pages, form);
  for (const group of groupsOf(form.blocks, new PieceMaker(pages.document))) pages.put(group);
  drawFooters(pages, footer, form.language);
  pages.document.end();
  return done;
}
