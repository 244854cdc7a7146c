import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { QuestionnaireSummary } from '../../api/src/contracts/questionnaires.ts';
import type { Wave } from '../../api/src/contracts/waves.ts';
import { describeInChromium, journey } from '../support/browser.ts';
import { shortForm, until } from '../support/small-world.ts';
import { kk, press, shown, t, Tablet } from '../support/tablet.ts';

const newTitle = { kk: 'Жаңа кіріспе', ru: 'Новое вступление', en: 'A new introduction' };
const newPoint = 'Жаңа нүкте №1';

describeInChromium('a questionnaire that changes under an open draft, in real Chromium', () => {
  let tablet: Tablet;
  let newWave: Wave;

  const step = journey(() => tablet.page);

  beforeAll(async () => {
    tablet = await Tablet.start('version');
    await tablet.enter();
  });

  afterAll(() => tablet?.stop());

  const received = async (waveId: string): Promise<number> => {
    const { assignments } = await tablet.world.sociologist.get<{ assignments: Assignment[] }>(
      `/assignments?wave=${waveId}`,
    );
    return assignments.reduce((sum, { interviewsReceived }) => sum + interviewsReceived, 0);
  };

  step('is begun with the version of that day', async () => {
    await tablet.assignmentCard().click();
    await tablet.beginInterview();
    await tablet.takePages(1, 2);
    await press(tablet.page, t('interview.leave'));
    await tablet.page.getByText(t('draft.resume'), { exact: true }).waitFor();
  });

  step('meets a new wave with a new version at the next sync', async () => {
    const { world, page } = tablet;
    const questionnaire = shortForm();
    const pages = questionnaire.pages as { title: object }[];
    pages[0] = { ...pages[0], title: newTitle };
    const { code, version } = await world.sociologist.post<QuestionnaireSummary>(
      `/questionnaires/${String(questionnaire.code)}/versions`,
      { questionnaire: { ...questionnaire, version: world.version.version + 1 } },
    );
    expect(version).toBe(world.version.version + 1);
    const { methodology, name, opensOn, closesOn } = world.wave;
    const questionnaires = [{ level: 'district', code, version }];
    const wave = { code: 'second-wave', name, questionnaires, methodology, opensOn, closesOn };
    const { id } = await world.sociologist.post<Wave>('/waves', wave);
    await world.sociologist.post(`/waves/${id}/lock`);
    newWave = await world.sociologist.post<Wave>(`/waves/${id}/open`);
    const { akimId, samplingPoint } = tablet.assignment;
    await world.sociologist.post('/assignments', {
      waveId: id,
      assignments: [
        {
          akimId,
          interviewer: 'interviewer',
          samplingPoint: { ...samplingPoint, code: 'new-1', name: newPoint },
          baseWeight: 100,
          targetInterviews: 10,
        },
      ],
    });
    await tablet.goToField();
    await tablet.unlock();
    await page.getByRole('button', { name: newPoint }).waitFor();
  });

  step('finishes on its own version, and is stored', async () => {
    const { page, world, pages } = tablet;
    await press(page, t('draft.resume'));
    await tablet.saved(2);
    expect(await tablet.missingOn(2)).toEqual([]);
    await press(page, tablet.questionnaireText('pagePrevText'));
    await shown(page, pages[0].title[kk]);
    await tablet.turnTo(2);
    await tablet.turnTo(3);
    await tablet.takePages(3, pages.length);
    await tablet.seal();
    await shown(page, t('custody.held'));
    await until(async () => ((await received(world.wave.id)) === 1 ? true : null));
  });

  step('gives the new assignment the new version, and stores that too', async () => {
    const { page, pages } = tablet;
    await press(page, t('sealed.home'));
    await page.getByRole('button', { name: newPoint }).click();
    await tablet.beginInterview();
    await shown(page, newTitle.kk);
    await tablet.takePages(1, pages.length);
    await tablet.seal();
    await shown(page, t('custody.held'));
    await until(async () => ((await received(newWave.id)) === 1 ? true : null));
    expect(await received(tablet.world.wave.id)).toBe(1);
    expect(tablet.browser.faults).toEqual([]);
  });
});
