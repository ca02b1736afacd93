import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { accountId } from '../../dev/demo-data';
import { person } from '../support/back-office';
import { ALPINE, MANAGER, NORTHWIND, RESELLER, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { until } from '../support/until';
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
  await manager.provisioned(accountId('Cedar Foods'), { ...STORAGE, friendlyName: '=1+1, "Recipes"' });
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

const rows = (name: string) => page.locator('tbody').getByRole('row').filter({ hasText: name });
const scrolled = () => page.evaluate(() => window.scrollY);
const search = (text: string) => page.getByRole('searchbox').fill(text);
const names = () => page.locator('tbody [role=row] a').allTextContents();

/** Position of the page, when it has come to rest. */
async function settledPlace() {
  let last = -1;
  await until(
    async () => {
      const before = last;
      last = await scrolled();
      return last === before;
    },
    { everyMs: 200 },
  );
  return last;
}

/** Shows all orders. */
async function allOrders() {
  await goTo(page, 'Orders');
  await page.getByRole('radiogroup', { name: 'Which orders' }).getByText('All').click();
  await rows('Recipes').waitFor();
}

/** Scrolls down until a row is there. The next pages are read on the way. */
async function scrollTo(name: string) {
  await page.mouse.move(640, 500);
  await until(async () => {
    if ((await rows(name).count()) > 0) return true;
    await page.mouse.wheel(0, 500);
    return false;
  });
  return rows(name);
}

test('the filter is in the address: Back, a reload and a link show the same rows, at the same place', async () => {
  await allOrders();
  await page.getByText('47 orders', { exact: true }).waitFor();
  const order = (await scrollTo('Archive 10,')).getByRole('link');
  await order.scrollIntoViewIfNeeded();
  const place = await settledPlace();
  expect(place).toBeGreaterThan(500);

  await order.click();
  await page.getByRole('heading', { level: 1, name: /^ORD-/ }).waitFor();
  expect(await scrolled()).toBe(0);
  await page.goBack();
  await order.waitFor();
  expect(Math.abs((await settledPlace()) - place)).toBeLessThan(2);
  expect(await page.getByRole('radio', { name: 'All' }).isChecked()).toBe(true);

  await page.reload();
  await order.waitFor();
  expect(Math.abs((await settledPlace()) - place)).toBeLessThan(2);
  const link = await page.context().newPage();
  await link.goto(page.url());
  await link.locator('tbody').getByRole('row').filter({ hasText: 'Recipes' }).waitFor();
  await link.close();
});

test('a search is in the address, and the field follows it', async () => {
  await goTo(page, 'Subscriptions');
  await rows('Recipes').waitFor();
  await search('birch');
  await rows('Recipes').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Case files' }).click();
  await page.getByRole('heading', { level: 1, name: 'Case files' }).waitFor();
  await page.goBack();
  await rows('Case files').waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('birch');
  expect(await rows('Recipes').count()).toBe(0);
  await search('nothing of the kind');
  await page.getByText('Nothing found').waitFor();
  expect(await page.getByRole('button', { name: 'Download CSV' }).isDisabled()).toBe(true);
});

test.each([
  ['the customer', 'birch', true],
  ['the friendly name', 'case', true],
  ['the SKU', 'ic-base-1tb', true],
  ['the id at the provider', 'external', true],
  ['something else', 'cedar', false],
])('subscriptions are found by %s', async (_, typed, found) => {
  await goTo(page, 'Subscriptions');
  await search(typed === 'external' ? externalId : typed);
  await page.waitForURL(/search=/);
  await rows('Case files').waitFor({ state: found ? 'visible' : 'detached' });
  await rows(found ? 'Case files' : 'Recipes').waitFor();
});

test('orders are found by customer and by number', async () => {
  await goTo(page, 'Orders');
  await search('northwind');
  await rows('Archive 1,').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
  const number = await rows('Archive 1,').getByRole('link').textContent();
  await search('alpine');
  await rows('Archive 45,').waitFor();
  await search(number ?? '');
  await rows('Archive 1,').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
});

test('a click on a header sorts, in the address, and says so', async () => {
  await goTo(page, 'Subscriptions');
  await rows('Recipes').waitFor();
  const header = page.getByRole('columnheader', { name: 'Name' });
  expect(await header.getAttribute('aria-sort')).toBe('none');
  await header.getByRole('button').click();
  await page.waitForURL(/sort=name/);
  expect(await header.getAttribute('aria-sort')).toBe('ascending');
  await until(async () => (await names())[0] === '=1+1, "Recipes"');
  await header.getByRole('button').click();
  await page.waitForURL(/sort=-name/);
  expect(await header.getAttribute('aria-sort')).toBe('descending');
  await until(async () => (await names())[0] === 'Case files');
  await page.goBack();
  await until(async () => (await names())[0] === '=1+1, "Recipes"');
});

test('filters narrow the list, and a saved one brings them back in this browser', async () => {
  await allOrders();
  await page.getByRole('combobox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'Completed', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.waitForURL(/states=COMPLETED/);
  await rows('Archive 45,').waitFor({ state: 'detached' });
  await rows('Case files').or(rows('Recipes')).first().waitFor();
  await page.getByText('2 orders', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByLabel('Name of the filter').fill('Done');
  await page.getByRole('button', { name: 'Save this filter' }).click();
  await page.getByRole('button', { name: 'Done', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await goTo(page, 'Subscriptions');
  await goTo(page, 'Orders');
  await page.reload();
  await rows('Archive 45,').waitFor();
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.waitForURL(/states=COMPLETED/);
  await rows('Recipes').waitFor();
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('button', { name: 'Delete the filter Done' }).click();
  await page.getByText(/^None yet/).waitFor();
  await page.keyboard.press('Escape');
});

test('a period in days includes its last day', async () => {
  await allOrders();
  const day = (later: number) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('Placed, from').fill(day(0));
  await page.getByLabel('Placed, until').fill(day(0));
  await page.waitForURL(/placed=/);
  await rows('Recipes').waitFor();
  await page.getByLabel('Placed, until').fill('');
  await page.getByLabel('Placed, from').fill(day(2));
  await page.getByText('Nothing found').waitFor();
});

test('columns are chosen, and kept in this browser', async () => {
  await goTo(page, 'Subscriptions');
  await rows('Recipes').waitFor();
  const header = (name: string) => page.getByRole('columnheader', { name });
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'SKU' }).check();
  await page.getByRole('checkbox', { name: 'Storage' }).uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await rows('Recipes').getByText('IC-BASE-1TB').waitFor();
  expect(
    await rows('Recipes')
      .getByText(/granted/)
      .count(),
  ).toBe(0);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Standard columns' }).click();
  await page.keyboard.press('Escape');
  await header('Storage').waitFor();
});

test('at 360 pixels the rest of the columns is on a second line, and the page does not scroll sideways', async () => {
  await goTo(page, 'Subscriptions');
  await rows('Recipes').waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  await rows('Recipes').getByText('Customer').waitFor();
  expect(await page.getByRole('columnheader', { name: 'Customer' }).count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await page.getByLabel('Sort by').selectOption('Name, descending');
  await until(async () => (await names())[0] === 'Case files');
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await page.getByLabel('Created, from').waitFor();
  await page.setViewportSize({ width: 3840, height: 2160 });
  await page.getByRole('columnheader', { name: 'Customer' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('rows are reached and opened with the keyboard', async () => {
  await allOrders();
  const focused = () =>
    page.evaluate(() => Number(document.activeElement?.getAttribute('aria-rowindex') ?? Number.NaN));
  await page.getByRole('columnheader').getByRole('button').last().focus();
  await page.keyboard.press('Tab');
  expect(await focused()).toBe(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await until(async () => (await focused()) === 4);
  await page.keyboard.press('PageDown');
  await until(async () => (await focused()) === 14);
  await page.keyboard.press('ArrowUp');
  await until(async () => (await focused()) === 13);
  // The next pages are read on the way down.
  await until(async () => {
    await page.keyboard.press('End');
    return (await focused()) === 48;
  });
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('48');
  const number = await page.evaluate(() => document.activeElement?.querySelector('a')?.textContent);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: number ?? '' }).waitFor();
  await page.goBack();
  await rows(number ?? '').waitFor();
  await page.locator('tbody [tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await until(async () => (await focused()) === 2);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('TR');
});

test('the CSV file has the columns, the filter and the order that are shown, and no formula', async () => {
  const csv = async () => {
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    const download = await downloaded;
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  await allOrders();
  const orders = await csv();
  expect(orders.name).toBe('office-orders.csv');
  // All pages, with a header; every record once.
  const lines = orders.text.trim().split('\r\n');
  expect(lines).toHaveLength(48);
  expect(new Set(lines).size).toBe(48);
  await page.getByText('CSV file with 47 records written.').waitFor();

  await goTo(page, 'Subscriptions');
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await page.waitForURL(/sort=name/);
  await rows('Recipes').waitFor();
  const { text } = await csv();
  const [header, first, second] = text.replace('\uFEFF', '').split('\r\n');
  expect(header).toBe('Name,State,Customer,Product,Storage,Price');
  expect(first).toBe(`"'=1+1, ""Recipes""",Active,Cedar Foods,Impossible Cloud 1 TB,1000000000000,6.40 EUR`);
  expect(second).toBe('Case files,Active,Birch Legal,Impossible Cloud 1 TB,1000000000000,6.40 EUR');
});

test('every operation is sent once when a page is loaded', async () => {
  for (const name of ['Orders', 'Subscriptions', 'Cancellations', 'Failures']) {
    await goTo(page, name);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    const sent: string[] = [];
    const note = (request: { postData(): string | null }) => {
      const body = request.postData();
      if (!body?.includes('operationName')) return;
      const { operationName, variables } = JSON.parse(body);
      sent.push(`${operationName} ${JSON.stringify(variables)}`);
    };
    page.on('request', note);
    await page.reload();
    await page.getByText('Live', { exact: true }).last().waitFor();
    await page.waitForLoadState('networkidle');
    page.off('request', note);
    expect(sent).toContain('Viewer {}');
    expect(sent.length).toBeGreaterThan(1);
    expect([name, ...sent]).toEqual([name, ...new Set(sent)]);
  }
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
