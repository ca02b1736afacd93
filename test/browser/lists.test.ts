import type { Page } from 'playwright-core';
import { accountId } from '../../dev/demo-data';
import { person } from '../support/back-office';
import { ALPINE, MANAGER, NORTHWIND, RESELLER, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, signIn } from './support/console';

let gateway: TestGateway;
let browser: TestBrowser;
let page: Page;
let externalId: string;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  const manager = person(gateway, MANAGER);
  for (let count = 1; count <= 45; count += 1) {
    const line = { productId: STORAGE.productId, friendlyName: `Archive ${count}` };
    await manager.placed(count === 1 ? NORTHWIND : ALPINE, line);
  }
  const subscriptionId = await manager.liveSubscription(accountId('Birch Legal'));
  await manager.rename({ subscriptionId, friendlyName: 'Case files' });
  await manager.provisioned(accountId('Cedar Foods'), { ...STORAGE, friendlyName: 'Recipes' });
  const { data } = await person(gateway, RESELLER).send(
    'query ($id: ID!) { subscription(id: $id) { externalId } }',
    { id: subscriptionId },
  );
  ({ externalId } = data.subscription);
  page = await browser.page();
  await signIn(page, gateway.url, MANAGER);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

const articles = (name: string) => page.getByRole('article').filter({ hasText: name });
const scrolled = () => page.evaluate(() => window.scrollY);

test('filter and page are in the address: Back, a reload and a link show the same list, at the same place', async () => {
  await goTo(page, 'Orders');
  await page.getByRole('radiogroup', { name: 'Which orders' }).getByText('All').click();
  await articles('Recipes').waitFor();
  await page.getByRole('button', { name: 'Older' }).click();
  await articles('Archive 20,').waitFor();
  expect(await scrolled()).toBe(0);
  const order = articles('Archive 10,').getByRole('link');
  await order.scrollIntoViewIfNeeded();
  const place = await scrolled();
  expect(place).toBeGreaterThan(100);

  await order.click();
  await page.getByRole('heading', { level: 1, name: /^ORD-/ }).waitFor();
  expect(await scrolled()).toBe(0);
  await page.goBack();
  await order.waitFor();
  await page.waitForFunction(wanted => Math.abs(window.scrollY - wanted) < 2, place);
  expect(await page.getByRole('radio', { name: 'All' }).isChecked()).toBe(true);

  await page.reload();
  await order.waitFor();
  await page.waitForFunction(wanted => Math.abs(window.scrollY - wanted) < 2, place);
  await page.getByRole('button', { name: 'Newer' }).click();
  await articles('Recipes').waitFor();
  expect(await page.getByRole('button', { name: 'Newer' }).isDisabled()).toBe(true);
});

test('a search is in the address, and the field follows it', async () => {
  await goTo(page, 'Subscriptions');
  await articles('Recipes').waitFor();
  await page.getByRole('searchbox').fill('birch');
  await articles('Recipes').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Case files' }).click();
  await page.getByRole('heading', { level: 1, name: 'Case files' }).waitFor();
  await page.goBack();
  await articles('Case files').waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('birch');
  expect(await articles('Recipes').count()).toBe(0);
});

test.each([
  ['the customer', 'birch', true],
  ['the friendly name', 'case', true],
  ['the SKU', 'ic-base-1tb', true],
  ['the id at the provider', 'external', true],
  ['something else', 'cedar', false],
])('subscriptions are found by %s', async (_, typed, found) => {
  await goTo(page, 'Subscriptions');
  await page.getByRole('searchbox').fill(typed === 'external' ? externalId : typed);
  await page.waitForURL(/search=/);
  await articles('Case files').waitFor({ state: found ? 'visible' : 'detached' });
  await articles(found ? 'Case files' : 'Recipes').waitFor();
});

test('orders are found by customer and by number', async () => {
  await goTo(page, 'Orders');
  await page.getByRole('searchbox').fill('northwind');
  await articles('Archive 1,').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('article').length === 1);
  const number = await articles('Archive 1,').getByRole('link').textContent();
  await page.getByRole('searchbox').fill('alpine');
  await articles('Archive 45,').waitFor();
  await page.getByRole('searchbox').fill(number ?? '');
  await articles('Archive 1,').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('article').length === 1);
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
