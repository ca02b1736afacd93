import type { Page } from 'playwright-core';
import { accountId } from '../../dev/demo-data';
import { person } from '../support/back-office';
import { product } from '../support/catalog';
import { MANAGER, NORTHWIND, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { faults, refuse } from '../support/provider/of-gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { sees, signIn } from './support/console';
import { faultsInBoth } from './support/look';

let gateway: TestGateway;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  page = await browser.page();
  await signIn(page, gateway.url, MANAGER);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

const card = (name: string) => page.locator(`[data-measure=${name}]`);
const manager = () => person(gateway, MANAGER);

test('the overview is the first page of staff, follows what happens, and leads to what needs an action', async () => {
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await card('failed').getByText('Nothing has failed.').waitFor();
  await sees(page, '0 orders placed, 0 operations succeeded, 0 failed');
  await sees(page, 'Idle');

  await manager().liveSubscription(NORTHWIND);
  await faults(gateway, refuse('subscriptions/create'));
  await manager().provisioned(accountId('Contoso'), STORAGE);
  await manager().placed(NORTHWIND, { productId: product('CB-SERVER') });

  await sees(page, '3 orders placed, 1 operation succeeded, 1 failed');
  await card('failed').getByText('1', { exact: true }).waitFor();
  await card('failed').getByText('Needs action').waitFor();
  await card('ordersToExecute').getByText('1', { exact: true }).waitFor();
  await page.locator('[data-provider=impossible-cloud]').getByText('Working').waitFor();
  // The chart has a table for screen readers, with a row for each period.
  expect(
    await page.getByRole('table', { name: 'Throughput of the last hour' }).getByRole('row').count(),
  ).toBe(13);
  await page.locator('.recharts-bar-rectangle').first().waitFor();

  expect(await faultsInBoth(page)).toEqual([]);

  await page.getByRole('link', { name: 'Failed operations' }).click();
  await page.getByRole('heading', { level: 1, name: 'Failures' }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'Orders to execute' }).click();
  await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
});

test('says since when its numbers are old while the gateway cannot be reached, and recovers', async () => {
  await page.goto(`${gateway.url}/console/overview`);
  await card('failed').getByText('1', { exact: true }).waitFor();
  await page.route('**/graphql', route => route.abort());
  const notice = page.locator('[data-old]');
  await notice.getByText(/These numbers are old: they are from /).waitFor();
  await notice.getByText(/The gateway could not be reached/).waitFor();
  expect(await card('failed').getByText('1', { exact: true }).count()).toBe(1);
  await page.unroute('**/graphql');
  await notice.waitFor({ state: 'detached' });
});

test('is in German, with ages and numbers by locale', async () => {
  const german = await browser.page({ locale: 'de-DE' });
  await german.goto(`${gateway.url}/console`);
  await german.getByRole('button', { name: MANAGER }).click();
  await german.getByRole('heading', { level: 1, name: 'Übersicht' }).waitFor();
  await sees(german, 'Wartet auf jemanden');
  await german
    .locator('[data-measure=failed]')
    .getByText(/^am längsten seit \d+ (Sekunde|Minute)/)
    .waitFor();
  await german.context().close();
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
