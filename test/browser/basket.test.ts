import type { BrowserContext, Page } from 'playwright-core';
import { administrator } from '../support/administrator';
import { addon, product } from '../support/catalog';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { shopper } from '../support/shop';
import { until } from '../support/until';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, sees, signIn } from './support/console';
import { faultsInBoth } from './support/look';

const BUYER = 'buyer@northwind.example';
const SERVER = product('CB-SERVER');

let gateway: TestGateway;
let browser: TestBrowser;
let context: BrowserContext;
let page: Page;

const buyer = () => shopper(gateway, BUYER);
const lines = async () => (await buyer().basket()).lines;

/** Another tab of the same browser, at the basket. */
async function otherTab(): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(`${gateway.url}/console/basket`);
  await tab.getByRole('heading', { level: 1 }).waitFor();
  return tab;
}

/** The gateway cannot be reached for changes of lines. */
const refuseEdits = () =>
  context.route('**/graphql', route =>
    route.request().postData()?.includes('updateBasketLine') ? route.abort() : route.continue(),
  );
const letEditsPass = () => context.unroute('**/graphql');

const nameOf = (tab: Page) => tab.getByLabel('Friendly name of the subscription');
const licensesOf = (tab: Page) => tab.getByLabel('Licenses');
const proceed = (tab: Page) => tab.getByRole('link', { name: 'Proceed to checkout' });

/** Opens the basket in a new page, which remembers none. */
async function openBasket(): Promise<void> {
  await page.goto(`${gateway.url}/console/basket`);
  await page.locator('dl[aria-label=Totals]').waitFor();
}

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  page = await browser.page();
  context = page.context();
  await signIn(page, gateway.url, BUYER);
});
beforeEach(async () => {
  await buyer().empty();
  await buyer().add({ productId: SERVER, quantity: 2, friendlyName: 'Servers' });
  await openBasket();
});
afterEach(async () => {
  await context.setOffline(false);
  for (const tab of context.pages()) if (tab !== page) await tab.close();
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

test('a change in one tab is seen in the other, which says so', async () => {
  const other = await otherTab();
  expect(await licensesOf(other).inputValue()).toBe('2');
  await licensesOf(page).fill('5');
  await other.locator('input[value="5"]').waitFor();
  await sees(other, 'The basket was changed in another window. You see it as it is now.');
  expect(await page.getByText('The basket was changed in another window').count()).toBe(0);

  await other.getByRole('button', { name: 'Remove Servers' }).click();
  await sees(page, 'Your basket is empty');
  const count = page.getByRole('navigation', { name: 'Main' }).getByLabel(/lines?$/);
  expect(await count.count()).toBe(0);
});

test('a basket that was changed in another browser is read when the user returns to the tab', async () => {
  await buyer().add({ productId: product('IC-BASE-1TB') });
  await page.waitForTimeout(2100);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.getByRole('region', { name: 'Impossible Cloud 1 TB' }).waitFor();
});

test('edits of two tabs in different lines are both saved', async () => {
  await buyer().add({ productId: product('IC-BASE-1TB'), friendlyName: 'Archive' });
  const other = await otherTab();
  await context.setOffline(true);
  await licensesOf(other).fill('7');
  await sees(other, /Your change is kept/);
  await buyer().update({ lineId: (await lines())[1].id, friendlyName: 'Old archive' });
  await context.setOffline(false);
  await other.locator('input[value="Old archive"]').waitFor();
  await proceed(other).waitFor();
  const [server, archive] = await lines();
  expect([server.quantity, archive.friendlyName]).toEqual([7, 'Old archive']);
});

test.each([
  ['Save my change', 7, 'Mine'],
  ['Discard my change', 3, 'Theirs'],
])('a line that was changed elsewhere is not overwritten: %s', async (choice, quantity, friendlyName) => {
  await context.setOffline(true);
  await licensesOf(page).fill('7');
  await nameOf(page).fill('Mine');
  await sees(page, /Your change is kept/);
  await buyer().update({ lineId: (await lines())[0].id, quantity: 3, friendlyName: 'Theirs' });
  await context.setOffline(false);
  const alert = page.getByRole('alert').filter({ hasText: 'changed in another window too' });
  await alert.getByText('It has now: Theirs, 3 licenses').waitFor();
  expect(await nameOf(page).inputValue()).toBe('Mine');
  expect(await faultsInBoth(page)).toEqual([]);
  expect(await page.getByRole('button', { name: 'Proceed to checkout' }).isDisabled()).toBe(true);
  expect((await lines())[0]).toMatchObject({ quantity: 3, friendlyName: 'Theirs' });

  await alert.getByRole('button', { name: choice }).click();
  await alert.waitFor({ state: 'detached' });
  await proceed(page).waitFor();
  await page.locator(`input[value="${friendlyName}"]`).waitFor();
  await until(async () => (await lines())[0].friendlyName === friendlyName);
  expect((await lines())[0].quantity).toBe(quantity);
});

test('an edit of a line that was removed elsewhere is told as lost, and not brought back', async () => {
  await context.setOffline(true);
  await licensesOf(page).fill('7');
  await sees(page, /Your change is kept/);
  await buyer().empty();
  await context.setOffline(false);
  await page.getByRole('alert').getByText('Servers is no longer in the basket').waitFor();
  expect(await faultsInBoth(page)).toEqual([]);
  await sees(page, 'Your basket is empty');
  const discard = page.getByRole('button', { name: 'Discard the change' });
  await discard.click();
  await discard.waitFor({ state: 'detached' });
  expect(await lines()).toEqual([]);
});

test('an edit made offline outlives a reload, and is sent from whatever page is open', async () => {
  await goTo(page, 'Shop');
  const tab = await otherTab();
  await context.setOffline(true);
  await nameOf(tab).fill('Before the reload');
  await sees(tab, /Your change is kept/);
  await context.setOffline(false);
  await refuseEdits();
  tab.on('dialog', dialog => dialog.accept());
  await tab.goto(`${gateway.url}/console/shop`);
  await tab.getByRole('heading', { name: 'Shop', level: 1 }).waitFor();
  await goTo(tab, 'Basket');
  await tab.locator('input[value="Before the reload"]').waitFor();
  await goTo(tab, 'Shop');
  expect((await lines())[0].friendlyName).toBe('Servers');
  await letEditsPass();
  await until(async () => (await lines())[0].friendlyName === 'Before the reload');
});

test('an edit of a tab that was closed is sent by another tab', async () => {
  const tab = await otherTab();
  await refuseEdits();
  await licensesOf(tab).fill('9');
  await sees(tab, /Your change is kept/);
  await tab.close();
  await licensesOf(page).and(page.locator('input[value="9"]')).waitFor();
  expect((await lines())[0].quantity).toBe(2);
  await letEditsPass();
  await until(async () => (await lines())[0].quantity === 9);
  await proceed(page).waitFor();
});

test('a checkout that is open sees what another tab adds, and asks for a confirmation again', async () => {
  await proceed(page).click();
  await page.getByRole('button', { name: 'Confirm billing' }).click();
  await page.getByRole('button', { name: 'Place the order' }).waitFor();
  const other = await context.newPage();
  await other.goto(`${gateway.url}/console/shop/IC-BASE-1TB`);
  await other.getByRole('button', { name: 'Add to basket' }).click();
  await other.getByRole('heading', { name: 'Basket', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Confirm billing' }).waitFor();
  await sees(page, 'The basket was changed in another window.');
  await page
    .getByRole('complementary', { name: 'Your order' })
    .getByText('Impossible Cloud 1 TB')
    .first()
    .waitFor();
});

test('a version conflict is shown, the basket is read again, and the next attempt succeeds', async () => {
  await page.getByRole('button', { name: 'Empty the basket' }).click();
  await buyer().add({ productId: product('IC-BASE-1TB') });
  const dialog = page.getByRole('dialog', { name: 'Empty the basket?' });
  await dialog.getByText('1 line is removed.').waitFor();
  await dialog.getByRole('button', { name: 'Remove all lines' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/nothing was done/)
    .waitFor();
  await dialog.getByText('All 2 lines are removed.').waitFor();
  expect(await lines()).toHaveLength(2);
  await dialog.getByRole('button', { name: 'Remove all lines' }).click();
  await page.getByRole('status').getByText('Your basket is empty').waitFor();
  expect(await lines()).toEqual([]);
  await page.getByRole('link', { name: 'Go to the shop' }).click();
  await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor();
});

test('amounts of different billing cycles are not added up', async () => {
  await buyer().empty();
  await buyer().add({ productId: SERVER, quantity: 1 });
  await buyer().add({
    productId: product('IC-BASE-1TB'),
    billingCycle: 'ANNUALLY',
    addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 2 }],
  });
  await openBasket();
  const { data } = await buyer().send(
    '{ basket { total { amount } recurring { billingCycle amount { amount } } } }',
  );
  const { total, recurring } = data.basket;
  expect(recurring).toHaveLength(2);
  const amounts = await page.locator('dl[aria-label=Totals] dd').allTextContents();
  expect(amounts).toEqual([
    `€${total.amount}`,
    `€${recurring[0].amount.amount} a month`,
    `€${recurring[1].amount.amount} a year`,
  ]);
  await proceed(page).click();
  const table = page.getByRole('complementary', { name: 'Your order' });
  await table.getByRole('row', { name: `Due now €${total.amount}` }).waitFor();
  await table.getByRole('row', { name: `Then: Monthly €${recurring[0].amount.amount} a month` }).waitFor();
  await table.getByRole('row', { name: `Then: Annually €${recurring[1].amount.amount} a year` }).waitFor();
  await page.getByRole('button', { name: 'Confirm billing' }).click();
  await page.getByLabel('Purchase order number').fill('PO 4711');
  await page.getByLabel('Your reference').fill('Storage 2026');
  await page.getByRole('button', { name: 'Place the order' }).click();
  await sees(page, 'Everything is provisioned.');
  await page.getByRole('row', { name: `Due with this order €${total.amount}` }).waitFor();
  await page.getByRole('row', { name: `Then: Annually €${recurring[1].amount.amount} a year` }).waitFor();
  await sees(page, 'PO 4711');
  await sees(page, 'Storage 2026');
});

test('a price that changes before the order is shown as it was and is, and nothing that was entered is lost', async () => {
  const [list] = await gateway.rows('SELECT id FROM price_lists WHERE isDefault');
  const setPrice = (unitPrice: string) =>
    administrator(gateway).does('setPrice', {
      priceListId: list?.id,
      itemId: SERVER,
      billingCycle: 'MONTHLY',
      unitPrice,
    });
  const [{ unitPrice: before }] = await lines();
  await proceed(page).click();
  await page.getByRole('button', { name: 'Confirm billing' }).click();
  await page.getByLabel('Purchase order number').fill('PO 4712');
  await setPrice('71.50');
  await page.getByRole('button', { name: 'Place the order' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'A price has changed since you confirmed it' });
  await alert
    .getByText(`Cloud Backup Server: €71.50 a month, confirmed at €${before.amount} a month`)
    .waitFor();
  expect(await page.getByText(/You confirm €/).count()).toBe(0);
  expect(await faultsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: 'Confirm billing' }).click();
  await page
    .getByRole('complementary', { name: 'Your order' })
    .getByRole('row', { name: 'Due now €143.00' })
    .waitFor();
  expect(await page.getByLabel('Purchase order number').inputValue()).toBe('PO 4712');
  await setPrice(before.amount);
});

test('what is wrong with a line is shown once, at its field', async () => {
  await buyer().empty();
  await buyer().add({ productId: product('IC-BASE-1TB') });
  await openBasket();
  await page.getByLabel(/Impossible Cloud \+1 TB, units/).fill('900000');
  await sees(page, /A change is not saved/);
  expect(await page.getByText(/can be ordered/).count()).toBe(1);
  await page.getByLabel(/Impossible Cloud \+1 TB, units/).fill('1');
  await proceed(page).waitFor();
});

test('product and add-ons show their descriptions, in the shop and in the basket', async () => {
  await page.goto(`${gateway.url}/console/shop/IC-BASE-1TB`);
  await sees(page, /^A license of Impossible Cloud/);
  await sees(page, 'More storage for the same license.');
  await page.getByRole('button', { name: 'Add to basket' }).click();
  await page.getByRole('heading', { name: 'Basket', level: 1 }).waitFor();
  await sees(page, 'More storage for the same license.');
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
