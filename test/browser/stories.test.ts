import type { Page } from 'playwright-core';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { faults, refuse } from '../support/provider/of-gateway';
import { usualSecurity } from '../support/security';
import { startBrowser, type TestBrowser } from './support/browser';
import { checkOut, fillBasket, goTo, onBoard, sees, signIn } from './support/console';

let gateway: TestGateway;
let browser: TestBrowser;
let reseller: Page;
let manager: Page;
let live: Page;

beforeAll(async () => {
  // As strict as a gateway can be: the console sends only what the gateway knows as its own.
  const security = usualSecurity({ NODE_ENV: 'production', TRUSTED_DOCUMENTS: 'enforce' });
  gateway = await startTestGateway({}, { security });
  browser = await startBrowser();
  [reseller, manager, live] = await Promise.all([browser.page(), browser.page(), browser.page()]);
  await signIn(reseller, gateway.url, 'sales@skyline.example');
  await signIn(manager, gateway.url, 'manager@bss.example');
  await signIn(live, gateway.url, 'admin@bss.example');
  await goTo(live, 'Live');
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

test("the reseller's story, with the live room open beside it", async () => {
  await fillBasket(reseller, 'Backups');
  await checkOut(reseller, 'Alpine Dental');
  await sees(reseller, 'Everything is provisioned.');
  await sees(reseller, '6 of 6 steps done');
  await onBoard(live, 'Done within the hour', 'Backups').getByText('Succeeded').waitFor();

  await goTo(reseller, 'Subscriptions');
  const card = reseller.getByRole('row', { name: 'Backups' });
  await card.getByText('Active', { exact: true }).waitFor();
  await card.getByText('3 TB granted').waitFor();
  expect(await card.textContent()).toContain('€18.40 a month');
});

test('a second subscription for the same customer is refused where the recipient is chosen', async () => {
  await fillBasket(reseller, 'Another');
  await reseller.getByRole('radio', { name: 'Alpine Dental' }).click();
  await reseller.getByRole('button', { name: 'Checkout' }).click();
  const alert = reseller.getByRole('alert');
  await alert.getByText(/Alpine Dental already has a subscription/).waitFor();
  await alert.getByRole('link', { name: 'Open Backups' }).waitFor();
  await goTo(reseller, 'Basket');
  await reseller.getByRole('button', { name: 'Remove' }).click();
  await sees(reseller, 'Your basket is empty');
});

test("the account manager's story: an order on behalf, which is provisioned once it is executed", async () => {
  await goTo(manager, 'Place an order');
  await manager.getByRole('combobox', { name: 'Customer' }).click();
  await manager.getByRole('option', { name: 'Northwind Traders' }).click();
  await manager.getByRole('combobox', { name: 'Product' }).click();
  await manager.getByRole('option', { name: 'Impossible Cloud 5 TB' }).click();
  await manager.getByLabel('Friendly name of the subscription').fill('Northwind archive');
  await manager.getByRole('button', { name: 'Place the order' }).click();

  const order = manager.getByRole('row').filter({ hasText: 'Northwind archive' });
  await order.getByText('Submitted').waitFor();
  await order.getByRole('button', { name: /Execute/ }).click();
  await sees(manager, 'Nothing waits to be executed');
  await onBoard(live, 'Done within the hour', 'Northwind archive').waitFor();
  await manager.getByRole('radiogroup', { name: 'Which orders' }).getByText('All').click();
  await manager.getByRole('row').filter({ hasText: 'Northwind archive' }).getByText('Completed').waitFor();
});

test('the cancellation story: request, decision, end', async () => {
  await goTo(reseller, 'Subscriptions');
  await reseller.getByRole('button', { name: 'I want to … Backups' }).click();
  await reseller.getByRole('menuitem', { name: 'Cancel the subscription' }).click();
  const dialog = reseller.getByRole('dialog');
  await dialog.getByLabel('Why? (optional)').fill('The practice moves');
  await dialog.getByRole('button', { name: 'Submit' }).click();
  const card = reseller.getByRole('row', { name: 'Backups' });
  await card.getByText('Cancellation requested').waitFor();
  await card.getByText('Active', { exact: true }).waitFor();

  await goTo(manager, 'Cancellations');
  await sees(manager, /The practice moves/);
  await manager.getByRole('button', { name: 'Accept the cancellation of Backups' }).click();
  const decision = manager.getByRole('dialog');
  await decision.getByText(/^Backups of Alpine Dental ends/).waitFor();
  await decision.getByRole('button', { name: 'Accept' }).click();
  await sees(manager, 'Nothing to decide');
  // Nobody reloads the reseller's page.
  await sees(reseller, 'No subscriptions here');
  await onBoard(live, 'Done within the hour', 'Cancellation').waitFor();
});

test('a rejection by the provider is shown with its reason, and can be retried', async () => {
  await faults(gateway, refuse('subscriptions/create', { message: 'No capacity left' }));
  await fillBasket(reseller, 'Contracts');
  await checkOut(reseller, 'Birch Legal');
  await sees(reseller, /No capacity left/);
  await onBoard(live, 'Needs a person', 'Contracts')
    .getByText(/No capacity left/)
    .waitFor();
  await live.getByRole('region', { name: 'Failed attempts by reason' }).getByText('Rejected').waitFor();

  await goTo(manager, 'Failures');
  await sees(manager, 'Assign the license failed');
  await manager.getByRole('button', { name: 'Retry Contracts' }).click();
  await sees(manager, 'Nothing has failed');
  await sees(reseller, 'Everything is provisioned.');
  await onBoard(live, 'Done within the hour', 'Contracts').waitFor();
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
