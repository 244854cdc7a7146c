import { act, fireEvent, within } from '@testing-library/react';
import { findingsOf, readingMinutes } from '../../../api/src/domain/questionnaire-check.ts';
import { textsOf } from '../../../api/src/domain/questionnaire-texts.ts';
import { finding } from '../../../api/src/domain/questionnaire-messages.ts';
import { Designer } from '../../../web/src/features/designer/Designer.tsx';
import { CheckTab } from '../../../web/src/features/designer/check/CheckTab.tsx';
import { CheckContext } from '../../../web/src/features/designer/check/use-findings.ts';
import { StructureTab } from '../../../web/src/features/designer/structure/StructureTab.tsx';
import { network, screenWidth, type Answers } from '../support/office.tsx';
import { showPart } from './support.tsx';

const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');

describe('the Check tab', () => {
  it('shows how long reading aloud takes in each language, and what was found', async () => {
    const title = { kk: words(166), ru: words(92), en: words(57) };
    const doc = { pages: [{ name: 'one', elements: [{ type: 'comment', name: 'q', title }] }] };
    const checked = { findings: findingsOf(doc), minutes: readingMinutes(textsOf(doc)) };
    const { screen, store } = await showPart(
      <CheckContext value={checked}>
        <CheckTab />
      </CheckContext>,
      doc,
    );
    screen.getByText('Reading aloud takes: Қазақша: 1 min · Русский: 0.5 min · English: 0.3 min');
    screen.getByText(/Errors: 2, warnings: 0/);
    store.select(['pages', 0]);
    fireEvent.click(screen.getByRole('button', { name: 'The whole questionnaire' }));
    expect(store.history().present.selected).toBe('[]');
  });

  it('says that it is still checking, and that it could not: never that nothing was found', async () => {
    const { screen } = await showPart(<CheckTab />, { pages: [] });
    expect(screen.getByRole('status').textContent).toBe('Checking the draft…');
    screen.unmount();
    const failed = await showPart(
      <CheckContext value="failed">
        <CheckTab />
      </CheckContext>,
      { pages: [] },
    );
    expect(failed.screen.getByRole('status').textContent).toContain('could not be run here');
  });
});

describe('the whole check', () => {
  const doc = { pages: [{ name: 'one', elements: [{ type: 'comment', name: 'q' }] }] };
  const own = () => ({ findings: findingsOf(doc), minutes: { kk: 1, ru: 1, en: 1 } });
  const before = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = before;
  });
  /** Finds at once what the page itself can find. */
  class Checking {
    onmessage?: (message: { data: unknown }) => void;
    postMessage() {
      this.onmessage?.({ data: own() });
    }
    terminate() {}
  }
  const show = (answers: Answers) => {
    globalThis.Worker = Checking as never;
    const asked = network(answers);
    const now = { createdAt: '2026-11-22T10:00:00Z', createdBy: 'A' };
    const draft = {
      ...{ code: 'akim-rural', revision: 1, basedOn: null, title: {}, questions: 1, scenarios: [] },
      ...{ ...now, changedAt: now.createdAt, changedBy: 'A', questionnaire: doc },
    };
    return showPart(<Designer draft={draft} />, doc).then((shown) => ({ ...shown, asked }));
  };

  it('has what only the server can tell, while somebody reads it', async () => {
    const more = finding('unknown_type', 'error', { question: 'q' }, { type: 'hologram' });
    const { screen, asked } = await show({
      'POST /questionnaires/check': {
        faults: [...findingsOf(doc), more],
        readingMinutes: own().minutes,
      },
    });
    const checks = () => asked.filter(({ path }) => path === '/questionnaires/check');
    const count = findingsOf(doc).length;
    await screen.findByRole('tab', { name: `Check (${count})` });
    expect(checks()).toEqual([]);
    fireEvent.click(screen.getByRole('tab', { name: `Check (${count})` }));
    await screen.findByRole('tab', { name: `Check (${count + 1})` });
    await screen.findByText(/hologram/);
    expect(checks().map(({ body }) => JSON.parse(body as string))).toEqual([
      { questionnaire: { ...doc, code: 'akim-rural' } },
    ]);
  });

  it('says where the server was not reached, and shows what was found here', async () => {
    const { screen } = await show({});
    const count = findingsOf(doc).length;
    fireEvent.click(await screen.findByRole('tab', { name: `Check (${count})` }));
    await screen.findByText(/the server was not reached/);
    screen.getByText(/Errors: 2/);
  });
});

describe('a circle of conditions', () => {
  it('is told at every question of it, not only at the first', async () => {
    screenWidth(1280);
    const question = (name: string, visibleIf?: string) => ({ type: 'comment', name, visibleIf });
    const elements = [question('a', '{b} notempty'), question('b', '{a} notempty'), question('c')];
    const doc = { pages: [{ name: 'one', elements }] };
    const checked = { findings: findingsOf(doc), minutes: { kk: 1, ru: 1, en: 1 } };
    const { screen, store } = await showPart(
      <CheckContext value={checked}>
        <StructureTab />
      </CheckContext>,
      doc,
    );
    const circle = 'These depend on each other in a circle: a, b.';
    for (const [place, told] of [true, true, false].entries()) {
      act(() => store.select(['pages', 0, 'elements', place]));
      const panel = await screen.findByRole('region', { name: 'Properties' });
      expect(within(panel).queryByText(circle, { exact: false }) !== null).toBe(told);
    }
  });
});
