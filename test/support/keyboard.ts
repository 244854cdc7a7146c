import type { Locator, Page } from 'playwright-core';
import { until } from './small-world.ts';

/** How a part of the screen looks as far as the focus can change it. */
const looks = (element: Element): string => {
  const of = (one: Element) => {
    const { outline, borderColor, boxShadow, backgroundColor } = getComputedStyle(one);
    return [outline, borderColor, boxShadow, backgroundColor].join();
  };
  return [element, element.parentElement ?? element].map(of).join('|');
};

const hasFocus = (element: Element) => element === document.activeElement;

/** Tab goes on in the order of the document; what stands before the focus is nearer the other way. */
const tabTowards = (element: Element): string => {
  const focus = document.activeElement ?? document.body;
  const stands = focus.compareDocumentPosition(element);
  return stands & Node.DOCUMENT_POSITION_PRECEDING && focus !== document.body ? 'Shift+Tab' : 'Tab';
};

/**
 * Goes to a part of the screen by one key alone, as somebody who cannot use a mouse does.
 * @param way `tab`, there or back, or a key that goes among the parts of one whole (arrows in a menu, in tabs)
 * @throws when it is not reached, or when nobody can see that it was
 */
export async function goBy(page: Page, target: Locator, way = 'tab', most = 200): Promise<void> {
  await target.waitFor();
  // What has the focus of itself (the first field of a dialog) was never seen without it.
  if (await target.evaluate(hasFocus)) return;
  const before = await target.evaluate(looks);
  const key = way === 'tab' ? await target.evaluate(tabTowards) : way;
  for (let pressed = 0; !(await target.evaluate(hasFocus)); pressed += 1) {
    if (pressed === most) throw new Error(`${String(target)} is not reached by ${key}`);
    await page.keyboard.press(key);
  }
  // What is drawn in steps has its last colours a moment later.
  for (let look = 0; (await target.evaluate(looks)) === before; look += 1) {
    if (look === 20) throw new Error(`${String(target)} has the focus and nobody can see it`);
    await page.waitForTimeout(50);
  }
}

/** Waits until a key has led to a part of the screen. */
export const focused = (target: Locator): Promise<true> =>
  until(async () => ((await target.evaluate(hasFocus)) ? true : null), 20);

/** Goes to a field by Tab and writes over what stands in it. */
export async function writeByKeys(page: Page, field: Locator, words: string): Promise<void> {
  await goBy(page, field);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(words);
}

const chosenIn = (list: Element) => (list as HTMLSelectElement).selectedOptions[0].label;

/** Goes to a list by Tab and chooses by the first letters of an option. */
export async function chooseByKeys(page: Page, list: Locator, option: string): Promise<void> {
  await goBy(page, list);
  // A list forgets the first letters when the next one is long in coming: then all are typed again, after that pause.
  for (;;) {
    await page.keyboard.type(option);
    if ((await list.evaluate(chosenIn)).startsWith(option)) return;
    await page.waitForTimeout(1_500);
  }
}
