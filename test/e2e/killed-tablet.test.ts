import type { Assignment } from '../../api/src/contracts/assignments.ts';
import type { Device } from '../../api/src/contracts/devices.ts';
import type { HttpClient } from '../../scripts/http-client.ts';
import { describeInChromium, journey } from '../support/browser.ts';
import { fillTablet } from '../support/fill-tablet.ts';
import { answerPage } from '../support/interview-on-screen.ts';
import { type Line, startLine } from '../support/line.ts';
import { enterPin } from '../support/pin-on-screen.ts';
import { freshRanking, until } from '../support/small-world.ts';
import { kk, press, shown, t, Tablet } from '../support/tablet.ts';

const handIn = 'POST /api/v1/interviews';

describeInChromium('a tablet whose browser is killed, in real Chromium', () => {
  let tablet: Tablet;
  let supervisor: HttpClient;
  let line: Line;

  const step = journey(() => tablet.page);

  beforeAll(async () => {
    tablet = await Tablet.start('killed');
    supervisor = await tablet.app.signIn('supervisor');
    line = await startLine(tablet.app.url);
    await tablet.enter(line.url);
    // The browser writes its cookies when it is closed, else half a minute later.
    await tablet.browser.restart('closed');
    await tablet.goToField(line.url);
  });

  afterAll(async () => {
    await line?.close();
    await tablet?.stop();
  });

  const stored = async (): Promise<number> => {
    const { world, assignment } = tablet;
    const { assignments } = await world.sociologist.get<{ assignments: Assignment[] }>(
      `/assignments?wave=${world.wave.id}`,
    );
    return assignments.find(({ id }) => id === assignment.id)!.interviewsReceived;
  };

  const custody = async () => {
    const { devices } = await supervisor.get<{ devices: Device[] }>('/devices');
    return devices[0].custody;
  };

  /** So many more sealed; the app that shows them begins to send, and the message gets stuck; then it is killed. */
  const dieSending = async (what: 'request' | 'answer', count: number): Promise<void> => {
    const { page, assignment, world, browser } = tablet;
    await fillTablet(page, assignment, world.version, count);
    await page.goto(`${line.url}/field/outbox`);
    const stuck = line.hang(what, handIn);
    await enterPin(page, kk);
    await stuck;
    await browser.restart('killed');
  };

  /** As the interviewer opens it again: everything goes up by itself. */
  const openAgain = async (count: number): Promise<void> => {
    const { page } = tablet;
    await page.goto(`${line.url}/field/outbox`);
    await enterPin(page, kk);
    await shown(page, t('outbox.held', { count: String(count) }));
    expect(await stored()).toBe(count);
    const found = await until(async () => {
      const now = await custody();
      return now.taken === count ? now : null;
    });
    expect(found).toMatchObject({ taken: count, received: count, onDevice: [], missingCount: 0 });
  };

  step('has sent nothing when it dies before its message has reached the server', async () => {
    await dieSending('request', 3);
    expect(await stored()).toBe(0);
    await openAgain(3);
  });

  step('does not send twice what the server has when it dies before it hears so', async () => {
    await dieSending('answer', 60);
    // The first batch of two is with the server, and the tablet does not know.
    expect(await stored()).toBe(3 + 50);
    await openAgain(3 + 60);
  });

  step('loses no more than the last touch when it dies while an answer is written', async () => {
    const { page, browser } = tablet;
    await page.goto(`${line.url}/field/`);
    await tablet.unlock();
    await tablet.assignmentCard().click();
    await tablet.beginInterview();
    await tablet.takePages(1, 2);
    await tablet.turnTo(3);
    await tablet.saved(3);
    const [third] = tablet.pages.slice(2);
    const before = { ...third, elements: third.elements.slice(0, -1) };
    await answerPage(page, before, tablet.answers, kk);
    await tablet.saved(3);
    await answerPage(page, third, tablet.answers, kk);
    await browser.restart('killed');
    await tablet.goToField(line.url);
    await tablet.resume();
    await tablet.saved(3);
    expect((await tablet.missingOn(3)).length).toBeLessThanOrEqual(1);
    await press(tablet.page, tablet.questionnaireText('pagePrevText'));
    await tablet.saved(2);
    expect(await tablet.missingOn(2)).toEqual([]);
  });

  step('ends with every interview exactly once on the server', async () => {
    await tablet.turnTo(3);
    await tablet.takePages(3, tablet.pages.length);
    await tablet.seal();
    await shown(tablet.page, t('custody.held'));
    const total = 3 + 60 + 1;
    expect(await stored()).toBe(total);
    const { world, assignment, browser } = tablet;
    const ranking = await until(async () => {
      const rows = await freshRanking(world.sociologist, world.wave.id);
      return rows.get(assignment.akimId)?.n === total ? rows : null;
    });
    expect(ranking.get(assignment.akimId)).toMatchObject({ n: total });
    expect(browser.faults).toEqual([]);
  });
});
