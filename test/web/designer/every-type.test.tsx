import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { Survey } from 'survey-react-ui';
import { previewSurvey } from '../../../web/src/features/designer/preview/preview-survey.ts';
import { StructureTab } from '../../../web/src/features/designer/structure/StructureTab.tsx';
import { aQuestion, questionTypes } from '../../support/random-questionnaire.ts';
import { screenWidth } from '../support/office.tsx';
import { showPart } from './support.tsx';
import fc from '../../support/fast-check.ts';

/** A question with little but its type, and two with whatever else their metadata allows; the same in every run. */
const samplesOf = (type: string) => [
  { type, name: 'sample', choices: ['a', 'b'] },
  ...fc.sample(aQuestion(type, 'sample'), { numRuns: 2, seed: 7 }),
];

beforeEach(() => screenWidth(1280));

describe.each(questionTypes)('a question of type %s', (type) => {
  it.each(samplesOf(type).map((sample) => [JSON.stringify(sample), sample] as const))(
    'opens, is left as it was, and renders: %s',
    async (_, question) => {
      // A condition may hide it, and a renderer of a name that nobody gave shows nothing.
      const { visibleIf: _visibleIf, renderAs: _renderAs, ...shownAsIs } = question;
      const doc = { pages: [{ name: 'page_1', elements: [shownAsIs] }] };
      const asOpened = JSON.stringify(doc);
      const { store, screen } = await showPart(<StructureTab />, doc);
      const row = screen.getAllByRole('treeitem').at(-1)!;
      fireEvent.click(row);
      expect(screen.getByRole('region', { name: 'Properties' }).textContent).toContain('Name');
      for (const group of screen.queryAllByRole('button', { expanded: false })) {
        if (group.closest('[aria-label="Properties"]')) fireEvent.click(group);
      }
      expect(store.history().past).toHaveLength(0);
      expect(JSON.stringify(store.doc())).toBe(asOpened);
      cleanup();
      const survey = previewSurvey(store.doc(), 'kk');
      const { container } = render(<Survey model={survey} />);
      await act(() => Promise.resolve());
      const isShown = survey.getQuestionByName('sample')?.isVisible === true;
      expect(isShown || question.visible === false).toBe(true);
      const shown = container.querySelector('[data-name="sample"]');
      expect([type, shown !== null]).toEqual([type, isShown]);
    },
  );
});
