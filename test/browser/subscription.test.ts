import type { Page } from 'playwright-core';
import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { person } from '../support/back-office';
import { ALPINE, CONTOSO, MANAGER, NORTHWIND, RESELLER, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { faults, refuse } from '../support/provider/of-gateway';
import { startBrowser, type TestBrowser } from './support/browser';

import { goTo, sees, signIn } from './support/console';
import { faultsInBoth } from './support/look';

const NORTHWIND_BUYER = 'buyer@northwind.example';
const CONTOSO_BUYER = 'buyer@contoso.example';
const ONE_TB = demoId('add', 'IC-ADD-1TB');

let gateway: TestGateway;
let browser: TestBrowser;
const pages = new Map<string, Page>();
const of = (email: string) => pages.get(email) as Page;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  for (const email of [MANAGER, RESELLER, NORTHWIND_BUYER, CONTOSO_BUYER]) {
    const page = await browser.page();
    await signIn(page, gateway.url, email);
    pages.set(email, page);
  }
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

/** An active subscription with add-ons of 1 TB. Resolves to its id. */
async function live(recipientId: string, friendlyName: string, addons: number): Promise<string> {
  const line = { ...STORAGE, friendlyName, addons: [{ addonId: ONE_TB, quantity: addons }] };
  const order = await person(gateway, MANAGER).provisioned(recipientId, line);
  expect(order.state).toBe('COMPLETED');
  return order.lines[0].subscription.id;
}

const open = (page: Page, id: string, more = '') =>
  page.goto(`${gateway.url}/console/subscriptions/${id}${more}`);

const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });
const row = (page: Page, name: string) => preview(page).getByRole('row').filter({ hasText: name });
const upToDate = (page: Page) => preview(page).getByText('This is what you request.').waitFor();

test('a reduction is previewed with its credit, awaits the manager, and is decided in the list of changes', async () => {
  const buyer = of(NORTHWIND_BUYER);
  const id = await live(NORTHWIND, 'Archive', 3);
  await open(buyer, id);
  await buyer.getByRole('button', { name: 'I want to … Archive' }).click();
  await buyer.getByRole('menuitem', { name: 'Change the subscription' }).click();
  await buyer.getByRole('heading', { level: 1, name: 'Change Archive' }).waitFor();
  const send = buyer.getByRole('button', { name: 'Request the change' });
  expect(await send.isDisabled()).toBe(true);

  const total = buyer.getByLabel('Impossible Cloud +1 TB, in total');
  await total.fill('1');
  await upToDate(buyer);
  await row(buyer, 'Recurring amount').getByText('€30.50 a month → €15.50 a month').waitFor();
  await row(buyer, 'Storage').getByText('4 TB → 2 TB').waitFor();
  expect(await row(buyer, 'Credit').textContent()).toMatch(/€1[45]\.\d\d/);
  expect(await row(buyer, 'Due when it takes effect').textContent()).toContain('€0.00');
  await row(buyer, 'Next charge')
    .getByText(/€15\.50 on /)
    .waitFor();
  await preview(buyer).getByText('It needs a decision').waitFor();

  // A preview of an earlier input is marked, and cannot be requested.
  await total.fill('0');
  expect(await send.isDisabled()).toBe(true);
  await upToDate(buyer);
  await row(buyer, 'Recurring amount').getByText('→ €8.00 a month').waitFor();
  await total.fill('2');
  await upToDate(buyer);
  expect(await faultsInBoth(buyer)).toEqual([]);
  await buyer.getByLabel('Why? (optional)').fill('We tidied up');
  await send.click();
  await buyer.getByText('A change is open').waitFor();
  await buyer
    .getByText(/awaits the distributor/)
    .first()
    .waitFor();

  const manager = of(MANAGER);
  await goTo(manager, 'Changes');
  await manager.getByRole('button', { name: 'Decide on the change of Archive' }).click();
  const dialog = manager.getByRole('dialog');
  await dialog.getByText('Reason: “We tidied up”').waitFor();
  await dialog.getByLabel('Note to the requester (optional)').fill('As you wish');
  await dialog.getByRole('button', { name: 'Accept' }).click();
  await sees(manager, 'Nothing to decide');
  const changes = buyer.getByRole('region', { name: 'Changes' });
  await changes.getByText('Completed').waitFor();
  await changes.getByText('Answer of Max Berger: “As you wish”').waitFor();
  const charges = buyer.getByRole('region', { name: 'Charges' });
  await charges.getByText(/Credit · 1 ×/).waitFor();
  await charges.getByText(/Next charge: €23\.00 on/).waitFor();
});

test('an upgrade is charged for the rest of the period', async () => {
  const buyer = of(CONTOSO_BUYER);
  const id = await live(CONTOSO, 'Media', 1);
  await open(buyer, id, '/change');
  await buyer.getByRole('combobox', { name: 'Product' }).fill('5 TB');
  await buyer.getByRole('option', { name: /Impossible Cloud 5 TB/ }).click();
  await upToDate(buyer);
  await row(buyer, 'Kind').getByText('Upgrade').waitFor();
  await row(buyer, 'Recurring amount').getByText('€15.50 a month → €45.00 a month').waitFor();
  expect(await row(buyer, 'Due when it takes effect').textContent()).toMatch(/€37\.\d\d/);
  await preview(buyer).getByText('It needs no decision.').waitFor();
  await buyer.getByRole('button', { name: 'Request the change' }).click();
  const contents = buyer.getByRole('region', { name: 'Contents' });
  await contents.getByText('Impossible Cloud 5 TB').waitFor();
  await contents.getByText('6 TB', { exact: true }).waitFor();
  await contents.getByText('€45.00 a month').waitFor();
});

test('what blocks a change is shown at its field, and a preview that has moved is not requested', async () => {
  const buyer = of(CONTOSO_BUYER);
  const { subscription } = await firstOf(CONTOSO_BUYER);
  await open(buyer, subscription.id, '/change');
  const send = buyer.getByRole('button', { name: 'Request the change' });
  const total = buyer.getByLabel('Impossible Cloud +1 TB, in total');
  await total.fill('4');
  await upToDate(buyer);
  // The subscription changes without an event, so the page cannot know.
  await gateway.rows('UPDATE subscriptions SET version = version + 1 WHERE id = ?', [subscription.id]);
  await send.click();
  await buyer.getByRole('alert').getByText('The preview has changed').waitFor();
  expect((await firstOf(CONTOSO_BUYER)).subscription.change).toBeNull();
  await total.fill('101');
  await buyer
    .getByText(/A subscription can hold 1 to 100 of Impossible Cloud \+1 TB/)
    .first()
    .waitFor();
  expect(await total.getAttribute('aria-invalid')).toBe('true');
  expect(await send.isDisabled()).toBe(true);
});

/** The first subscription that somebody sees. */
async function firstOf(email: string) {
  const { data } = await person(gateway, email).send(
    '{ subscriptions(first: 1) { nodes { id friendlyName state change { id } } } }',
  );
  return { subscription: data.subscriptions.nodes[0] };
}

test('a change at the end of the period is accepted, shown with its day, and withdrawn', async () => {
  const manager = of(MANAGER);
  const { subscription } = await firstOf(CONTOSO_BUYER);
  await open(manager, subscription.id, '/change');
  await manager.getByLabel('Impossible Cloud +1 TB, in total').fill('0');
  await manager.getByRole('radio', { name: /At the end of the billing period/ }).click();
  await upToDate(manager);
  expect(await row(manager, 'Credit').textContent()).toContain('€0.00');
  await manager.getByRole('button', { name: 'Request the change' }).click();
  await manager.getByText('A change is open').waitFor();
  await manager
    .getByText(/Fewer add-ons · on /)
    .first()
    .waitFor();
  await manager.getByRole('button', { name: 'Withdraw the change' }).click();
  await manager.getByRole('region', { name: 'Changes' }).getByText('Withdrawn').waitFor();
  await manager.getByText('A change is open').waitFor({ state: 'detached' });
});

test('the manager suspends and resumes a subscription with a reason', async () => {
  const manager = of(MANAGER);
  const { subscription } = await firstOf(CONTOSO_BUYER);
  const { id, friendlyName } = subscription;
  await open(manager, id);
  const menu = manager.getByRole('button', { name: `I want to … ${friendlyName}` });
  await menu.click();
  await manager.getByRole('menuitem', { name: 'Suspend it' }).click();
  await manager.getByLabel('Reason').fill('The invoice of March is unpaid');
  await manager.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click();
  await manager
    .getByText(/Suspended since/)
    .first()
    .waitFor();
  await manager.getByText('Reason: “The invoice of March is unpaid”').waitFor();
  expect(await faultsInBoth(manager)).toEqual([]);
  // The buyer sees it, and is offered none of it.
  const buyer = of(CONTOSO_BUYER);
  await open(buyer, id);
  await buyer.getByText('Reason: “The invoice of March is unpaid”').waitFor();
  await buyer.getByRole('button', { name: `I want to … ${friendlyName}` }).click();
  await buyer.getByRole('menuitem', { name: 'Rename it' }).waitFor();
  expect(await buyer.getByRole('menuitem', { name: /^Resume it/ }).count()).toBe(0);

  await menu.click();
  await manager.getByRole('menuitem', { name: 'Resume it', exact: true }).click();
  await manager.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click();
  await manager.getByText('Reason: “The invoice of March is unpaid”').waitFor({ state: 'detached' });
});

test('a reference of the payer is set', async () => {
  const buyer = of(CONTOSO_BUYER);
  const { subscription } = await firstOf(CONTOSO_BUYER);
  await open(buyer, subscription.id);
  await buyer.getByRole('button', { name: /^I want to …/ }).click();
  await buyer.getByRole('menuitem', { name: 'Set its reference' }).click();
  await buyer.getByLabel('Reference in your system').fill('CC-4711');
  await buyer.getByRole('button', { name: 'Save' }).click();
  await buyer.getByRole('region', { name: 'Details' }).getByText('CC-4711').waitFor();
});

test('a failed order is abandoned once it is shown what is undone', async () => {
  await faults(gateway, refuse('addons/create', { message: 'No capacity left' }));
  const line = { ...STORAGE, friendlyName: 'Records', addons: [{ addonId: ONE_TB, quantity: 2 }] };
  const reseller = person(gateway, RESELLER);
  await reseller.order(line, ALPINE);
  await gateway.settled();
  const page = of(RESELLER);
  await goTo(page, 'Subscriptions');
  await page.getByRole('link', { name: 'Records' }).click();
  const contents = page.getByRole('region', { name: 'Contents' });
  await contents.getByText('Add-ons ordered').waitFor();
  await contents.getByText('2 × Impossible Cloud +1 TB').waitFor();

  const manager = of(MANAGER);
  await open(manager, page.url().split('/').at(-1) as string);
  await manager.getByRole('button', { name: 'Abandon Records' }).click();
  const undone = manager.getByRole('region', { name: 'What is undone' });
  await undone
    .getByText(/Cancelled at the provider: 1 × Impossible Cloud 1 TB, 2 × Impossible Cloud \+1 TB/)
    .waitFor();
  await undone.getByText(/Order ORD-.* is cancelled\./).waitFor();
  expect(await faultsInBoth(manager)).toEqual([]);
  await manager.getByRole('dialog').getByLabel('Reason').fill('The customer has chosen another');
  await manager.getByRole('dialog').getByRole('button', { name: 'Abandon' }).click();
  await manager.getByText('Abandoned', { exact: true }).waitFor();
  await manager.getByRole('article').getByText('Reversal').waitFor();
  await page.getByText('Cancelled', { exact: true }).first().waitFor();
});

test('nothing was sent: nothing is undone', async () => {
  await faults(gateway, refuse('accounts/synchronize', { message: 'Blocked account' }));
  await person(gateway, RESELLER).order({ ...STORAGE, friendlyName: 'Lab data' }, accountId('Skyline Labs'));
  await gateway.settled();
  const manager = of(MANAGER);
  await goTo(manager, 'Failures');
  await manager.getByRole('button', { name: 'Abandon Lab data' }).click();
  await sees(manager, 'Nothing is undone at the provider: nothing was ordered there.');
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
