import type { Page } from 'playwright-core';

/** Opens the console and signs in with one click as somebody of the demo. */
export async function signIn(page: Page, url: string, email: string): Promise<void> {
  await page.goto(`${url}/console`);
  await page.getByRole('button', { name: email }).click();
  await page.getByRole('banner').waitFor();
}

/** Opens a page by its name in the menu, which a button shows on a narrow screen. */
export async function goTo(page: Page, name: string): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });
  const menu = page.getByRole('button', { name: 'Menu' });
  await link.or(menu).filter({ visible: true }).first().waitFor();
  if (!(await link.isVisible())) await menu.click();
  await link.click();
}

/** Waits for a text that a person sees. */
export const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

/** The card of an operation in a column of the live room's board. */
export const onBoard = (page: Page, column: string, name: string) =>
  page.getByRole('region', { name: column }).getByRole('article').filter({ hasText: name });

/** What is in the basket so far, from the shop to the recipient. */
export async function fillBasket(page: Page, name: string): Promise<void> {
  await goTo(page, 'Shop');
  await page.getByRole('link', { name: 'Choose Impossible Cloud 1 TB' }).click();
  await page.getByLabel('Impossible Cloud +1 TB, units for Impossible Cloud 1 TB').fill('2');
  await page.getByRole('button', { name: 'Add to basket' }).click();
  await page.getByLabel('Friendly name of the subscription').fill(name);
  await page.getByRole('link', { name: 'Proceed to checkout' }).click();
}

/** The steps of the checkout, as the seed has them; a direct customer has no recipient to choose. */
export async function checkOut(page: Page, recipient?: string): Promise<void> {
  if (recipient) {
    await page.getByRole('radio', { name: recipient }).click();
    await page.getByRole('button', { name: 'Checkout' }).click();
  }
  await page.getByRole('button', { name: 'Confirm billing' }).click();
  await page.getByRole('button', { name: 'Place the order' }).click();
}
