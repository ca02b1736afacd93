import type { Page } from 'playwright-core';
import { person } from '../support/back-office';
import { MANAGER, NORTHWIND } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { until } from '../support/until';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, signIn } from './support/console';
import { manySubscriptions } from './support/many';

const COUNT = 5000;

let gateway: TestGateway;
let browser: TestBrowser;
let page: Page;
let subscriptionId: string;

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
const status = () => page.getByRole('status').first().textContent();

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
    { timeoutMs: 120_000 },
  );
  expect(most).toBeLessThan(200);
}

/** Scrolls over the whole list. Resolves to the name of each row, by its place. */
async function readAll(): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let top = 0; top < height; top += 800) {
    await page.evaluate(to => window.scrollTo(0, to), top);
    await until(async () => {
      const rows = await seen();
      for (const [place, name] of rows) found.set(place, name);
      return rows.length > 0;
    });
  }
  return found;
}

test('5,000 rows are reached one after another, and few of them are in the document', async () => {
  await goTo(page, 'Subscriptions');
  await page.getByRole('table').waitFor();
  expect(await status()).toBe('5,001 subscriptions');
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('5002');
  await loadAll(COUNT + 1);
  const found = await readAll();
  const names = new Set(found.values());
  expect(found.size).toBe(COUNT + 1);
  expect(names.size).toBe(COUNT + 1);
  expect(await rowsInDocument()).toBeLessThan(200);
});
