import { act, fireEvent, screen, within } from '@testing-library/react';
import { locales, type Locale } from '@akimetr/api/contracts/common';
import { Page } from '../../../web/src/features/questionnaires/QuestionnairesPage.tsx';
import { setLocale } from '../../../web/src/lib/i18n.ts';
import { aSession, meta, network, openOffice, screenWidth } from '../support/office.tsx';

const faults = [
  {
    ...{
      path: 'pages.0.elements.0',
      question: 'roads',
      severity: 'error',
      page: 'p',
      message: '-',
    },
    ...{ code: 'reference_unknown', params: { property: 'visibleIf', name: 'gone' } },
  },
  {
    ...{ path: 'pages.0.elements.1', question: 'sign', severity: 'error', page: 'p', message: '-' },
    ...{ code: 'type_unaskable', params: { type: 'signaturepad' } },
  },
  {
    ...{
      path: 'pages.0.elements.2',
      question: 'water',
      severity: 'error',
      page: 'p',
      message: '-',
    },
    ...{ code: 'text_missing', params: { property: 'choices/yes/text', languages: 'kk' } },
  },
];

beforeEach(() => screenWidth(1280));

const words: Record<Locale, string[]> = {
  kk: ['«Мына шартпен қойылады»', '«Қолтаңба»', '«Жауап нұсқалары: yes»'],
  ru: ['«Задаётся, если»', '«Подпись»', '«Варианты ответа: yes»'],
  en: ['“Asked if”', '“Signature”', '“Choices: yes”'],
};

describe('findings in a file that is to be published', () => {
  it('are told in the words of the designer, in each language', async () => {
    network({
      'GET /meta': meta,
      'GET /session': aSession('sociologist'),
      'GET /questionnaires': { questionnaires: [] },
      'GET /questionnaire-drafts': { drafts: [] },
      'POST /questionnaires/check': { faults, readingMinutes: { kk: 1, ru: 1, en: 1 } },
    });
    await openOffice({ '/questionnaires': Page }, '/questionnaires');
    fireEvent.click(await screen.findByRole('button', { name: 'Publish from a file' }));
    const dialog = await screen.findByRole('dialog');
    const text = JSON.stringify({ code: 'akim-short', pages: [] });
    const file = Object.assign(new File([text], 'short.json'), {
      text: () => Promise.resolve(text),
    });
    fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [file] } });
    const table = await within(dialog).findByRole('table');
    for (const locale of locales) {
      await act(() => setLocale(locale));
      for (const word of words[locale]) expect(table.textContent).toContain(word);
      expect(table.textContent).not.toMatch(/visibleIf|signaturepad|choices/);
    }
  });
});
