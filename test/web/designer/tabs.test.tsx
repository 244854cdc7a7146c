import { fireEvent } from '@testing-library/react';
import { Designer } from '../../../web/src/features/designer/Designer.tsx';
import { showPart } from './support.tsx';

/** A check that is never done: jsdom has no workers. */
class Running {
  postMessage() {}
  terminate() {}
}

describe('the tabs of the designer', () => {
  const open = async () => {
    globalThis.Worker = Running as never;
    const questionnaire = { pages: [{ name: 'p', elements: [{ type: 'comment', name: 'why' }] }] };
    const now = { at: '2026-11-22T10:00:00Z', by: 'A' };
    const draft = {
      code: 'akim-rural',
      revision: 1,
      basedOn: null,
      title: { kk: 'Ауыл', ru: 'Село', en: 'Rural' },
      questions: 1,
      scenarios: [],
      createdAt: now.at,
      createdBy: now.by,
      changedAt: now.at,
      changedBy: now.by,
      questionnaire,
    };
    const { screen } = await showPart(<Designer draft={draft} />, questionnaire);
    const tab = (name: string) => screen.getByRole('tab', { name });
    const chosen = () => screen.getByRole('tab', { selected: true }).textContent;
    const panel = (name: string) => screen.findByRole('tabpanel', { name });
    return { screen, tab, chosen, panel };
  };

  it('are chosen at once, while the part is on its way and the one before it stays', async () => {
    const { screen, tab, chosen, panel } = await open();
    fireEvent.click(tab('Files'));
    expect(chosen()).toBe('Files');
    expect(screen.getByRole('tabpanel', { name: 'Structure' })).toHaveAttribute(
      'aria-busy',
      'true',
    );
    expect(await panel('Files')).toHaveAttribute('aria-busy', 'false');
    fireEvent.click(tab('Structure'));
    expect(await panel('Structure')).toHaveAttribute('aria-busy', 'false');
    expect(chosen()).toBe('Structure');
  });

  it('are passed by the arrows as fast as they are pressed', async () => {
    const { tab, chosen, panel } = await open();
    tab('Structure').focus();
    for (let pressed = 0; pressed < 3; pressed += 1) {
      fireEvent.keyDown(document.activeElement!, { key: 'ArrowRight' });
    }
    expect(chosen()).toBe('Preview');
    expect(document.activeElement).toBe(tab('Preview'));
    expect(await panel('Preview')).toHaveAttribute('aria-busy', 'false');
  });
});
