import { fireEvent, screen } from '@testing-library/react';
import { useLocation } from 'react-router';
import type { Scenario } from '@akimetr/api/contracts/questionnaire-drafts';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import { PublishDialog } from '../../../web/src/features/designer/draft/PublishDialog.tsx';
import { network } from '../support/office.tsx';
import { showPart } from './support.tsx';

const doc = { pages: [{ name: 'p', elements: [{ type: 'text', name: 'age', isRequired: true }] }] };
const respondent = (name: string, asked: string[]): Scenario => ({
  name,
  language: 'en',
  answers: { age: '65' },
  expected: { asked, scores: {}, stuck: [] },
});

function Where() {
  return <output>{useLocation().search}</output>;
}

describe('publishing', () => {
  const open = async (scenarios: Scenario[], faults: QuestionnaireFault[] = []) => {
    network({
      'POST /questionnaires/check': { faults, readingMinutes: { kk: 1, ru: 1, en: 1 } },
    });
    const closed = jest.fn();
    await showPart(
      <>
        <PublishDialog onClose={closed} />
        <Where />
      </>,
      doc,
      scenarios,
    );
    await screen.findByText(/No faults|be published until/);
    return closed;
  };

  it('lists what was found with the word of how bad it is, the gravest first', async () => {
    const missing = { code: 'no_dont_know', severity: 'note', question: 'age', page: 'p' } as const;
    const at = { path: 'pages.0.elements.0', params: {}, message: 'm' };
    const gone = { ...missing, code: 'cycle', severity: 'error', question: 'why' } as const;
    await open(
      [],
      [
        { ...missing, ...at },
        { ...gone, ...at, params: { names: 'why, how' } },
      ],
    );
    const lines = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(lines.map((line) => /^\w+ \w+:/.exec(line)?.[0])).toEqual(['why Error:', 'age Note:']);
  });

  it('says which test respondents the draft asks otherwise, and leads to them', async () => {
    const closed = await open([
      respondent('The same', ['age']),
      respondent('A woman of 65', ['age', 'why']),
    ]);
    const note = await screen.findByRole('alert');
    expect(note.textContent).toContain('differently now: A woman of 65.');
    fireEvent.click(screen.getByRole('button', { name: 'Look at the differences' }));
    expect(closed).toHaveBeenCalled();
    expect(screen.getByText('?tab=preview')).not.toBeNull();
  });

  it('says nothing of them when all hold', async () => {
    await open([respondent('The same', ['age'])]);
    await import('../../../web/src/features/designer/preview/preview-survey.ts');
    await new Promise((done) => setTimeout(done));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
