import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { buildWebIfStale } from '../../scripts/build-web.ts';
import type { Print } from './server-bench.ts';

const dist = fileURLToPath(new URL('../../web/dist/field/', import.meta.url));

/** What only the office's code says: its component library, its charts, its QR codes. */
const officeOnly = ['data-mantine', 'is not a registered', 'invalid border='];

/** What a tablet downloads to work without network: every file of the service worker's list, as the line carries it. */
function benchBundle(print: Print): void {
  const worker = readFileSync(`${dist}sw.js`, 'utf8');
  const files = [...worker.matchAll(/url:"([^"]+)"/g)].map(([, url]) => url);
  const contents = files.map((file) => readFileSync(dist + file));
  const bytes = contents.map((content, place) =>
    files[place].endsWith('.woff2') ? content.length : gzipSync(content, { level: 9 }).length,
  );
  const code = contents.map((content) => content.toString('utf8')).join('\n');
  print({
    figure: 'field bundle precached, gzip',
    kB: Math.round(bytes.reduce((sum, one) => sum + one, 0) / 100) / 10,
    files: files.length,
    aimKb: 600,
    ofTheOffice: officeOnly.filter((word) => code.includes(word)),
  });
}

const slowdown = 4;

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}

/** From the cold browser, without network and with the PIN entered, to the first assignment. */
async function benchColdStart(print: Print): Promise<void> {
  // The supports of the tests are made for jest, which says where their files are.
  Object.assign(globalThis, {
    __dirname: fileURLToPath(new URL('../support', import.meta.url)),
  });
  const { openBrowser, text } = await import('../support/browser.ts');
  const { choosePin, enterPin } = await import('../support/pin-on-screen.ts');
  const { password, startApp } = await import('../support/running-app.ts');
  const { makeSmallWorld } = await import('../support/small-world.ts');
  const app = await startApp();
  const browser = await openBrowser({ viewport: { width: 800, height: 1280 } });
  try {
    const { assignments } = await makeSmallWorld(app, 1);
    const point = assignments[0].samplingPoint.name;
    const address = `${app.url}/field/`;
    await browser.page().goto(address);
    await browser.page().getByLabel(text('kk', 'field.signIn.login')).fill('interviewer');
    await browser.page().getByLabel(text('kk', 'field.signIn.password')).fill(password);
    await browser.page().keyboard.press('Enter');
    await choosePin(browser.page(), 'kk');
    await browser.page().getByRole('button', { name: point }).waitFor();
    await browser.page().evaluate('navigator.serviceWorker.ready.then(() => true)');
    await browser.restartOffline('closed');
    const page = browser.page();
    await slowDown(page);
    const begun = performance.now();
    await page.goto(address);
    await page.getByLabel(text('kk', 'field.lock.pin'), { exact: true }).waitFor();
    const locked = performance.now();
    await enterPin(page, 'kk');
    await page.getByRole('button', { name: point }).waitFor();
    const shown = performance.now();
    print({
      figure: `cold offline start to the first assignment, CPU ${slowdown} times slower`,
      toPinMs: Math.round(locked - begun),
      fromPinMs: Math.round(shown - locked),
      totalMs: Math.round(shown - begun),
      aimMs: 2000,
    });
  } finally {
    await browser.close();
    await app.stop();
  }
}

/** The tablet: what it downloads, and how soon it is there without network. */
export async function benchField(print: Print): Promise<void> {
  await buildWebIfStale();
  benchBundle(print);
  await benchColdStart(print);
}
