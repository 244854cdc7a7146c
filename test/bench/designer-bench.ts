import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { buildWebIfStale } from '../../scripts/build-web.ts';
import type { Print } from './server-bench.ts';

const slowdown = 4;
const pages = 20;
const perPage = 10;
const steps = 100;
/** Longer than an opening takes: until then nothing is asked of the page. */
const settleMs = 4_000;

const said = (what: string) => ({
  kk: `${what} қазақша`,
  ru: `${what} по-русски`,
  en: `${what} in English`,
});

/** A questionnaire of 200 questions with choices, conditions and scores, every text in three languages. */
function large(): Record<string, unknown> {
  const question = (number: number) => ({
    type: 'radiogroup',
    name: `question_${number}`,
    title: said(`Question ${number}: how is the work of the akim in this part of the district?`),
    description: said('Read every answer out'),
    choices: ['good', 'fair', 'poor', 'dk'].map((value) => ({ value, text: said(value) })),
    missingValues: { dontKnow: ['dk'] },
    indicator: `indicator_${number % 15}`,
    scoring: { kind: 'map', scores: { good: 100, fair: 50, poor: 0 } },
    ...(number % 5 === 4 && { visibleIf: `{question_${number - 1}} = 'poor'` }),
  });
  return {
    code: 'two-hundred',
    levels: ['district'],
    locale: 'kk',
    title: said('Two hundred questions'),
    pages: Array.from({ length: pages }, (_, page) => ({
      name: `page_${page + 1}`,
      title: said(`Page ${page + 1}`),
      elements: Array.from({ length: perPage }, (__, place) => question(page * perPage + place)),
    })),
  };
}

const sorted = (times: readonly number[]) => [...times].sort((one, other) => one - other);
const share = (times: readonly number[], part: number) =>
  Math.round(sorted(times)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);

const rowsSeen = 30;

/**
 * When the tree stands on the screen, by the page's clock from the navigation on. Watched by the page itself: looking for an
 * element from without would first load a program of its own into the page, which takes a slow computer 90 ms.
 */
const watchTree = `
  window.treeSeen = new Promise((seen) => addEventListener('DOMContentLoaded', () => {
    const watch = new MutationObserver(() => {
      if (document.querySelectorAll('[role=treeitem]').length < ${rowsSeen}) return;
      watch.disconnect();
      void window.afterPaint().then(seen);
    });
    watch.observe(document.body, { childList: true, subtree: true });
  }));
`;

/** Opens the page anew at its address so many times. @returns times in ms */
async function reloaded(page: Page, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) {
    await page.reload({ waitUntil: 'commit' });
    await setTimeout(settleMs);
    times.push(Math.round(await page.evaluate<number>('window.treeSeen')));
  }
  return times;
}

/** How long from each key until what it changed is on the screen; kept in the page, where nothing is in between. */
const watchKeys = `
  window.keyTimes = [];
  window.afterPaint = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  }));
  window.addEventListener('keydown', ({ timeStamp }) => {
    void window.afterPaint().then((painted) => window.keyTimes.push(painted - timeStamp));
  }, { capture: true });
`;

/** Presses a key so many times, each once the one before is on the screen. @returns times in ms */
const pressed = (page: Page, selector: string, key: string, count: number) =>
  page.evaluate<number[]>(`(async () => {
    const times = [];
    for (let count = 0; count < ${count}; count += 1) {
      const begun = performance.now();
      const [key, ...held] = ${JSON.stringify(key)}.split('+').reverse();
      document.querySelector(${JSON.stringify(selector)}).dispatchEvent(new KeyboardEvent('keydown', {
        key, bubbles: true, cancelable: true,
        altKey: held.includes('Alt'), ctrlKey: held.includes('Control'),
      }));
      times.push((await window.afterPaint()) - begun);
    }
    return times;
  })()`);

async function timed(page: Page, act: () => Promise<void>, seen: Locator): Promise<number> {
  const begun = performance.now();
  await act();
  await seen.waitFor();
  await page.evaluate('window.afterPaint()');
  return Math.round(performance.now() - begun);
}

/** The designer with 200 questions in three languages on a slow computer. */
export async function benchDesigner(print: Print): Promise<void> {
  await buildWebIfStale();
  // The supports of the tests are made for jest, which says where their files are.
  Object.assign(globalThis, {
    __dirname: fileURLToPath(new URL('../support', import.meta.url)),
  });
  const { openBrowser, text } = await import('../support/browser.ts');
  const { password, startApp } = await import('../support/running-app.ts');
  const app = await startApp();
  const browser = await openBrowser({ viewport: { width: 1280, height: 800 } });
  try {
    const account = { login: 'sociologist', name: 'S', role: 'sociologist', regions: [] };
    await (await app.signIn('admin')).post('/users', { ...account, locale: 'en', password });
    const sociologist = await app.signIn('sociologist');
    const body = { from: 'json', questionnaire: large() };
    await sociologist.post('/questionnaire-drafts/two-hundred', body);

    const page = browser.page();
    page.setDefaultTimeout(120_000);
    await page.addInitScript(watchKeys);
    await page.addInitScript(watchTree);
    await page.goto(`${app.url}/sign-in`);
    await page.getByRole('banner').getByRole('button', { name: 'English' }).click();
    await page.getByLabel(text('en', 'office.signIn.login'), { exact: true }).fill('sociologist');
    await page.getByLabel(text('en', 'office.signIn.password'), { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    const toList = () =>
      page
        .getByRole('link', { name: text('en', 'office.nav.questionnaires'), exact: true })
        .click();
    await toList();
    const link = page.getByRole('link', { name: 'Two hundred questions in English' });
    await link.waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });

    // By CSS: a search by role would read the names of all rows, and be measured along.
    const question = page.locator('[role=treeitem]').nth(rowsSeen - 1);
    const open = () => timed(page, () => link.click(), question);
    // A person looks for it in the list first; meanwhile the browser prepares the designer.
    await page.waitForLoadState('networkidle');
    const about = `200 questions × 3 languages, CPU ${slowdown} times slower`;
    const firstMs = await open();
    await page.getByRole('link', { name: text('en', 'office.questionnaires.back') }).click();
    const againMs = await open();
    // By its address, all of the office app included.
    const byAddressMs = await reloaded(page, 5);
    print({ figure: `designer: opening, ${about}`, firstMs, againMs, byAddressMs, aimMs: 1500 });

    await question.click();
    const title = page.getByLabel(`${text('en', 'designer.names.title')}, English`, {
      exact: true,
    });
    await title.click();
    await page.keyboard.press('End');
    await page.evaluate('window.keyTimes.length = 0');
    await page.keyboard.type(' and do you expect it to be better in a year?', { delay: 150 });
    const typing = await page.evaluate<number[]>('window.afterPaint().then(() => window.keyTimes)');
    print({
      figure: `designer: a key typed into a property → paint, ${about}`,
      keys: typing.length,
      medianMs: share(typing, 0.5),
      p95Ms: share(typing, 0.95),
      aimMs: 50,
    });

    await question.click();
    const moving = await pressed(page, '[role=tree]', 'Alt+ArrowDown', steps);
    const undoing = await pressed(page, 'body', 'Control+z', steps);
    for (const [figure, times] of [
      ['a question moved → paint', moving],
      ['undo of a step → paint', undoing],
    ] as const) {
      print({
        figure: `designer: ${figure}, ${about}`,
        steps,
        medianMs: share(times, 0.5),
        p95Ms: share(times, 0.95),
        totalMs: Math.round(times.reduce((sum, one) => sum + one, 0)),
      });
    }

    for (const tab of ['languages', 'check', 'scoring', 'structure']) {
      const button = page.getByRole('tab', {
        name: new RegExp(`^${text('en', `designer.tabs.${tab}`)}`),
      });
      const panel = page.locator(`#designer-panel[aria-labelledby="tab-${tab}"] > *`).first();
      const ms = await timed(page, () => button.click(), panel);
      print({ figure: `designer: opening of the tab ${tab}, ${about}`, ms });
    }
  } finally {
    await browser.close();
    await app.stop();
  }
}
