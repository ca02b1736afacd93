import type { Page } from 'playwright-core';
import { type Load, measureLoad } from '../../bench/lib/chromium';
import { MANAGER, RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { signIn } from './support/console';

const BUYER = 'buyer@northwind.example';
/** Bytes on the wire until a page can be used. */
const MOST_BYTES = 200_000;

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

/** Loads the first page of a user anew, as somebody whose browser has stored nothing but the session. */
async function load(email: string | null, locale = 'en-GB'): Promise<Load> {
  const page: Page = await browser.page({ locale });
  if (email) await signIn(page, gateway.url, email);
  else await page.goto(`${gateway.url}/console`);
  const loaded = await measureLoad(page, '/console');
  await page.context().close();
  return loaded;
}

const named = ({ assets }: Load, name: string): string[] =>
  assets.filter(path => path.startsWith(`/assets/${name}-`));

test.each([
  ['the sign-in', null],
  ['the shop of a customer', BUYER],
  ['the shop of a reseller', RESELLER],
  ['the overview of a manager', MANAGER],
])('%s is light', async (what, email) => {
  const { bytes, assetBytes, requests } = await load(email);
  process.stdout.write(
    `${what}: ${(bytes / 1000).toFixed(1)} kB, ${(assetBytes / 1000).toFixed(1)} kB of them assets, ${requests} requests\n`,
  );
  expect(assetBytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(MOST_BYTES);
});

test('the overview shows its numbers before the chart library is requested', async () => {
  const { assets } = await load(MANAGER);
  expect(assets.filter(path => path.includes('overview'))).not.toEqual([]);
  expect(assets.filter(path => path.includes('chart'))).toEqual([]);
});

test.each(['en-GB', 'de-DE'])('a user of %s loads the texts of one language', async locale => {
  const loaded = await load(BUYER, locale);
  expect(named(loaded, 'common')).toHaveLength(1);
  expect(named(loaded, 'storefront')).toHaveLength(1);
});
