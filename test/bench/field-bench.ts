import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import type { CDPSession, Page } from 'playwright-core';
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

async function slowDown(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return session;
}

/** How long a finger rests on the glass; the browser's clock of a touch begins when it is lifted. */
const fingerRestsMs = 80;

async function touchFor(session: CDPSession, x: number, y: number): Promise<void> {
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  await new Promise((lifted) => setTimeout(lifted, fingerRestsMs));
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
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
  const [tablet, pins, filling, world] = await Promise.all([
    import('../support/tablet.ts'),
    import('../support/pin-on-screen.ts'),
    import('../support/fill-tablet.ts'),
    import('../support/small-world.ts'),
  ]);
  return { ...tablet, ...pins, ...filling, ...world };
}

/** A desktop's browser goes on starting after its first window is there: pages of its own, which no tablet has. */
const browserSettlesMs = 3_000;

/**
 * With nothing of the app in memory and no network, to the first assignment on the screen: from the navigation to the
 * PIN, and from the PIN's last key to the assignments. How fast somebody types is not counted.
 */
async function benchColdStart(print: Print): Promise<void> {
  const { Tablet, tabletUpright, districtQuestionnaire, pin } = await testSupport();
  const questionnaire = districtQuestionnaire();
  const tablet = await Tablet.start('bench', tabletUpright, { questionnaire });
  try {
    await tablet.enter();
    await tablet.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await tablet.browser.restartOffline('closed');
    const { page } = tablet;
    await new Promise((settled) => setTimeout(settled, browserSettlesMs));
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

interface PageOfQuestions {
  readonly elements: readonly object[];
}

/** The questionnaire for districts with pages of plain questions before its last, until it has so many. */
function longQuestionnaire(base: Record<string, unknown>, questions: number) {
  const pages = base.pages as readonly PageOfQuestions[];
  const known = pages.flatMap(({ elements }) => elements).length;
  const words = (text: string) => ({ kk: text, ru: text, en: text });
  const made = Array.from({ length: questions - known }, (_, place) => ({
    type: 'radiogroup',
    name: `more_${place}`,
    title: words(`№ ${place}: Сіз қалай ойлайсыз?`),
    choices: ['a', 'b', 'c', 'd'].map((value) => ({ value, text: words(`Жауап ${value}`) })),
  }));
  const more = Array.from({ length: Math.ceil(made.length / 10) }, (_, place) => ({
    name: `more_page_${place}`,
    title: words(`Бет ${place}`),
    elements: made.slice(10 * place, 10 * place + 10),
  }));
  return { ...base, pages: [pages[0], ...more, ...pages.slice(1)] };
}

const taps = 10;

/** From the finger that is lifted to the frame that shows the answer and that it is on the disk. */
async function benchTap(print: Print): Promise<void> {
  const support = await testSupport();
  const questionnaire = longQuestionnaire(support.districtQuestionnaire(), 120);
  const { kk, t } = support;
  const tablet = await support.Tablet.start('bench', support.tabletUpright, {
    byFinger: true,
    questionnaire,
  });
  try {
    const { page, assignment, world } = tablet;
    await tablet.enter();
    await support.fillTablet(page, assignment, world.version, 300);
    await tablet.assignmentCard().click();
    await tablet.beginInterview();
    await tablet.takePages(1, 1);
    await tablet.turnTo(2);
    await tablet.saved(2);
    await page.evaluate(`(() => {
      let touchedAt = null;
      let written = false;
      addEventListener('touchend', (event) => {
        if (!event.target.closest('.sd-question')) return;
        touchedAt = event.timeStamp;
        written = false;
      }, true);
      const status = document.querySelector('.interview-where [role=status]');
      const look = () => {
        if (touchedAt === null) return;
        if (!status.textContent.endsWith(${JSON.stringify(t('keeping.saved'))})) return void (written = true);
        if (!written) return;
        const begun = touchedAt;
        touchedAt = null;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => console.debug('tapped', performance.now() - begun);
          port2.postMessage(null);
        });
      };
      new MutationObserver(look).observe(status, { childList: true, characterData: true, subtree: true });
    })()`);
    const session = await slowDown(page);
    const tookMs: number[] = [];
    page.on('console', (message) => {
      const [word, ms] = message.text().split(' ');
      if (word === 'tapped') tookMs.push(Number(ms));
    });
    const choices = page.getByRole('main').getByText('Жауап b', { exact: true });
    for (let place = 0; place < taps; place += 1) {
      // By its place alone: whoever looks in the page for what lies there takes time from it.
      const choice = choices.nth(place);
      await choice.scrollIntoViewIfNeeded();
      const { x, y, height } = (await choice.boundingBox())!;
      // Somebody reads the question first: what scrolling set going has ended.
      await new Promise((read) => setTimeout(read, 1_000));
      await touchFor(session, x + height / 2, y + height / 2);
      while (tookMs.length <= place) await new Promise((later) => setTimeout(later, 20));
    }
    const sorted = tookMs.toSorted((a, b) => a - b);
    print({
      figure: `answer touched → saved and painted, CPU ${slowdown} times slower`,
      questions: 120,
      sealed: 300,
      language: kk,
      medianMs: Math.round(sorted[taps / 2]),
      longestMs: Math.round(sorted[taps - 1]),
      aimMs: 100,
    });
  } finally {
    await tablet.stop();
  }
}

/** A weak mobile line, as a village has it. */
const line = { kbitPerS: 400, roundTripMs: 300 };
const waiting = 500;

/** A week's interviews of a team, from the first message to the last receipt on the screen. */
async function benchSync(print: Print): Promise<void> {
  const support = await testSupport();
  const questionnaire = support.districtQuestionnaire();
  const tablet = await support.Tablet.start('bench', support.tabletUpright, { questionnaire });
  try {
    const { page, assignment, world } = tablet;
    await tablet.enter();
    // By one session, for the last who speaks of the network is the one who is heard.
    const session = await page.context().newCDPSession(page);
    const bytesPerS = (line.kbitPerS * 1000) / 8;
    const network = async (offline: boolean): Promise<void> => {
      await session.send('Network.emulateNetworkConditions', {
        offline,
        latency: line.roundTripMs,
        uploadThroughput: bytesPerS,
        downloadThroughput: bytesPerS,
      });
    };
    await session.send('Network.enable');
    await network(true);
    await support.fillTablet(page, assignment, world.version, waiting);
    const seen = await watchFor(page, { held: `.card[data-state="held"]:nth-child(${waiting})` });
    await page.goto(`${tablet.app.url}/field/outbox`);
    await support.enterPin(page, support.kk);
    await support.shown(page, support.t('outbox.waiting', { count: String(waiting) }));
    const begun = Number(await page.evaluate('performance.now()'));
    // The browser says that there is a network again, and the app does the rest.
    await network(false);
    const ms = (await seen('held')) - begun;
    print({
      figure: `${waiting} interviews sent at ${line.kbitPerS} kbit/s and ${line.roundTripMs} ms`,
      s: Math.round(ms / 100) / 10,
      aimS: 20,
    });
  } finally {
    await tablet.stop();
  }
}

const onWhatIsBuilt =
  (bench: (print: Print) => void | Promise<void>) =>
  async (print: Print): Promise<void> => {
    await buildWebIfStale();
    await bench(print);
  };

/** Each figure of the tablet by itself. */
export const benchOfField = {
  bundle: onWhatIsBuilt(benchBundle),
  start: onWhatIsBuilt(benchColdStart),
  tap: onWhatIsBuilt(benchTap),
  sync: onWhatIsBuilt(benchSync),
};

/** The tablet: what it downloads, how soon it is there without network, how soon an answer is kept, how fast it sends. */
export async function benchField(print: Print): Promise<void> {
  for (const bench of Object.values(benchOfField)) await bench(print);
}
