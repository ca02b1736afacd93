import type { Locator, Page } from 'playwright-core';

/** Presses of the Tab key after which a test gives up: more than any page has elements. */
const MAX_PRESSES = 250;

const hasFocus = (target: Locator) =>
  target.evaluateAll(elements => elements.some(element => element === document.activeElement));

/** Moves the focus to an element with the Tab key, as a user without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let presses = 0; presses < MAX_PRESSES; presses += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The focus does not reach ${target}.`);
}

/** Moves the focus to an element, and presses a key there. */
export async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Moves the focus to a field, and writes in it instead of what it has. */
export async function write(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}
