import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Device } from '../../api/src/contracts/devices.ts';
import type { Rescued } from '../../api/src/contracts/rescue.ts';
import type { HttpClient } from '../../scripts/http-client.ts';
import { expectOpenToAll } from '../support/accessibility.ts';
import { describeInChromium, journey, text } from '../support/browser.ts';
import { choosePin, enterPin, pin } from '../support/pin-on-screen.ts';
import { readQrCode } from '../support/qr-on-screen.ts';
import { Program } from '../support/program.ts';
import { password } from '../support/running-app.ts';
import { kk, press, shown, t, Tablet } from '../support/tablet.ts';

describeInChromium('a tablet in trouble, in real Chromium', () => {
  let tablet: Tablet;
  let supervisor: HttpClient;
  let rescue: { readonly path: string; readonly content: unknown };

  const step = journey(() => tablet.page);

  beforeAll(async () => {
    tablet = await Tablet.start('rescue');
    supervisor = await tablet.app.signIn('supervisor');
  });

  afterAll(() => tablet?.stop());

  step('is enrolled by the code on the supervisor’s screen: scan, set the PIN, done', async () => {
    const { page, app, world } = tablet;
    const office = (key: string) => text(kk, `office.${key}`);
    await page.goto(`${app.url}/devices`);
    await page.getByLabel(office('signIn.login'), { exact: true }).fill('supervisor');
    await page.getByLabel(office('signIn.password'), { exact: true }).fill(password);
    await press(page, text(kk, 'common.actions.signIn'));
    await press(page, office('devices.enrol'));
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: office('devices.interviewer') }).click();
    await page.getByRole('option', { name: /\(interviewer\)/ }).click();
    await press(page, office('devices.makeCode'));
    const code = await dialog.getByText(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/).textContent();
    const scanned = await readQrCode(dialog.getByRole('img'));
    expect(scanned).toBe(`${app.url}/field/#/enrol?code=${code}`);
    await page.goto(scanned!);
    await shown(page, t('lock.new.title'));
    expect(page.url()).toBe(`${app.url}/field/`);
    await choosePin(page, kk);
    await tablet.assignmentCard().waitFor();
    const { devices } = await supervisor.get<{ devices: Device[] }>('/devices');
    expect(devices.map(({ interviewers }) => interviewers.map(({ name }) => name))).toEqual([
      [world.assignments[0].interviewerName],
    ]);
  });

  step('lets only one of two tabs write a draft, until the first is closed', async () => {
    const { page, browser } = tablet;
    await tablet.assignmentCard().click();
    await tablet.beginInterview();
    await tablet.saved(1);
    const second = await browser.context().newPage();
    await second.goto(page.url());
    await enterPin(second, kk);
    await expectOpenToAll(second, (locale) =>
      shown(second, text(locale, 'field.interview.anotherTab')),
    );
    await press(second, t('interview.openHere'));
    await shown(second, t('interview.anotherTab'));
    await page.close();
    // The app waits two seconds for a tab just closed to let go; a slow browser may need longer.
    await second.waitForFunction(async () => (await navigator.locks.query()).held?.length === 0);
    await press(second, t('interview.openHere'));
    await tablet.saved(1);
  });

  step('seals an interview without network', async () => {
    await tablet.browser.context().setOffline(true);
    await tablet.takePages(1, tablet.pages.length);
    await tablet.seal();
    await shown(tablet.page, t('custody.queued'));
    // The browser is asked to wake the app when it sees a network, also while it is out of sight.
    await tablet.page.waitForFunction(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/field/');
      const { sync } = registration as unknown as { sync: { getTags(): Promise<string[]> } };
      return (await sync.getTags()).includes('akimetr-outbox');
    });
  });

  step('saves a rescue file while it is locked, which only the server can read', async () => {
    const { page } = tablet;
    await page.reload();
    await shown(page, t('lock.title'));
    await page.getByText(t('rescue.unsent', { count: '1' })).click();
    const download = page.waitForEvent('download');
    await press(page, t('rescue.save'));
    const path = await (await download).path();
    const file = readFileSync(path, 'utf8');
    await expectOpenToAll(page, (locale) =>
      shown(page, text(locale, 'field.rescue.saved', { count: '1' })),
    );
    rescue = { path, content: JSON.parse(file) };
    expect(rescue.content).toMatchObject({ format: 'akimetr-rescue-1' });
    expect(file).not.toContain('answers');
    expect(file).not.toContain(pin);
  });

  step('has it imported by the supervisor, once and again', async () => {
    const { interviews } = await supervisor.post<{ interviews: Rescued[] }>(
      '/rescue',
      rescue.content,
    );
    expect(interviews.map(({ receipt }) => receipt?.status)).toEqual(['stored']);
    const script = new Program(
      'scripts/import-rescue.ts',
      { AKIMETR_PASSWORD: password },
      ...['--login', 'supervisor', '--url', tablet.app.url, rescue.path],
    );
    const { code, stdout } = await script.ended;
    const line = stdout.trim().split('\t').slice(1);
    expect([code, line]).toEqual([0, ['1', interviews[0].id, 'duplicate']]);
  });

  step('gets a new PIN with the supervisor’s code, and still has its interview', async () => {
    const { page, browser, world } = tablet;
    await page.evaluate(() =>
      navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent) =>
        Object.assign(window, { woken: data }),
      ),
    );
    await browser.context().setOffline(false);
    await wakeWorker(page, tablet.app.url);
    const woken = await page.waitForFunction(() => (window as { woken?: unknown }).woken);
    expect(await woken.jsonValue()).toEqual({ type: 'network-is-back' });
    const { id } = await world.interviewer
      .get<{ session: { user: { id: string } } }>('/session')
      .then(({ session }) => session.user);
    const { code } = await supervisor.post<{ code: string }>('/pin-resets', { interviewerId: id });
    await press(page, t('lock.forgotten.title'));
    await expectOpenToAll(page, (locale) => shown(page, text(locale, 'field.lock.forgotten.lead')));
    for (const label of ['new.first', 'new.again']) {
      await page.getByLabel(t(`lock.${label}`)).fill('7391');
      await page.keyboard.press('Enter');
    }
    await expectOpenToAll(page, (locale) =>
      page.getByLabel(text(locale, 'field.lock.forgotten.code')).waitFor(),
    );
    await page.getByLabel(t('lock.forgotten.code')).fill(code);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: t('strip.nothingWaits') }).click();
    await shown(page, t('outbox.held', { count: '1' }));
    expect(browser.faults).toEqual([]);
  });
});

/** What the browser does as soon as it sees a network; how soon that is, is its own affair, so DevTools does it here. */
async function wakeWorker(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const ofField = new Promise<string>((found) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const field = registrations.find(({ scopeURL }) => scopeURL === `${origin}/field/`);
      if (field) found(field.registrationId);
    }),
  );
  await session.send('ServiceWorker.enable');
  const [registrationId, tag] = [await ofField, 'akimetr-outbox'];
  const event = { origin, registrationId, tag, lastChance: false };
  await session.send('ServiceWorker.dispatchSyncEvent', event);
}
