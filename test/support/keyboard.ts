import type { Locator, Page } from 'playwright-core';

/** How a part of the screen looks as far as the focus can change it. */
const looks = (element: Element): string => {
  const of = (one: Element) => {
    const { outline, borderColor, boxShadow, backgroundColor } = getComputedStyle(one);
    return [outline, borderColor, boxShadow, backgroundColor].join();
  };
  return [element, element.parentElement ?? element].map(of).join('|');
};

const hasFocus = (element: Element) => element === document.activeElement;

/**
 * Goes to a part of the screen by one key alone, as somebody who cannot use a mouse does.
 * @param key Tab, or one that goes among the parts of one whole (arrows in a menu, in tabs)
 * @throws when it is not reached, or when nobody can see that it was
 */
export async function goBy(page: Page, target: Locator, key = 'Tab', most = 200): Promise<void> {
  await target.waitFor();
  // What has the focus of itself (the first field of a dialog) was never seen without it.
  if (await target.evaluate(hasFocus)) return;
  const before = await target.evaluate(looks);
  for (let pressed = 0; !(await target.evaluate(hasFocus)); pressed += 1) {
    if (pressed === most) throw new Error(`${String(target)} is not reached by ${key}`);
    await page.keyboard.press(key);
  }
  if ((await target.evaluate(looks)) === before) {
    throw new Error(`${String(target)} has the focus and nobody can see it`);
  }
}

/** Goes to a field by Tab and writes over what stands in it. */
export async function writeByKeys(page: Page, field: Locator, words: string): Promise<void> {
  await goBy(page, field);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(words);
}

/** Goes to a list by Tab and chooses by the first letters of an option. */
export async function chooseByKeys(page: Page, list: Locator, option: string): Promise<void> {
  await goBy(page, list);
  await page.keyboard.type(option);
}
