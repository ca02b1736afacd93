import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { ADMIN } from '../support/demo';
import { BROKER, startTestGateway, type TestGateway } from '../support/gateway';
import { writingNothing } from '../support/tables';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, sees, signIn } from './support/console';
import { faultsInBoth } from './support/look';

const plan = (id: string, amount: number) => ({
  id,
  name: id.toLowerCase(),
  metadata: {
    displayName: `Plan ${id}`,
    storage_gb: 100,
    costs: [{ amount: { eur: amount }, unit: 'MONTHLY' }],
  },
});
const catalog = (...plans: unknown[]) => ({
  services: [{ id: 'archive', name: 'Archive', metadata: {}, plans }],
});

/** Catalog of the provider's server. */
let offered: unknown;
let provider: Server;
let gateway: TestGateway;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  provider = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(offered));
  }).listen(0, '127.0.0.1');
  await once(provider, 'listening');
  const baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/`;
  gateway = await startTestGateway({}, { broker: { baseUrl, ...BROKER } });
  browser = await startBrowser();
  page = await browser.page();
  await signIn(page, gateway.url, ADMIN);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
  provider.close();
});

async function preview(): Promise<void> {
  await page.getByRole('combobox', { name: 'Provider' }).click();
  await page.getByRole('option', { name: 'open-service-broker' }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('region', { name: 'Changes of the import' }).waitFor();
}

test('a malformed entry is shown with its place, and nothing is written', async () => {
  offered = catalog(plan('SMALL', 5), plan('BROKEN', -1));
  await goTo(page, 'Import');
  await writingNothing(gateway, preview);
  await page.getByRole('alert').getByText('1 entry is malformed').waitFor();
  const rejected = page.getByRole('listitem').filter({ hasText: 'BROKEN' });
  await rejected.getByText('services[0].plans[1]').waitFor();
  await rejected.getByText('Malformed').waitFor();
  await sees(page, 'Nothing was written yet.');
  expect(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
  expect(await faultsInBoth(page)).toEqual([]);
});

test('the catalog that the provider has mended is imported, as drafts', async () => {
  offered = catalog(plan('SMALL', 5), plan('BROKEN', 9));
  await preview();
  const kinds = page.getByRole('radiogroup', { name: 'Kind of change' });
  await kinds.getByText(/^New/).click();
  expect(
    await page.getByRole('listitem').filter({ hasText: 'Product' }).filter({ hasText: 'BROKEN' }).count(),
  ).toBeGreaterThan(0);
  expect(await page.getByText('Malformed').count()).toBe(0);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /^Import of open-service-broker/ }).waitFor();
  await sees(page, 'Succeeded');
  expect(await faultsInBoth(page)).toEqual([]);
  await page.getByRole('link', { name: 'All imports' }).click();
  const history = page.getByRole('region', { name: 'Latest imports' });
  await history.getByRole('link', { name: /^open-service-broker/ }).waitFor();
  await history.getByText('Ada Minster').waitFor();
  await preview();
  await sees(page, 'The catalog is up to date: there is nothing to import.');
  await goTo(page, 'Products');
  await page.getByRole('searchbox').fill('Plan BROKEN');
  await sees(page, '1 product');
  await page.getByRole('link', { name: 'Plan BROKEN' }).click();
  await page.getByRole('status').getByText('Draft').waitFor();
  await sees(page, '€9.00');
});

test('entries that are not malformed can be imported without the others', async () => {
  offered = catalog(plan('SMALL', 5), plan('BROKEN', 9), plan('LARGE', 50), { name: 'without an id' });
  await goTo(page, 'Import');
  await preview();
  await page.getByLabel('Import the others without them').check();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /^Import of open-service-broker/ }).waitFor();
  const [row] = await gateway.rows('SELECT name FROM products WHERE sku = ?', ['LARGE']);
  expect(row).toEqual({ name: 'Plan LARGE' });
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
