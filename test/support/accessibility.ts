import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { type Locale, locales } from '../../api/src/contracts/common.ts';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe-core finds on the screen that keeps somebody out.
 * @returns one line for each serious or critical fault: rule, help, and where
 */
export async function seriousFaults(page: Page): Promise<string[]> {
  // Evaluated as a debugger does: the page's own rules forbid scripts from elsewhere.
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axeSource);
  // What is still fading in has not its own colours yet.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ effect, playState }) =>
          playState !== 'running' || effect?.getComputedTiming().endTime === Infinity,
      ),
  );
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${help} — ${String(target)} ${failureSummary}`,
      ),
    );
}

/** In full in the office, short on the tablet. */
const languageNames: Record<Locale, RegExp> = {
  kk: /^Қаз(ақша)?$/,
  ru: /^Рус(ский)?$/,
  en: /^Eng(lish)?$/,
};

/**
 * The screen keeps nobody out, in any of the three languages. Ends in Kazakh.
 * @param shown resolves when the screen stands in the language
 */
export async function expectOpenToAll(
  page: Page,
  shown: (locale: Locale) => Promise<void>,
): Promise<void> {
  for (const locale of locales.toReversed()) {
    await page.getByRole('banner').getByRole('button', { name: languageNames[locale] }).click();
    await shown(locale);
    expect(await seriousFaults(page)).toEqual([]);
  }
}
