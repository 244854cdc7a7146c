import mongoose from 'mongoose';
import type { Device } from '../../api/src/contracts/devices.ts';
import { describeInChromium, journey } from '../support/browser.ts';
import { enterPin } from '../support/pin-on-screen.ts';
import { startStoreProcess } from '../support/store-process.ts';
import { until } from '../support/small-world.ts';
import { kk, press, shown, t, Tablet } from '../support/tablet.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Makes the page's own clock one that can be set, as somebody sets a tablet's; what is monotonic stays. */
const settableClock = `(() => {
  const Right = Date;
  const ahead = () => Number(localStorage.getItem('clock-ahead') ?? 0);
  globalThis.Date = class extends Right {
    constructor(...parts) {
      super(...(parts.length > 0 ? parts : [Right.now() + ahead()]));
    }
    static now() {
      return Right.now() + ahead();
    }
  };
})()`;

describeInChromium('a tablet whose clock is moved, in real Chromium', () => {
  let tablet: Tablet;
  let begunAt: number;

  const step = journey(() => tablet.page);

  beforeAll(async () => {
    tablet = await Tablet.start('clock');
    await tablet.browser.context().addInitScript(settableClock);
    await tablet.enter();
  });

  afterAll(() => tablet?.stop());

  const setAhead = (ms: number) => tablet.page.evaluate(`localStorage['clock-ahead'] = ${ms}`);

  step('locks itself when a day has passed by its clock, and loses no answer', async () => {
    const { page } = tablet;
    await tablet.assignmentCard().click();
    begunAt = Date.now();
    await tablet.beginInterview();
    await tablet.takePages(1, 3);
    await setAhead(dayMs);
    await shown(page, t('lock.title'));
    await enterPin(page, kk);
    await tablet.saved(3);
    expect(await tablet.missingOn(3)).toEqual([]);
  });

  step('seals and sends the interview all the same', async () => {
    const { page, pages } = tablet;
    await tablet.turnTo(4);
    await tablet.takePages(4, pages.length);
    await tablet.seal();
    await shown(page, t('custody.held'));
  });

  step(
    'keeps what the server holds for fourteen days of the server’s clock, not its own',
    async () => {
      const { page } = tablet;
      await setAhead(20 * dayMs);
      await tablet.goToField();
      await enterPin(page, kk);
      await page.getByRole('button', { name: t('strip.nothingWaits') }).click();
      await press(page, t('outbox.syncNow'));
      await page.getByRole('button', { name: t('outbox.syncNow'), disabled: false }).waitFor();
      await shown(page, t('outbox.held', { count: '1' }));
    },
  );

  step('is seen by the supervisor with its clock off and nothing missing', async () => {
    const supervisor = await tablet.app.signIn('supervisor');
    const found = await until(async () => {
      const { devices } = await supervisor.get<{ devices: Device[] }>('/devices');
      const offset = devices[0].report?.clockOffsetMs ?? 0;
      return Math.abs(offset - 20 * dayMs) < minuteMs ? devices[0] : null;
    });
    expect(found.custody).toMatchObject({ taken: 1, received: 1, missingCount: 0 });
  });

  step('left both clocks and the true length with the server', async () => {
    const { app, world } = tablet;
    const servedUntil = Date.now();
    await app.kill();
    const store = await startStoreProcess(app.dataDir);
    const database = await mongoose.createConnection(store.uri).asPromise();
    const stored = await database
      .collection('interviews')
      .find({ waveId: world.wave.id })
      .toArray();
    await database.close();
    await store.end();
    await app.restart();
    expect(stored).toHaveLength(1);
    const [{ startedAt, completedAt, receivedAt, durationMs }] = stored as unknown as Record<
      string,
      Date & number
    >[];
    // By the tablet's clock it took a day; by the clock that nobody can set, as long as it took.
    expect(completedAt.getTime() - startedAt.getTime()).toBeGreaterThan(dayMs - minuteMs);
    expect(durationMs).toBeLessThan(servedUntil - begunAt);
    expect(receivedAt.getTime()).toBeGreaterThan(begunAt);
    expect(receivedAt.getTime()).toBeLessThan(servedUntil);
    expect(tablet.browser.faults).toEqual([]);
  });
});
