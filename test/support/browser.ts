import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import type { Locale } from '../../api/src/contracts/common.ts';

const debianChromium = '/usr/bin/chromium';

function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names no file: ${named}`);
    return named;
  }
  return existsSync(debianChromium) ? debianChromium : null;
}

const executablePath = findChromium();

const howToGet =
  'There is no Chromium here. Get one (apt-get install chromium), or name one: CHROMIUM_PATH=/path/to/chromium';

/** Tests in real Chromium. Without one they are skipped and say how to get it; with CI=true that is a failure. */
export function describeInChromium(name: string, tests: () => void): void {
  if (executablePath !== null) return describe(name, tests);
  if (process.env.CI === 'true') {
    return describe(name, () => {
      it('runs in Chromium', () => {
        throw new Error(howToGet);
      });
    });
  }
  process.stderr.write(`Skipped: ${name}. ${howToGet}\n`);
  describe.skip(name, tests);
}

/**
 * Steps of one journey: each goes on from where the one before it ended, so a failed one ends the journey.
 * @param page whose screen is told, as a screen reader has it, with what failed
 */
export function journey(page: () => Page): (step: string, take: () => Promise<void>) => void {
  let brokenAt: string | null = null;
  return (step, take) => {
    it(step, async () => {
      if (brokenAt !== null) throw new Error(`The journey has ended: ${brokenAt}`);
      brokenAt = step;
      try {
        await take();
      } catch (error) {
        const { message } = error as Error;
        const screen = await page().locator('body').ariaSnapshot();
        throw new Error(`${message}\nOn the screen:\n${screen}`, { cause: error });
      }
      brokenAt = null;
    });
  };
}

/**
 * The last list of the kind is the one that counts, so this one repeats Playwright's own. After it stand the pages
 * behind the address bar, which nobody here writes into: they took half of a start's work.
 */
const withoutFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
];

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${withoutFeatures.join(',')}`,
];

/** Chromium with a profile of its own on the disk, as on a tablet: it outlives the browser. */
export interface Browser {
  readonly context: () => BrowserContext;
  readonly page: () => Page;
  /**
   * A new browser on the same profile.
   * @param how the one before was closed by its user, or killed: nothing is flushed, closed or said
   */
  restart(how: 'closed' | 'killed'): Promise<void>;
  /** The same, without network. */
  restartOffline(how: 'closed' | 'killed'): Promise<void>;
  /** Faults of the pages themselves: what was thrown and nobody caught. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

async function killBrowserOf(profile: string, context: BrowserContext): Promise<void> {
  const gone = new Promise((done) => context.once('close', done));
  // Chromium's own mark of who uses the profile: a link to host-pid.
  const lock = readlinkSync(join(profile, 'SingletonLock'));
  process.kill(Number(lock.slice(lock.lastIndexOf('-') + 1)), 'SIGKILL');
  await gone;
}

/** Browsers that are touched rather than clicked. */
const fingers = new WeakSet<BrowserContext>();

/** By a finger where there is one, else by the mouse. */
export const touch = (place: Locator): Promise<void> =>
  fingers.has(place.page().context()) ? place.tap() : place.click();

interface Look {
  readonly viewport: { readonly width: number; readonly height: number };
  /** Fingers instead of a mouse, as on the devices that interviewers carry. */
  readonly touch?: boolean;
}

export async function openBrowser({ viewport, touch: byFinger = false }: Look): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'akimetr-profile-'));
  const faults: string[] = [];
  const launch = async (): Promise<BrowserContext> => {
    const made = await chromium.launchPersistentContext(profile, {
      executablePath: executablePath!,
      args: quiet,
      viewport,
      hasTouch: byFinger,
      isMobile: byFinger,
      timezoneId: 'Asia/Almaty',
      reducedMotion: 'reduce',
    });
    made.setDefaultTimeout(60_000);
    if (byFinger) fingers.add(made);
    made.on('weberror', (fault) => faults.push(String(fault.error())));
    return made;
  };
  let context = await launch();
  const restart: Browser['restart'] = async (how) => {
    if (how === 'closed') await context.close();
    else await killBrowserOf(profile, context);
    context = await launch();
  };
  return {
    context: () => context,
    page: () => context.pages()[0],
    restart,
    restartOffline: async (how) => {
      await restart(how);
      await context.setOffline(true);
    },
    faults,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** What a person does who installs the app: the site may keep its data for good. Granted while the session lasts. */
export async function allowKeeping(browser: Browser, origin: string): Promise<void> {
  const session = await browser.context().newCDPSession(browser.page());
  await session.send('Browser.grantPermissions', { origin, permissions: ['durableStorage'] });
}

/**
 * The device is full: from now on the browser lets the site write nothing more. To be called before the page opens
 * its database, for what the browser has found once it believes for half a minute.
 * @returns how to make room again
 */
export async function fillDevice(browser: Browser, origin: string): Promise<() => Promise<void>> {
  const session = await browser.context().newCDPSession(browser.page());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  return async () => {
    await session.send('Storage.overrideQuotaForOrigin', { origin });
  };
}

type Texts = { readonly [key: string]: string | Texts };
const known = new Map<string, Texts>();

/**
 * A text of the interface, as the person reads it.
 * @param key file and path in it: `field.signIn.login`; with a `count` the form for that number is taken
 * @param values stand in the places of {{…}}
 */
export function text(locale: Locale, key: string, values: Record<string, string> = {}): string {
  const [namespace, ...path] = key.split('.');
  const file = resolve(__dirname, '../../web/src/lib/locales', locale, `${namespace}.json`);
  if (!known.has(file)) known.set(file, JSON.parse(readFileSync(file, 'utf8')));
  const last = path.pop()!;
  let place: string | Texts | undefined = known.get(file);
  for (const step of path) place = typeof place === 'object' ? place[step] : undefined;
  const form = `${last}_${new Intl.PluralRules(locale).select(Number(values.count))}`;
  const found = typeof place === 'object' ? (place[form] ?? place[last]) : undefined;
  if (typeof found !== 'string') throw new Error(`no text ${key} in ${locale}`);
  return found.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}
