import type { Page } from 'playwright-core';
import { demoId } from '../../dev/demo-data/ids';
import { person } from '../support/back-office';
import { ADMIN, ALPINE, MANAGER, NORTHWIND, RESELLER, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newEndCustomer } from '../support/retail';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, signIn } from './support/console';
import { faultsInBoth } from './support/look';

const END_CUSTOMER = 'it@alpine.example';
const ONE_TB = demoId('add', 'IC-ADD-1TB');

let gateway: TestGateway;
let browser: TestBrowser;
let admin: Page;
let reseller: Page;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  await newEndCustomer(gateway, ALPINE, END_CUSTOMER);
  [admin, reseller] = await Promise.all([browser.page(), browser.page()]);
  await signIn(admin, gateway.url, ADMIN);
  await signIn(reseller, gateway.url, RESELLER);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

/** An active subscription. Resolves to its id. */
async function live(recipientId: string, friendlyName: string, addons = 0): Promise<string> {
  const line = {
    ...STORAGE,
    friendlyName,
    addons: [{ addonId: ONE_TB, quantity: addons }].slice(addons ? 0 : 1),
  };
  const order = await person(gateway, MANAGER).provisioned(recipientId, line);
  expect(order.state).toBe('COMPLETED');
  return order.lines[0].subscription.id;
}

/** Signs the end customer in, in a browser of its own. It has no button on the page. */
async function endCustomer(): Promise<Page> {
  const page = await browser.page();
  await page.goto(`${gateway.url}/console`);
  await page.getByLabel('E-mail').fill(END_CUSTOMER);
  await page.getByRole('textbox', { name: 'Password' }).fill('demo');
  await page.keyboard.press('Enter');
  await page.getByRole('banner').waitFor();
  return page;
}

test('a retail price that the reseller sets is seen by the end customer, with the margin by the reseller', async () => {
  const customer = await endCustomer();
  await customer.getByText('Price on request').first().waitFor();

  await goTo(reseller, 'Retail prices');
  await reseller.getByText('Without a retail price').waitFor();
  const prices = reseller.getByRole('table', { name: 'Retail prices' });
  const row = prices.getByRole('row').filter({ hasText: 'Impossible Cloud 1 TB' }).first();
  await row.getByText('€6.40').waitFor();
  const field = reseller.getByLabel('Retail price of Impossible Cloud 1 TB').first();
  const save = reseller
    .getByRole('button', { name: 'Save the retail price of Impossible Cloud 1 TB' })
    .first();
  await field.fill('1.000,00');
  await reseller.getByText('Enter an amount such as 12.50').waitFor();
  expect(await save.isDisabled()).toBe(true);
  await field.fill('12.80');
  await save.click();
  await reseller.getByText('Your customers see €12.80').first().waitFor();
  await row.getByText('50%').waitFor();
  expect(await faultsInBoth(reseller)).toEqual([]);

  await customer.reload();
  await customer.getByText('€12.80').first().waitFor();
  // The other products still have no price.
  await customer.getByText('Price on request').first().waitFor();
  await customer.context().close();
});

test('a retail price is removed again', async () => {
  const field = reseller.getByLabel('Retail price of Impossible Cloud 1 TB').first();
  await field.fill('');
  await field.press('Enter');
  await reseller.getByText('Your customers see €12.80').first().waitFor({ state: 'detached' });
});

test('an end customer sees no charges, and its own retail amounts', async () => {
  const id = await live(ALPINE, 'Dental', 1);
  const customer = await endCustomer();
  expect(await customer.getByRole('link', { name: 'Charges' }).count()).toBe(0);
  await customer.goto(`${gateway.url}/console/charges`);
  await customer.getByRole('heading', { name: 'Not for your role' }).waitFor();
  await customer.goto(`${gateway.url}/console/subscriptions/${id}`);
  const contents = customer.getByRole('region', { name: 'Contents' });
  await contents.getByText('Price on request').waitFor();
  expect(await customer.getByRole('region', { name: 'Charges' }).count()).toBe(0);
  // The preview of a change says what it grants, and no amount of the reseller.
  await customer.goto(`${gateway.url}/console/subscriptions/${id}/change`);
  await customer.getByLabel('Impossible Cloud +1 TB, in total').fill('0');
  const preview = customer.getByRole('region', { name: 'Preview' });
  await preview.getByText('2 TB → 1 TB').waitFor();
  expect(await preview.textContent()).not.toMatch(/€|Credit|Due/);
  await customer.context().close();
});

test('an administrator gives money back, and sees what the adjustment does before it is written', async () => {
  const id = await live(NORTHWIND, 'Archive', 2);
  await admin.goto(`${gateway.url}/console/subscriptions/${id}`);
  const charges = admin.getByRole('region', { name: 'Charges' });
  await charges.getByText('Recurring · 2 × Impossible Cloud +1 TB').waitFor();
  await charges.getByText(/^Next charge: €23\.00 on/).waitFor();
  await charges.getByRole('button', { name: 'Adjust' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByText('Enter an amount to see what the adjustment does.').waitFor();
  await dialog.getByLabel('Amount in EUR').fill('5,50');
  await dialog.getByText('€5.50 is given back to Northwind Traders.').waitFor();
  await dialog.getByRole('radio', { name: 'Charge more' }).click();
  await dialog.getByText('Northwind Traders is charged €5.50.').waitFor();
  await dialog.getByRole('radio', { name: 'Give money back' }).click();
  await dialog.getByLabel('Reason').fill('Two days of outage');
  expect(await faultsInBoth(admin)).toEqual([]);
  await dialog.getByRole('button', { name: 'Write the adjustment' }).click();
  const line = charges.getByRole('row').filter({ hasText: 'Two days of outage' });
  await line.getByText('-€5.50').waitFor();
  await charges.getByText('3 charges, €17.50 in total').waitFor();
  expect(await faultsInBoth(admin)).toEqual([]);
});

test('the ledger is filtered by payer, kind and subscription, and its totals are those of the whole list', async () => {
  await goTo(admin, 'Charges');
  const totals = admin.getByRole('region', { name: 'Totals' });
  await totals.getByRole('row').filter({ hasText: 'Northwind Traders' }).getByText('€17.50').waitFor();
  await totals.getByRole('row').filter({ hasText: 'Skyline IT' }).getByText('€12.40').waitFor();
  expect(await faultsInBoth(admin)).toEqual([]);
  await admin.getByRole('combobox', { name: 'Payer' }).fill('Northw');
  await admin.getByRole('option', { name: 'Northwind Traders' }).click();
  await totals.getByRole('row').filter({ hasText: 'Skyline IT' }).waitFor({ state: 'detached' });
  await admin.getByText('3 charges').first().waitFor();
  await admin.reload();
  await admin.getByText('3 charges').first().waitFor();
  expect(await admin.getByRole('combobox', { name: 'Payer' }).inputValue()).toBe('Northwind Traders');

  await admin.goto(`${gateway.url}/console/charges?kind=ADJUSTMENT`);
  await admin.getByText('1 charge', { exact: true }).waitFor();
  await admin.getByRole('table', { name: 'Charges' }).getByText('-€5.50').waitFor();
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
