import { CheckTab } from '../../../web/src/features/designer/check/CheckTab.tsx';
import { showPart } from './support.tsx';

const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');

describe('the Check tab', () => {
  it('shows how long reading aloud takes in each language', async () => {
    const title = { kk: words(166), ru: words(92), en: words(57) };
    const { screen } = await showPart(<CheckTab />, {
      pages: [{ name: 'one', elements: [{ type: 'comment', name: 'q', title }] }],
    });
    screen.getByText('Reading aloud takes: Қазақша: 1 min · Русский: 0.5 min · English: 0.3 min');
  });
});
