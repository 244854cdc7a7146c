import { fireEvent, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { setAt, type Doc } from '../../../web/src/features/designer/model/document.ts';
import { VersionsTab } from '../../../web/src/features/designer/versions/VersionsTab.tsx';
import { aSession, network, screenWidth, type Answers } from '../support/office.tsx';
import { aSummary, showPart } from './support.tsx';

const roads = {
  type: 'radiogroup',
  name: 'roads_quality',
  title: { kk: 'Жолдар қандай?', ru: 'Какие дороги?', en: 'How are the roads?' },
  choices: ['good', 'bad'],
  indicator: 'roads',
  scoring: { kind: 'map', scores: { good: 100, bad: 0 } },
};
const doc: Doc = {
  pages: [
    {
      name: 'first',
      elements: [roads, { ...roads, name: 'water_quality', indicator: 'water' }],
    },
  ],
};
const draft = setAt(
  setAt(doc, ['pages', 0, 'elements', 0, 'choices', 2], 'so-so'),
  ['pages', 0, 'elements', 1, 'title', 'ru'],
  'Какая вода?',
);
const summary = (version: number, retired: object | null = null) =>
  aSummary('akim-test', version, retired);
const answers = (over: Answers = {}): Answers => ({
  'GET /session': aSession('sociologist'),
  'GET /methodologies': { methodologies: [] },
  'GET /questionnaires': {
    questionnaires: [
      summary(2),
      summary(1, { at: '2026-11-23T10:00:00Z', by: 'Ерлан Ахмет', reason: 'A typo in Q3' }),
      { ...summary(7), code: 'another' },
    ],
  },
  'GET /questionnaires/akim-test/versions/2': { ...summary(2), questionnaire: doc },
  'GET /questionnaires/akim-test/versions/1': { ...summary(1), questionnaire: draft },
  ...over,
});

beforeEach(() => screenWidth(1280));

describe('the versions of a questionnaire', () => {
  it('tells who published and who retired each one, and why', async () => {
    network(answers());
    const { screen } = await showPart(<VersionsTab />, draft);
    const table = await screen.findByRole('table', { name: 'Published versions' });
    const [second, first, ...others] = within(table).getAllByRole('row').slice(1);
    expect(others).toEqual([]);
    expect(second?.textContent).toContain('Айгүл Серік');
    expect(first?.textContent).toContain('Ерлан Ахмет. Reason: A typo in Q3');
    expect(within(first).queryByRole('button')).toBeNull();
    await screen.findByText('roads');
  });

  it('compares the draft with the newest version and says what that does to each indicator', async () => {
    network(answers());
    const { screen } = await showPart(<VersionsTab />, draft);
    const roadsLine = (await screen.findByText('roads')).closest('li');
    expect(roadsLine?.textContent).toContain('not comparable');
    expect(roadsLine?.textContent).toContain('roads_quality: Choice added');
    expect(screen.getByText('water').closest('li')?.textContent).toMatch(
      /to be checked.*water_quality: Reworded \(ru\)/,
    );
    const reworded = screen.getByText('Reworded (Text, ru)').closest('li');
    expect(reworded?.querySelector('del')?.textContent).toBe('ru: Какие дороги?');
    expect(reworded?.querySelector('ins')?.textContent).toBe('ru: Какая вода?');
    fireEvent.change(screen.getByLabelText('Before'), { target: { value: '1' } });
    expect(await screen.findByText('There is no difference.')).toBeTruthy();
  });

  it('names answers that came and went, and says nothing twice of a question that did', async () => {
    network(answers());
    const named = { value: 'so-so', text: { kk: 'Орташа', ru: 'Так себе', en: 'So so' } };
    const more = setAt(draft, ['pages', 0, 'elements', 0, 'choices', 2], named);
    const added = { type: 'comment', name: 'why', title: { en: 'Why is that?' } };
    const { screen } = await showPart(
      <VersionsTab />,
      setAt(more, ['pages', 0, 'elements', 2], added),
    );
    const choice = (await screen.findByText('Choice added (Choices)')).closest('li');
    expect(choice?.querySelector('ins')?.textContent).toBe('So so');
    expect(screen.getByText('Question added').closest('li')?.textContent).toBe('Question added');
    expect(screen.getByText('Why is that?').tagName).toBe('H4');
  });

  it('says in words how an answer was and is scored, and which answers are none', async () => {
    network(answers());
    const question = ['pages', 0, 'elements', 0];
    const rescored = setAt(doc, [...question, 'scoring'], {
      kind: 'map',
      scores: { good: 80, bad: 20 },
    });
    const named = setAt(rescored, [...question, 'choices', 0], {
      value: 'good',
      text: { en: 'Good roads' },
    });
    const { screen } = await showPart(
      <VersionsTab />,
      setAt(named, [...question, 'missingValues'], { dontKnow: ['bad'], refused: ['none'] }),
    );
    const line = (await screen.findByText('Rescored')).closest('li');
    expect(line?.querySelector('del')?.textContent).toBe('good — 100, bad — 0');
    expect(line?.querySelector('ins')?.textContent).toBe('Good roads — 80, bad — 20');
    const missing = screen.getByText('What counts as no answer changed').closest('li');
    expect(missing?.querySelector('ins')?.textContent).toBe('does not know: bad; refused: none');
  });

  it('retires a version only with a reason', async () => {
    const asked = network(
      answers({ 'POST /questionnaires/akim-test/versions/2/retire': summary(2) }),
    );
    const { screen } = await showPart(<VersionsTab />, draft);
    fireEvent.click(await screen.findByRole('button', { name: 'Retire' }));
    const dialog = await screen.findByRole('dialog', { name: /Retire akim-test, version 2/ });
    const confirm = within(dialog).getByRole('button', { name: 'Retire' });
    fireEvent.click(confirm);
    expect(within(dialog).getByText('Write down the reason')).toBeTruthy();
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
    fireEvent.change(within(dialog).getByLabelText('Reason'), { target: { value: 'Q3 is wrong' } });
    fireEvent.click(confirm);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const [sent] = asked.filter(({ method }) => method === 'POST');
    expect(JSON.parse(sent?.body as string)).toEqual({ reason: 'Q3 is wrong' });
  });

  it('offers no retiring to whoever may not publish, and says when nothing is published', async () => {
    network(answers({ 'GET /session': aSession('official') }));
    const { screen } = await showPart(<VersionsTab />, draft);
    await screen.findByRole('table', { name: 'Published versions' });
    await screen.findByText('roads');
    expect(screen.queryByRole('button', { name: 'Retire' })).toBeNull();
    screen.unmount();
    network(answers({ 'GET /questionnaires': { questionnaires: [] } }));
    const { screen: empty } = await showPart(<VersionsTab />, draft);
    expect(await empty.findByText('Nothing is published yet')).toBeTruthy();
  });

  it('keeps nobody out', async () => {
    network(answers());
    const { screen } = await showPart(<VersionsTab />, draft);
    await screen.findByText('roads');
    const { violations } = await axe.run(screen.container, {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  });
});
