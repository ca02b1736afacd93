import type { Page } from 'playwright-core';
import { person } from '../support/back-office';
import { MANAGER, NORTHWIND } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { until } from '../support/until';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, signIn } from './support/console';
import { manySubscriptions } from './support/many';

const COUNT = 5000;
const BUYER = 'buyer@northwind.example';

let gateway: TestGateway;
let browser: TestBrowser;
let page: Page;
let subscriptionId: string;
let request: { id: string };

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  subscriptionId = await person(gateway, MANAGER).liveSubscription(NORTHWIND);
  await manySubscriptions(gateway, subscriptionId, 1, COUNT);
  page = await browser.page();
  await signIn(page, gateway.url, MANAGER);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

const rowsInDocument = () => page.locator('tbody tr').count();

/** Names of the rows in the document, by their place in the list. */
const seen = () =>
  page
    .locator('tbody tr')
    .evaluateAll(rows =>
      rows.map(
        row =>
          [Number(row.getAttribute('aria-rowindex')), row.querySelector('a')?.textContent ?? ''] as const,
      ),
    );

/** Goes down the list by its last row, until the last record is loaded. Resolves to the number of rows. */
async function loadAll(count: number): Promise<void> {
  await page.locator('tbody tr').first().focus();
  let most = 0;
  await until(
    async () => {
      await page.keyboard.press('End');
      const last = (await seen()).at(-1)?.[0] ?? 0;
      most = Math.max(most, await rowsInDocument());
      return last === count + 1;
    },
    { withinMs: 200_000 },
  );
  expect(most).toBeLessThan(200);
}

/** Scrolls over the whole list. Resolves to the name of each row, by its place. */
async function readAll(): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  // Rows are measured on the way, so the height of the page changes.
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  for (let top = 0; top < (await height()); top += 700) {
    await page.evaluate(async to => {
      window.scrollTo(0, to);
      // The rows follow in the frame after the scroll event.
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    }, top);
    for (const [place, name] of await seen()) found.set(place, name);
  }
  return found;
}

test('5,000 rows are reached one after another, and few of them are in the document', async () => {
  await goTo(page, 'Subscriptions');
  await page.getByRole('table').waitFor();
  await page.getByText('5,001 subscriptions', { exact: true }).waitFor();
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('5002');
  await loadAll(COUNT + 1);
  const found = await readAll();
  const names = new Set(found.values());
  expect(found.size).toBe(COUNT + 1);
  expect(names.size).toBe(COUNT + 1);
  expect(await rowsInDocument()).toBeLessThan(200);
}, 400_000);

test('records that are added while the list is read are there once, and none is lost between two pages', async () => {
  await goTo(page, 'Orders');
  await goTo(page, 'Subscriptions');
  await page.getByRole('searchbox').fill('Volume 01');
  await page.getByText('100 subscriptions', { exact: true }).waitFor();
  await page.locator('tbody tr').first().focus();
  await page.keyboard.press('End');
  await until(async () => ((await seen()).at(-1)?.[0] ?? 0) > 50);
  // Newer than the others, so at the top of the list; the names sort between them.
  await manySubscriptions(gateway, subscriptionId, 10_100, 10_130, number => `Volume 01${number}`);
  // The stream reports a change, and the list is read again.
  request = await person(gateway, BUYER).requested(subscriptionId);
  await page.getByText('131 subscriptions', { exact: true }).waitFor();
  await loadAll(131);
  await until(async () => {
    const found = [...(await readAll()).values()];
    return found.length === 131 && new Set(found).size === 131;
  });
});

test('a change is shown where the list is looked at, whatever is loaded', async () => {
  await goTo(page, 'Orders');
  await goTo(page, 'Subscriptions');
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await page.waitForURL(/sort=name/);
  await page.locator('tbody tr', { hasText: 'Impossible Cloud 1 TB' }).first().waitFor();
  await page.locator('tbody tr').first().focus();
  for (let count = 0; count < 4; count += 1) {
    const before = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.keyboard.press('End');
    await until(() => page.evaluate(height => document.documentElement.scrollHeight > height, before));
  }
  const name = (await seen()).at(-3)?.[1] ?? '';
  const { data } = await person(gateway, MANAGER).send(
    'query ($search: String) { subscriptions(first: 1, filter: { search: $search }) { nodes { id } } }',
    { search: name },
  );
  await person(gateway, MANAGER).rename({
    subscriptionId: data.subscriptions.nodes[0].id,
    friendlyName: `${name} again`,
  });
  // The stream reports another change.
  await person(gateway, BUYER).withdraw({ requestId: request.id });
  await page.locator('tbody tr', { hasText: `${name} again` }).waitFor();
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
