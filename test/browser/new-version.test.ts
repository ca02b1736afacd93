import type { Page } from 'playwright-core';
import { MANAGER, RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { sees, signIn } from './support/console';
import { faultsInBoth } from './support/look';

let gateway: TestGateway;
let browser: TestBrowser;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

/** A page of somebody whose gateway no longer has the assets of a pattern, as after the deployment of a new version. */
async function pageWithout(assets: RegExp, email: string, locale = 'en-GB'): Promise<Page> {
  const page = await browser.page({ locale });
  await signIn(page, gateway.url, email);
  await page.locator('main h1').waitFor();
  await page.route(assets, route => route.fulfill({ status: 404 }));
  return page;
}

const open = (page: Page, path: string) => page.locator(`nav a[href="/console${path}"]`).click();

test.each([
  ['en-GB', 'This page could not be loaded', 'Reload'],
  ['de-DE', 'Diese Seite konnte nicht geladen werden', 'Neu laden'],
])('%s: a page whose script is gone says so, and is there after a reload', async (locale, title, reload) => {
  const page = await pageWithout(/\/assets\//, RESELLER, locale);
  await open(page, '/subscriptions');
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  expect(await faultsInBoth(page)).toEqual([]);
  // The menu still leads elsewhere.
  await open(page, '/shop');
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await page.locator('main h1').waitFor();
  await open(page, '/subscriptions');
  await page.unroute(/\/assets\//);
  await page.getByRole('alert').getByRole('button', { name: reload }).click();
  await page.locator('table.list, main input[type=search], main [role=radiogroup]').first().waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.context().close();
});

test('a page whose texts are gone says so instead of showing their keys', async () => {
  const page = await pageWithout(/\/assets\/money-/, RESELLER);
  await open(page, '/charges');
  await sees(page, 'This page could not be loaded');
  await page.context().close();
});

test('a menu that is gone is replaced by a button that reloads, and the page stays', async () => {
  const page = await pageWithout(/\/assets\//, RESELLER);
  await page.getByRole('banner').getByRole('button', { name: 'Skyline IT' }).click();
  await page.getByRole('banner').getByRole('button', { name: 'Reload' }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Shop' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.context().close();
});

test('an overview without its chart shows the numbers', async () => {
  const page = await pageWithout(/\/assets\/throughput-chart/, MANAGER);
  await page.reload();
  await page.locator('section').getByRole('alert').getByText('The chart could not be loaded').waitFor();
  await page.locator('[data-measure=failed]').waitFor();
  await page.getByRole('table', { name: 'Throughput of the last hour' }).waitFor();
  await page.context().close();
});
