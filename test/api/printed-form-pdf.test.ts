import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import PDFDocument from 'pdfkit';
import { locales } from '../../api/src/contracts/common.ts';
import { printedForm, type PrintedForm } from '../../api/src/domain/printed-form.ts';
import { printedFormPdf } from '../../api/src/services/printed-form-pdf.ts';

const fontsDir = resolve(__dirname, '../../api/data/fonts');
const shipped = ['akim-region', 'akim-district', 'akim-rural', 'akim-short'];
const questionnaire = (code: string) =>
  JSON.parse(readFileSync(resolve(__dirname, `../../surveys/${code}.json`), 'utf8')) as Record<
    string,
    unknown
  >;

interface Drawn {
  readonly text: string;
  readonly page: number;
  /** Room for the text in points, and what its longest word takes. */
  readonly width: number;
  readonly longestWord: number;
}

/** Every text in the order of drawing, with the page it stands on. */
async function drawn(form: PrintedForm): Promise<Drawn[]> {
  const texts: Drawn[] = [];
  const write = PDFDocument.prototype.text;
  const spy = jest.spyOn(PDFDocument.prototype, 'text').mockImplementation(function (
    this: PDFKit.PDFDocument,
    ...given: unknown[]
  ) {
    const [text, , , options] = given as [string, number, number, { width?: number } | undefined];
    // PDFKit breaks a word that has no room for the space behind it.
    const words = text.split(/\s+/).map((word) => this.widthOfString(`${word} `));
    const { start, count } = this.bufferedPageRange();
    const width = options?.width ?? Infinity;
    texts.push({ text, page: start + count, width, longestWord: Math.max(...words) });
    return write.apply(this, given);
  });
  const file = await printedFormPdf(form, fontsDir, 'footer');
  spy.mockRestore();
  expect(new TextDecoder().decode(file.slice(0, 5))).toBe('%PDF-');
  return texts.slice(
    0,
    texts.findIndex(({ text }) => text === 'footer'),
  );
}

/** Pages of each question: what is above it, its title, its answers. */
function pagesOf(form: PrintedForm, texts: readonly Drawn[]): [title: string, pages: number[]][] {
  const found: [string, number[]][] = [];
  const numbers = new Set(
    form.blocks.flatMap((one) => (one.kind === 'question' ? `${one.number}.` : [])),
  );
  for (const { text, page } of texts) {
    if (numbers.has(text)) found.push([text, [page]]);
    else found.at(-1)?.[1].push(page);
  }
  return found;
}

const choices = (count: number, more = '') =>
  Array.from({ length: count }, (_, place) => ({
    value: `c${place}`,
    text: `Choice ${place}${more}`,
  }));

describe.each(shipped)('%s on paper', (code) => {
  it.each(locales)('is not torn between a question and its answers in %s', async (locale) => {
    const form = printedForm(questionnaire(code), locale);
    const texts = await drawn(form);
    for (const block of form.blocks) {
      if (block.kind !== 'question') continue;
      const at = texts.findIndex(({ text }) => text === `${block.number}.`);
      const own = texts.slice(at, at + 2 + block.answers.length + block.rows.length);
      expect([block.number, ...new Set(own.map(({ page }) => page))]).toHaveLength(2);
    }
  });

  it.each(locales)('breaks no word in %s', async (locale) => {
    const texts = await drawn(printedForm(questionnaire(code), locale));
    expect(texts.filter(({ width, longestWord }) => longestWord > width)).toEqual([]);
  });

  it.each(locales)('leaves no heading alone at the foot of a page in %s', async (locale) => {
    const form = printedForm(questionnaire(code), locale);
    const texts = await drawn(form);
    const pageOf = (wanted: string, from = 0) =>
      texts.slice(from).find(({ text }) => text === wanted)?.page;
    form.blocks.forEach((block, place) => {
      const next = form.blocks.slice(place + 1).find(({ kind }) => kind === 'question');
      if (block.kind !== 'heading' || block.text === '' || next?.kind !== 'question') return;
      const from = texts.findIndex(({ text }) => text === block.text);
      expect(pageOf(`${next.number}.`, from)).toBe(texts[from].page);
    });
  });
});

describe('a question that is higher than a page', () => {
  it('is torn between its answers, below what is asked', async () => {
    const before = Array.from({ length: 9 }, (_, place) => ({
      type: 'comment',
      name: `q${place}`,
    }));
    const long = {
      type: 'radiogroup',
      name: 'long',
      choices: choices(90, ' '.repeat(2) + 'x'.repeat(60)),
    };
    const form = printedForm({ elements: [...before, long] }, 'en');
    const [, pages] = pagesOf(form, await drawn(form)).at(-1)!;
    expect(new Set(pages).size).toBeGreaterThan(1);
    expect(pages[0]).toBe(pages[3]);
  });

  it('has the heading of a grid on each page', async () => {
    const rows = Array.from({ length: 90 }, (_, place) => `row ${place}`);
    const grid = { type: 'matrix', name: 'grid', columns: ['first', 'second'], rows };
    const texts = await drawn(printedForm({ elements: [grid] }, 'en'));
    const pages = new Set(texts.map(({ page }) => page));
    const headed = texts.filter(({ text }) => text === 'second').map(({ page }) => page);
    expect(headed).toEqual([...pages]);
    expect(pages.size).toBeGreaterThan(2);
  });

  it('has words of thousands of letters broken before they are drawn, which takes PDFKit minutes', async () => {
    const form = printedForm(
      { title: 'x'.repeat(9000), elements: [{ type: 'text', name: 'q', title: 'ж'.repeat(9000) }] },
      'en',
    );
    const texts = await drawn(form);
    for (const letter of ['x', 'ж']) {
      const words = texts
        .flatMap(({ text }) => text.split(' '))
        .filter((word) => word.startsWith(letter));
      expect(words.join('')).toHaveLength(9000);
      expect(Math.max(...words.map(({ length }) => length))).toBe(60);
    }
  });

  it('loses no text that is longer than a page', async () => {
    const text = 'All of this is read out. '.repeat(600);
    const after = { type: 'comment', name: 'after', title: 'After it' };
    const form = printedForm({ elements: [{ type: 'html', name: 'h', html: text }, after] }, 'en');
    const texts = await drawn(form);
    expect(texts.find(({ text: one }) => one === 'After it')!.page).toBeGreaterThan(2);
  });
});

describe('a scale on paper', () => {
  const after = async (question: object) =>
    (await drawn(printedForm({ elements: [{ name: 'q', ...question }] }, 'en')))
      .slice(5)
      .map(({ text }) => text);

  it('has its points in a row, and below them what its ends mean', async () => {
    const rating = {
      type: 'rating',
      minRateDescription: 'not at all',
      maxRateDescription: 'fully',
    };
    expect((await after(rating)).slice(1)).toEqual([
      ...['1', '2', '3', '4', '5', '1 — not at all; 5 — fully'],
    ]);
  });

  it('keeps its order where words stand among the numbers', async () => {
    const rateValues = [{ value: 1, text: 'very bad' }, 2, 3, { value: 4, text: 'very good' }];
    expect((await after({ type: 'rating', rateValues })).slice(1)).toEqual([
      ...['very bad', '2', '3', 'very good'],
    ]);
  });

  it('has the words that follow the numbers below them', async () => {
    const rateValues = [1, 2, { value: 99, text: 'Hard to say' }];
    expect((await after({ type: 'rating', rateValues })).slice(1)).toEqual([
      '1',
      '2',
      'Hard to say',
    ]);
  });
});
