import { toXlsForm } from '../../../api/src/domain/xlsform/export.ts';
import { ask, written } from '../../support/written-form.ts';

describe('what is written of pages and of the whole, cell by cell', () => {
  it('one page with a name of its own', () => {
    expect(
      written({ pages: [{ name: 'start', elements: [{ type: 'text', name: 'q' }] }] }),
    ).toEqual([
      'survey',
      'type=begin_group | name=start | appearance=field-list',
      'type=text | name=q',
      'type=end_group',
      'choices',
      'settings',
      '',
    ]);
  });

  it('one page with a title', () => {
    expect(
      written({ pages: [{ name: 'page_1', title: 'T', elements: [{ type: 'text', name: 'q' }] }] }),
    ).toEqual([
      'survey',
      'type=begin_group | name=page_1 | label=T | appearance=field-list',
      'type=text | name=q',
      'type=end_group',
      'choices',
      'settings',
      '',
    ]);
  });

  it('two pages, the first one bare', () => {
    expect(
      written({
        pages: [
          { name: 'page_1', elements: [{ type: 'text', name: 'q' }] },
          { name: 'page_2', elements: [] },
        ],
      }),
    ).toEqual([
      'survey',
      'type=begin_group | name=page_1 | appearance=field-list',
      'type=text | name=q',
      'type=end_group',
      'type=begin_group | name=page_2 | appearance=field-list',
      'type=end_group',
      'choices',
      'settings',
      '',
    ]);
  });

  it('questions without a page', () => {
    expect(
      written({
        elements: [
          {
            type: 'text',
            name: 'q',
            title: { kk: 'К', default: 'D' },
            description: { default: 'H' },
          },
        ],
        questions: [{ type: 'text', name: 'r' }],
        title: { default: 'Title', ru: 'Т' },
        code: 'c',
        version: 2,
      }),
    ).toEqual([
      'survey',
      'type=text | name=q | label::Қазақша (kk)=К | hint::Қазақша (kk)=H',
      'type=text | name=r',
      'choices',
      'settings',
      'form_title=Title | form_id=c | version=2 | default_language=Қазақша (kk)',
      '! settings 2 form_title null: a form has its title in one language; left out: ru',
      '! survey 2 label::default q: texts in this language are left out: only Kazakh, Russian and English are kept',
    ]);
  });

  it('a title of no language', () => {
    expect(written({ ...ask({ type: 'text', name: 'q' }), title: null, version: '2' })).toEqual([
      'survey',
      'type=text | name=q',
      'choices',
      'settings',
      '',
    ]);
  });

  it('has headings even where there is no row, and no sheet of losses where nothing is lost', () => {
    const { sheets } = toXlsForm({ locale: 'ru', title: 'Т' });
    expect(sheets).toEqual([
      { name: 'survey', rows: [[]] },
      { name: 'choices', rows: [[]] },
      {
        name: 'settings',
        rows: [
          ['form_title', 'default_language'],
          ['Т', 'Русский (ru)'],
        ],
      },
    ]);
  });

  it('heads the sheet of losses', () => {
    expect(toXlsForm(ask({ type: 'image', name: 'logo' })).sheets[3].rows[0]).toEqual([
      ...['sheet', 'row', 'column', 'question', 'what became of it'],
    ]);
  });
});
