import type { Page } from 'playwright-core';
import type { Locale } from '../../api/src/contracts/common.ts';
import { text, touch } from './browser.ts';

/** The PIN of every interviewer of the tests; so long that no random number has its digits, where a disk is searched for them. */
export const pin = '482613975';

const t = (locale: Locale, key: string) => text(locale, `field.lock.${key}`);

const press = (page: Page, name: string) => touch(page.getByRole('button', { name, exact: true }));

/** The first PIN, by the large keys, twice. */
export async function choosePin(page: Page, locale: Locale): Promise<void> {
  for (const [label, action] of [
    ['new.first', 'new.next'],
    ['new.again', 'new.set'],
  ]) {
    await page.getByLabel(t(locale, label)).waitFor();
    for (const digit of pin) await press(page, digit);
    await press(page, t(locale, action));
  }
}

/** Unlocks, or tries to, by the keyboard. */
export async function enterPin(page: Page, locale: Locale, digits = pin): Promise<void> {
  await page.getByLabel(t(locale, 'pin'), { exact: true }).fill(digits);
  await page.keyboard.press('Enter');
}
