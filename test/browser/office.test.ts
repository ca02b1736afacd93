import type { Page } from 'playwright-core';
import { accountId } from '../../dev/demo-data';
import { person } from '../support/back-office';
import { product } from '../support/catalog';
import { ADMIN, ALPINE, MANAGER, NORTHWIND, RESELLER, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { faults, refuse } from '../support/provider/of-gateway';
import { newEndCustomer } from '../support/retail';
import { until } from '../support/until';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, onBoard, sees, signIn } from './support/console';
import { manyCustomers, manyProducts } from './support/many';

let gateway: TestGateway;
let browser: TestBrowser;
let manager: Page;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  await manyCustomers(gateway, 60);
  await manyProducts(gateway, 60);
  manager = await browser.page();
  await signIn(manager, gateway.url, MANAGER);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

/** Types into a select whose options the gateway searches, and chooses one. */
async function choose(page: Page, label: string, search: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).fill(search);
  await page.getByRole('option', { name: option }).click();
}

describe('an order on behalf of a customer', () => {
  beforeEach(() => manager.goto(`${gateway.url}/console/office/place`));

  test('the gateway searches customers and products, so that the last of many can be chosen', async () => {
    await manager.getByRole('combobox', { name: 'Customer' }).click();
    await manager.getByRole('option', { name: /Aardvark 001/ }).waitFor();
    await sees(manager, 'The first 20 are listed. Type to search.');
    expect(await manager.getByRole('option', { name: /Northwind/ }).count()).toBe(0);
    await choose(manager, 'Customer', 'northw', 'Northwind Traders');
    await choose(manager, 'Product', 'BACKUP-060', 'Backup 060 (BACKUP-060)');
    await sees(manager, 'Total €10.00 a month, as its payer is charged');
  });

  test('is placed by keyboard alone, with a purchase order number, and the focus is never lost', async () => {
    const keys = manager.keyboard;
    const focused = () =>
      manager.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName,
      );
    await manager.getByRole('combobox', { name: 'Customer' }).focus();
    await keys.type('aardvark 011');
    await manager.getByRole('option', { name: 'Aardvark 011' }).waitFor();
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await keys.press('Tab');
    await keys.type('PO-2026-17');
    await keys.press('Tab');
    await keys.type('BACKUP-059');
    await manager.getByRole('option', { name: /Backup 059/ }).waitFor();
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await until(async () => (await focused()) === 'Backup 059');
    await keys.press('Tab');
    await keys.press('Enter');
    await until(async () => (await focused()) === 'Add to the order');
    await keys.press('Tab');
    await keys.type('BACKUP-058');
    await manager.getByRole('option', { name: /Backup 058/ }).waitFor();
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await sees(manager, 'Total €10.00 a month, as its payer is charged');
    await manager.getByRole('button', { name: 'Place the order' }).focus();
    await keys.press('Enter');
    await manager.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    const { data } = await person(gateway, MANAGER).send(
      `{ orders(filter: { purchaseOrderNumber: "PO-2026-17" }, first: 1) { nodes { purchaseOrderNumber lines { product { sku } } } } }`,
      {},
    );
    expect(data.orders.nodes).toEqual([
      { purchaseOrderNumber: 'PO-2026-17', lines: [{ product: { sku: 'BACKUP-058' } }] },
    ]);
  });

  test('has several lines: licenses, and add-ons for a live subscription', async () => {
    const subscriptionId = await person(gateway, MANAGER).liveSubscription(NORTHWIND);
    await person(gateway, MANAGER).rename({ subscriptionId, friendlyName: 'Grows' });
    await goTo(manager, 'Subscriptions');
    await manager.getByRole('button', { name: 'I want to … Grows' }).click();
    await manager.getByRole('menuitem', { name: 'Buy add-ons' }).click();
    await manager.getByRole('heading', { name: 'Add-ons for Grows' }).waitFor();
    await manager.getByRole('button', { name: 'Remove Grows' }).click();
    await choose(manager, 'Product', 'CB-SERVER', /Cloud Backup Server/);
    await manager.getByLabel('Licenses').fill('3');
    await manager.getByLabel('Friendly name of the subscription').fill('Three servers');
    await choose(manager, 'Add-ons for a subscription of the customer', 'grows', /^Grows/);
    const place = manager.getByRole('button', { name: 'Place the order' });
    expect(await place.isDisabled()).toBe(true);
    await manager.getByLabel('Impossible Cloud +1 TB, units for Grows').fill('2');
    // Three licenses of 19.00 and two add-ons of 7.50.
    await sees(manager, 'Total €72.00 a month, as its payer is charged');
    await place.click();
    const order = manager.getByRole('row').filter({ hasText: 'Three servers' });
    await order.getByText(/2 × Impossible Cloud \+1 TB/).waitFor();
    await order.getByRole('button', { name: /Execute/ }).click();
    await order.waitFor({ state: 'detached' });
    await gateway.settled();
    const { data } = await person(gateway, MANAGER).send(
      `query ($id: ID!) { subscription(id: $id) { addons { quantity } } orders(filter: { search: "northwind" }, first: 1) {
         nodes { lines { quantity } } } }`,
      { id: subscriptionId },
    );
    expect(data.subscription.addons).toEqual([{ quantity: 2 }]);
    expect(data.orders.nodes[0].lines.map(({ quantity }: { quantity: number }) => quantity).sort()).toEqual([
      0, 3,
    ]);
  });

  test('the prices and the total are those of the payer, and the order has them', async () => {
    const total = manager.getByRole('status').filter({ hasText: 'Total' });
    await choose(manager, 'Product', 'IC-BASE-1TB', /Impossible Cloud 1 TB/);
    await choose(manager, 'Customer', 'Northwind', 'Northwind Traders');
    await total.getByText('€8.00 a month').waitFor();
    await choose(manager, 'Customer', 'alpine', 'Alpine Dental, through Skyline IT');
    await total.getByText('€6.40 a month').waitFor();
    await sees(manager, '1 TB for €6.00 a month');
    await manager.getByLabel('Impossible Cloud +1 TB, units for Impossible Cloud 1 TB').fill('3');
    await total.getByText('€24.40 a month').waitFor();
    await manager.getByLabel('Friendly name of the subscription').fill('At the price of the payer');
    await manager.getByRole('button', { name: 'Place the order' }).click();
    const order = manager.getByRole('row').filter({ hasText: 'At the price of the payer' });
    await order.getByText('€24.40').waitFor();
  });
});

test('withdrawing an order asks first, and the order is cancelled', async () => {
  const { id, number } = await person(gateway, MANAGER).placed(NORTHWIND, {
    productId: product('CB-SERVER'),
  });
  await goTo(manager, 'Orders');
  await manager.getByRole('button', { name: `Withdraw ${number}` }).click();
  const dialog = manager.getByRole('dialog', { name: `Withdraw the order ${number}` });
  await dialog.getByText(/nothing of it is provisioned or charged/).waitFor();
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect((await person(gateway, MANAGER).seeOrder(id)).state).toBe('SUBMITTED');
  await manager.getByRole('button', { name: `Withdraw ${number}` }).click();
  await dialog.getByRole('button', { name: 'Withdraw the order' }).click();
  await manager.getByRole('row').filter({ hasText: number }).waitFor({ state: 'detached' });
  expect((await person(gateway, MANAGER).seeOrder(id)).state).toBe('CANCELLED');
});

test('what blocks an order is shown next to its disabled button', async () => {
  // Placed before the customer had a subscription.
  await person(gateway, MANAGER).placed(accountId('Contoso'), STORAGE);
  await person(gateway, MANAGER).liveSubscription(accountId('Contoso'));
  await goTo(manager, 'Orders');
  const order = manager.getByRole('row').filter({ hasText: 'Contoso' });
  await order.getByText(/already has/).waitFor();
  expect(await order.getByRole('button', { name: /Execute/ }).isDisabled()).toBe(true);
  expect(await order.getByRole('button', { name: /Withdraw/ }).isEnabled()).toBe(true);
});

test('a failed operation is retried on its page, a second failure says so, and it is abandoned on the board', async () => {
  const reseller = person(gateway, RESELLER);
  await faults(gateway, refuse('subscriptions/create', { message: 'No capacity left', times: 2 }));
  const { order } = await reseller.order({ ...STORAGE, friendlyName: 'Twice refused' }, ALPINE);
  await gateway.settled();
  const [{ subscription }] = order.lines;

  await manager.goto(`${gateway.url}/console/subscriptions/${subscription.id}`);
  const card = manager.getByRole('article').filter({ hasText: 'Twice refused' });
  await card.getByRole('button', { name: 'Retry Twice refused' }).click();
  await card
    .getByRole('alert')
    .getByText(/The retry failed too/)
    .waitFor();
  await card.getByRole('link', { name: 'Twice refused' }).click();
  await manager.getByRole('button', { name: 'Retry Twice refused' }).waitFor();

  await goTo(manager, 'Live');
  const failed = onBoard(manager, 'Needs a person', 'Twice refused');
  await failed.getByRole('button', { name: 'Abandon Twice refused' }).click();
  const dialog = manager.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('The customer has chosen another product');
  await dialog.getByRole('button', { name: 'Abandon' }).click();
  await failed.waitFor({ state: 'detached' });
  await gateway.settled();
  expect((await reseller.seeOrder(order.id)).state).toBe('CANCELLED');
});

test('the board names the customers, collapses a column of many, and leads to all failures', async () => {
  await faults(gateway, refuse('subscriptions/create', { message: 'Full', times: 8 }));
  for (let count = 1; count <= 8; count += 1) {
    const line = { ...STORAGE, friendlyName: `Full ${count}` };
    await person(gateway, RESELLER).order(line, accountId(`Aardvark 00${count}`));
  }
  await gateway.settled();
  await goTo(manager, 'Live');
  const column = manager.getByRole('region', { name: 'Needs a person' });
  await onBoard(manager, 'Needs a person', 'Full 8').getByText('Aardvark 008').waitFor();
  expect(await column.getByRole('article').count()).toBe(5);
  await column.getByRole('button', { name: 'Show 3 more' }).click();
  await onBoard(manager, 'Needs a person', 'Full 1').getByText('Aardvark 001').waitFor();
  expect(await column.getByRole('article').count()).toBe(8);
  await column.getByRole('button', { name: 'Show fewer' }).click();
  await column.getByRole('link', { name: 'All failures' }).click();
  await manager.getByRole('heading', { level: 1, name: 'Failures' }).waitFor();
  await manager.getByRole('row').filter({ hasText: 'Aardvark 008' }).waitFor();
});

test('the requester sees that its cancellation was rejected, and the note', async () => {
  const subscriptionId = await person(gateway, MANAGER).liveSubscription(ALPINE);
  await person(gateway, RESELLER).rename({ subscriptionId, friendlyName: 'Kept after all' });
  const { id: requestId } = await person(gateway, RESELLER).requested(subscriptionId, {
    reason: 'Too large',
  });
  const reseller = await browser.page();
  await signIn(reseller, gateway.url, RESELLER);
  await goTo(reseller, 'Subscriptions');
  const card = reseller.getByRole('row', { name: 'Kept after all' });
  await card.getByText('Cancellation requested').waitFor();
  await person(gateway, MANAGER).decide({ requestId, decision: 'REJECT', note: 'The term ends in May' });
  await card.getByText('Cancellation rejected by Max Berger: “The term ends in May”').waitFor();
  await card.getByRole('link', { name: 'Kept after all' }).click();
  const history = reseller.getByRole('region', { name: 'Cancellation requests' });
  await history.getByText('Rejected', { exact: true }).waitFor();
  await history.getByText(/The term ends in May/).waitFor();
  await reseller.context().close();
});

test.each([
  ['buyer@northwind.example', 'Shop Basket|Orders Subscriptions Charges Live|Your company|Webhooks Settings'],
  [
    RESELLER,
    'Shop Basket|Orders Subscriptions Changes Charges Cancellations Live|Customers Your company|Retail prices|API keys Webhooks Settings',
  ],
  [
    MANAGER,
    'Overview Orders Place an order Subscriptions Changes Charges Cancellations Failures Live|Customers|API keys Providers Settings',
  ],
  [
    ADMIN,
    'Overview Orders Place an order Subscriptions Changes Charges Cancellations Failures Live|Customers|Products Add-ons Categories Price lists Import|API keys Webhooks Mails Audit trail Providers Users Settings',
  ],
])('%s has the pages of its role, and no others by their address', async (email, expected) => {
  const page = await browser.page();
  await signIn(page, gateway.url, email);
  const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  expect((await links.allTextContents()).join(' ')).toBe(expected.replaceAll('|', ' '));
  const other = expected.includes('Shop') ? '/office/orders' : '/basket';
  await page.goto(`${gateway.url}/console${other}`);
  await page.getByRole('heading', { name: 'Not for your role' }).waitFor();
  await page.context().close();
});

test('a reseller decides the request of its end customer', async () => {
  const customer = await newEndCustomer(gateway, accountId('Birch Legal'), 'it@birch.example');
  const subscriptionId = await person(gateway, MANAGER).liveSubscription(accountId('Birch Legal'));
  await customer.rename({ subscriptionId, friendlyName: 'Case files' });
  await customer.requested(subscriptionId, { reason: 'We merge' });
  const page = await browser.page();
  await signIn(page, gateway.url, RESELLER);
  await goTo(page, 'Cancellations');
  await sees(page, /We merge/);
  await page.getByRole('button', { name: 'Reject the cancellation of Case files' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await sees(page, 'Nothing to decide');
  await page.context().close();
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
