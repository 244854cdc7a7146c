import { readFileSync } from 'node:fs';
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

/**
 * Measured by the page itself, because asking it from outside, again and again, would slow down what is measured: an
 * element counts as seen when the frame with it has been painted.
 * @param seen name → selector
 * @returns how to wait: by the page's clock, in milliseconds since it was navigated to
 */
async function watchFor(
  page: Page,
  seen: Readonly<Record<string, string>>,
): Promise<(name: string) => Promise<number>> {
  await page.addInitScript(`(() => {
    const wanted = new Map(Object.entries(${JSON.stringify(seen)}));
    const painted = (name) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => console.debug('seen', name, performance.now());
      port2.postMessage(null);
    });
    const look = () => {
      for (const [name, selector] of wanted) {
        if (!document.querySelector(selector)) continue;
        wanted.delete(name);
        painted(name);
      }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
    addEventListener('keydown', (event) => {
      if (event.key === 'Enter') console.debug('seen', 'enter', event.timeStamp);
    }, true);
  })()`);
  const times = new Map<string, number>();
  page.on('console', (message) => {
    const [word, name, ms] = message.text().split(' ');
    if (word === 'seen') times.set(name, Number(ms));
  });
  return async (name) => {
    while (!times.has(name)) await new Promise((later) => setTimeout(later, 20));
    return times.get(name)!;
  };
}

/** The supports of the tests are made for jest, which says where their files are. */
async function testSupport() {
  Object.assign(globalThis, {
    __dirname: fileURLToPath(new URL('../support', import.meta.url)),
  });
  const { Tablet, tabletUpright } = await import('../support/tablet.ts');
  return { Tablet, tabletUpright, pin: (await import('../support/pin-on-screen.ts')).pin };
}

/**
 * From the cold browser, without network, to the first assignment on the screen: from the navigation to the PIN, and
 * from the PIN's last key to the assignments. How fast somebody types is not counted.
 */
async function benchColdStart(print: Print): Promise<void> {
  const { Tablet, tabletUpright, pin } = await testSupport();
  const tablet = await Tablet.start('bench', tabletUpright);
  try {
    await tablet.enter();
    await tablet.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await tablet.browser.restartOffline('closed');
    const { page } = tablet;
    await slowDown(page);
    const seen = await watchFor(page, { lock: '.pin-field', assignments: '.card-button' });
    await tablet.goToField();
    const toPinMs = await seen('lock');
    await page.keyboard.type(pin);
    await page.keyboard.press('Enter');
    const fromPinMs = (await seen('assignments')) - (await seen('enter'));
    print({
      figure: `cold offline start to the first assignment, CPU ${slowdown} times slower`,
      toPinMs: Math.round(toPinMs),
      fromPinMs: Math.round(fromPinMs),
      totalMs: Math.round(toPinMs + fromPinMs),
      aimMs: 2000,
    });
  } finally {
    await tablet.stop();
  }
}

/** The tablet: what it downloads, and how soon it is there without network. */
export async function benchField(print: Print): Promise<void> {
  await buildWebIfStale();
  benchBundle(print);
  await benchColdStart(print);
}
