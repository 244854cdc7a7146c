import {
  applyTexts,
  completenessOf,
  mainLanguageOf,
  textsOf,
} from '../../api/src/domain/questionnaire-texts.ts';

type Json = Record<string, any>;
const page = (...elements: object[]): Json => ({ pages: [{ name: 'p', elements }] });
/** Every text as `key path`, with what is there. */
const lines = (questionnaire: Json) =>
  textsOf(questionnaire).map(
    ({ key, path, question, page: place, needed, implied, texts, plain }) => [
      `${key} ${path}`,
      `${question} ${place}${needed ? ' needed' : ''}${implied ? ' implied' : ''}`,
      plain ?? texts,
    ],
  );
const keys = (questionnaire: Json) => textsOf(questionnaire).map(({ key }) => key);

describe('the texts of a questionnaire, one by one', () => {
  it('name their place, and what is there', () => {
    const questionnaire = page(
      {
        type: 'radiogroup',
        name: 'q',
        title: { ru: '', default: 'D' },
        choices: ['word', 7, '-1.5', '12 months', { value: true }, { value: 'v', text: 'V' }],
        tag: { kk: 'not a text people see' },
      },
      {
        type: 'panel',
        name: 'box',
        title: 'Box',
        elements: [{ type: 'html', name: 'h', html: 'H' }],
      },
      { type: 'multipletext', name: 'm', items: [{ name: 'i' }] },
      {
        type: 'matrix',
        name: 'g',
        title: 'G',
        columns: ['c'],
        rows: [{ value: 'r', text: { en: 'R' } }],
      },
      { type: 'matrixdropdown', name: 'd', titleLocation: 'hidden', columns: [{ name: 'n' }] },
    );
    expect(lines({ ...questionnaire, description: { ru: 'О' } })).toEqual([
      ['whole/description description', 'null null needed', { ru: 'О' }],
      ['question:q/title pages.0.elements.0.title', 'q p needed', 'D'],
      ['question:q/choices/v/text pages.0.elements.0.choices.5.text', 'q p needed', 'V'],
      ['question:q/choices/word/text pages.0.elements.0.choices.0', 'q p needed implied', {}],
      ['question:q/choices/12 months/text pages.0.elements.0.choices.3', 'q p needed implied', {}],
      ['panel:box/title pages.0.elements.1.title', 'box p needed', 'Box'],
      ['question:h/html pages.0.elements.1.elements.0.html', 'h p needed', 'H'],
      ['question:m/title pages.0.elements.2', 'm p needed implied', {}],
      ['question:g/title pages.0.elements.3.title', 'g p needed', 'G'],
      ['question:g/rows/r/text pages.0.elements.3.rows.0.text', 'g p needed', { en: 'R' }],
      ['question:g/columns/c/text pages.0.elements.3.columns.0', 'g p needed implied', {}],
      ['question:d/columns/n/title pages.0.elements.4.columns.0', 'd p needed implied', {}],
    ]);
  });

  it('are left out where an author hides them, and where there is nothing to say', () => {
    expect(keys(page({ type: 'text', name: 'q', title: '' }))).toEqual([]);
    expect(keys(page({ type: 'text', name: 'q', title: { kk: '' } }))).toEqual([]);
    expect(keys(page({ type: 'text', name: 'q', titleLocation: 'hidden' }))).toEqual([]);
    expect(keys(page({ type: 'text', name: 'q', titleLocation: 'left' }))).toEqual([
      'question:q/title',
    ]);
    expect(keys(page({ type: 'expression', name: 'q' }))).toEqual([]);
  });

  it('are counted by language, those that must be there only', () => {
    const texts = textsOf({
      ...page({ type: 'text', name: 'q', title: { kk: 'Қ', ru: 'Р' }, placeholder: { kk: 'П' } }),
      title: { kk: 'Т' },
      logo: { en: 'address' },
    });
    expect(completenessOf(texts)).toEqual({
      kk: { done: 3, of: 3 },
      ru: { done: 1, of: 3 },
      en: { done: 0, of: 3 },
    });
  });

  it('are written in the main language where they have none', () => {
    expect([{}, { locale: 'ru' }, { locale: 'de' }, { locale: 5 }].map(mainLanguageOf)).toEqual([
      ...['kk', 'ru', 'kk', 'kk'],
    ]);
  });
});

describe('edits of texts', () => {
  const questionnaire = page({
    type: 'text',
    name: 'q',
    title: { kk: 'Қ', ru: 'Р', default: 'D' },
  });
  const titled = (texts: object, key = 'question:q/title') => {
    const edited = applyTexts(questionnaire, [{ key, texts }]);
    return [(edited.questionnaire as Json).pages[0].elements[0].title, edited.unknown];
  };

  it('add, change and take away one language, and leave the others', () => {
    expect(titled({ ru: 'Р2' })).toEqual([{ kk: 'Қ', ru: 'Р2', default: 'D' }, []]);
    expect(titled({ kk: '' })).toEqual([{ ru: 'Р', default: 'D' }, []]);
    expect(titled({})).toEqual([{ kk: 'Қ', ru: 'Р', default: 'D' }, []]);
  });

  it('make a text without a language needless once all three are there', () => {
    expect(titled({ en: 'E' })).toEqual([{ kk: 'Қ', ru: 'Р', en: 'E' }, []]);
  });

  it('name the keys that lead nowhere', () => {
    const same = { kk: 'Қ', ru: 'Р', default: 'D' };
    expect(titled({ en: 'E' }, 'question:gone/title')).toEqual([same, ['question:gone/title']]);
    expect(titled({ en: 'E' }, 'question:q/visibleIf')).toEqual([same, ['question:q/visibleIf']]);
    expect(titled({ en: 'E' }, 'nonsense')).toEqual([same, ['nonsense']]);
  });
});
