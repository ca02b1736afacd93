import type { Page } from 'playwright-core';
import { person } from '../support/back-office';
import { product } from '../support/catalog';
import { MANAGER, NORTHWIND, RESELLER, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, signIn } from './support/console';

let gateway: TestGateway;
let browser: TestBrowser;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

/** Resolves when the focus is on an element whose name, text or id contains `name`. */
const focused = (page: Page, name: string) =>
  page.waitForFunction(wanted => {
    const { id, textContent } = document.activeElement ?? {};
    const label = document.activeElement?.getAttribute('aria-label');
    return document.activeElement !== document.body && (label ?? (id || textContent))?.includes(wanted);
  }, name);

test('each step of the checkout gets the focus with its name', async () => {
  const page = await browser.page();
  await person(gateway, RESELLER).add({ ...STORAGE, friendlyName: 'Focus' });
  await signIn(page, gateway.url, RESELLER);
  await goTo(page, 'Basket');
  await page.getByRole('link', { name: 'Proceed to checkout' }).click();
  await page.getByRole('radio', { name: 'Alpine Dental' }).click();
  await focused(page, 'Alpine Dental');
  await page.getByRole('button', { name: 'Checkout' }).press('Enter');
  await focused(page, 'Billing, step 2 of 3');
  await page.getByRole('button', { name: 'Confirm billing' }).press('Enter');
  await focused(page, 'Complete, step 3 of 3');
  await page.getByRole('button', { name: 'Place the order' }).press('Enter');
  await page.getByRole('heading', { name: /^ORD-/ }).waitFor();
  await focused(page, 'main');
  await page.context().close();
});

test('the focus stays on a button whose action is refused, and goes to the content when the button goes', async () => {
  const manager = person(gateway, MANAGER);
  const { number } = await manager.placed(NORTHWIND, { productId: product('CB-SERVER') });
  const page = await browser.page();
  await signIn(page, gateway.url, MANAGER);
  await goTo(page, 'Orders');
  const execute = page.getByRole('button', { name: `Execute ${number}` });
  await execute.press('Enter');
  await execute.waitFor({ state: 'detached' });
  await focused(page, 'main');

  await page.goto(`${gateway.url}/console/office/place`);
  await page.getByRole('combobox', { name: 'Customer' }).fill('Alpine');
  await page.getByRole('option', { name: /Alpine/ }).click();
  await page.getByRole('combobox', { name: 'Product' }).fill('IC-BASE-1TB');
  await page.getByRole('option', { name: /1 TB/ }).click();
  const place = page.getByRole('button', { name: 'Place the order' });
  await page.getByLabel('Friendly name of the subscription').fill('Second');
  await page
    .getByLabel(/units for Impossible Cloud 1 TB/)
    .first()
    .fill('1');
  // The customer has a subscription from the checkout above.
  await place.press('Enter');
  await page.getByRole('alert').waitFor();
  await focused(page, 'Place the order');
  await page.context().close();
});
