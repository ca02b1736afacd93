import type { Page } from 'playwright-core';
import { ADMIN, MANAGER, RESELLER } from '../support/demo';
import { type MailGateway, startMailGateway } from '../support/mails';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, sees, signIn } from './support/console';
import { faultsInBoth } from './support/look';

let world: MailGateway;
let browser: TestBrowser;
beforeAll(async () => {
  world = await startMailGateway();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const as = async (email: string) => {
  const page = await browser.page();
  await signIn(page, world.gateway.url, email);
  return page;
};

async function fillAccount(page: Page, name: string, email: string) {
  await page.getByLabel('Company name').fill(name);
  await page.getByRole('textbox', { name: 'E-mail', exact: true }).fill(email);
  await page.getByLabel('Street and number').fill('Hafenstraße 1');
  await page.getByLabel('Postal code').fill('28195');
  await page.getByLabel('City').fill('Bremen');
  await page.getByRole('combobox', { name: 'Country' }).fill('German');
  await page.getByRole('option', { name: 'Germany' }).click();
}

test('a reseller creates an end customer and invites its user, who accepts and signs in', async () => {
  const page = await as(RESELLER);
  await goTo(page, 'Customers');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('radio', { name: 'End customer' }).check();
  await fillAccount(page, 'Delta Tools', 'office@delta.example');
  // The invoice goes to the account unless something else is said.
  expect(await page.getByRole('textbox', { name: 'Company', exact: true }).inputValue()).toBe('Delta Tools');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('heading', { level: 1, name: 'Delta Tools' }).waitFor();
  await sees(page, 'Hafenstraße 1');

  await page.getByRole('button', { name: 'Invite a user' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Dora Delta');
  await page.getByRole('dialog').getByLabel('E-mail').fill('dora@delta.example');
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await sees(page, 'An invitation to dora@delta.example is on its way.');
  await sees(page, 'Pending');
  expect(await faultsInBoth(page)).toEqual([]);

  const { token } = await world.mailTo('dora@delta.example');
  const dora = await browser.page();
  await dora.goto(`${world.gateway.url}/accept-invitation?token=${token}`);
  await dora.getByRole('textbox', { name: 'Password' }).fill('a password of my own');
  await dora.getByRole('button', { name: 'Accept' }).click();
  await dora.getByRole('navigation', { name: 'Main' }).waitFor();
  await page.reload();
  await sees(page, 'Accepted');

  await dora.getByRole('button', { name: 'Delta Tools' }).click();
  await dora.getByRole('menuitem', { name: 'Sign out' }).click();
  await dora.getByLabel('E-mail').fill('dora@delta.example');
  await dora.getByRole('textbox', { name: 'Password' }).fill('a password of my own');
  await dora.getByRole('button', { name: 'Sign in', exact: true }).click();
  await dora.getByRole('navigation', { name: 'Main' }).waitFor();
  await goTo(dora, 'Your company');
  await dora.getByRole('heading', { level: 1, name: 'Delta Tools' }).waitFor();
  await sees(dora, 'Dora Delta');
  // The users of an end customer are those that its reseller invites, and an end customer does not see its reseller.
  await dora.getByRole('button', { name: 'Invite a user' }).click();
  await dora.getByRole('dialog').getByLabel('Name').fill('Don Delta');
  await dora.getByRole('dialog').getByLabel('E-mail').fill('don@delta.example');
  await dora.getByRole('button', { name: 'Send the invitation' }).click();
  await dora.getByRole('dialog').getByRole('alert').waitFor();
  await dora.context().close();
  await page.context().close();
});

test('a refused account says why at its field, and the key of the form makes no second one', async () => {
  const page = await as(RESELLER);
  await page.goto(`${world.gateway.url}/console/customers/new`);
  await fillAccount(page, 'Alpine again', 'office@alpine.example');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page
    .getByRole('textbox', { name: 'E-mail', exact: true })
    .and(page.locator('[aria-invalid=true]'))
    .waitFor();
  expect(await world.gateway.rows(`SELECT id FROM accounts WHERE name = 'Alpine again'`)).toEqual([]);
  expect(await faultsInBoth(page)).toEqual([]);
  await page.context().close();
});

test('an administrator creates a reseller, and sets its manager, price list and reference', async () => {
  const page = await as(ADMIN);
  await goTo(page, 'Customers');
  await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
  await page.getByRole('row', { name: /Alpine Dental/ }).waitFor();
  expect(await faultsInBoth(page)).toEqual([]);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('radio', { name: 'Reseller' }).check();
  await fillAccount(page, 'Quay Cloud', 'partner@quay.example');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('heading', { level: 1, name: 'Quay Cloud' }).waitFor();

  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Account manager' }).click();
  await dialog.getByRole('combobox', { name: 'Account manager' }).click();
  await page.getByRole('option', { name: new RegExp(MANAGER) }).click();
  expect(await faultsInBoth(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Price list' }).click();
  await dialog.getByRole('combobox', { name: 'Price list' }).click();
  await page.getByRole('option', { name: /^reseller/ }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await sees(page, 'reseller (EUR)');

  await page.getByRole('button', { name: 'External reference' }).click();
  await dialog.getByLabel('External reference').fill('CRM-77');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await sees(page, 'CRM-77');
  const [row] = await world.gateway.rows(
    `SELECT a.kind, a.externalReference, u.email, p.code FROM accounts a
      JOIN users u ON u.id = a.accountManagerId JOIN price_lists p ON p.id = a.priceListId
      WHERE a.name = 'Quay Cloud'`,
  );
  expect(row).toEqual({ kind: 'RESELLER', externalReference: 'CRM-77', email: MANAGER, code: 'reseller' });
  await page.context().close();
});

test('a deactivated account says what follows first, and comes back', async () => {
  const page = await as(ADMIN);
  await goTo(page, 'Customers');
  await page.getByRole('link', { name: 'Contoso' }).click();
  await page.getByRole('button', { name: 'Deactivate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/Its subscriptions continue/).waitFor();
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await sees(page, 'Deactivated');
  await page.getByRole('button', { name: 'Activate' }).click();
  await dialog.getByRole('button', { name: 'Activate' }).click();
  await page.getByRole('button', { name: 'Deactivate' }).waitFor();
  await page.context().close();
});

test('an account manager edits a customer in its care, and cannot assign lists or managers', async () => {
  const page = await as(MANAGER);
  await goTo(page, 'Customers');
  await page.getByRole('searchbox').fill('northw');
  await page.getByRole('link', { name: 'Northwind Traders' }).click();
  await page.getByRole('heading', { level: 1, name: 'Northwind Traders' }).waitFor();
  for (const name of ['Price list', 'Account manager', 'Deactivate']) {
    expect(await page.getByRole('button', { name }).count()).toBe(0);
  }
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('City').fill('Lübeck');
  await page.getByRole('button', { name: 'Save' }).click();
  await sees(page, /Lübeck/);
  await page
    .getByRole('navigation', { name: 'Records of' })
    .getByRole('link', { name: 'Subscriptions' })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Subscriptions' }).waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('it@northwind.example');
  await page.context().close();
});
