import { toMatchImageSnapshot } from 'jest-image-snapshot';
import type { Page } from 'playwright-core';
import { ADMIN, MANAGER, RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { signIn } from './support/console';
import { FIXED, fixTimes } from './support/fixed-times';
import { furnish } from './support/furnish';
import { look } from './support/look';

expect.extend({ toMatchImageSnapshot });

const SIZES = { wide: { width: 1024, height: 720 }, narrow: { width: 360, height: 740 } };
const LOCALES = { en: 'en-GB', de: 'de-DE' } as const;

/** State of the console: whose, where, and what is done there before the screenshot. */
type State = [
  name: string,
  whose: string,
  path: string,
  look: 'wide light' | 'wide dark' | 'narrow light' | 'narrow dark',
  language: keyof typeof LOCALES,
  act?: (page: Page) => Promise<unknown>,
];

const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click();

/** States that are compared: every page, in a change of windows, colors and languages. */
const STATES: readonly State[] = [
  ['shop', RESELLER, '/shop', 'wide light', 'en'],
  ['shop-narrow', RESELLER, '/shop', 'narrow dark', 'de'],
  ['product', RESELLER, '/shop/IC-BASE-5TB', 'wide dark', 'en'],
  ['product-narrow', RESELLER, '/shop/IC-BASE-5TB', 'narrow light', 'de'],
  ['basket', RESELLER, '/basket', 'wide light', 'de'],
  ['basket-narrow', RESELLER, '/basket', 'narrow light', 'en'],
  ['basket-empty', 'sales@harbor.example', '/basket', 'narrow light', 'de'],
  ['checkout', RESELLER, '/checkout', 'wide light', 'en'],
  ['subscriptions', RESELLER, '/subscriptions', 'wide light', 'en'],
  ['subscriptions-narrow', RESELLER, '/subscriptions', 'narrow light', 'de'],
  ['subscriptions-none', RESELLER, '/subscriptions?search=nothing', 'narrow dark', 'en'],
  ['orders', RESELLER, '/orders', 'wide dark', 'de'],
  ['unknown', RESELLER, '/orders/ord_00000000000000000000000000', 'narrow light', 'en'],
  ['charges', RESELLER, '/charges', 'wide light', 'en'],
  ['charges-narrow', RESELLER, '/charges', 'narrow light', 'de'],
  ['retail-prices', RESELLER, '/retail-prices', 'wide light', 'de'],
  ['customers', RESELLER, '/customers', 'wide light', 'en'],
  ['new-customer', RESELLER, '/customers/new', 'narrow light', 'de'],
  ['settings', RESELLER, '/settings', 'narrow dark', 'en'],
  ['webhooks', RESELLER, '/webhooks', 'wide light', 'en'],
  ['overview', MANAGER, '/overview', 'wide light', 'en'],
  ['overview-narrow', MANAGER, '/overview', 'narrow dark', 'de'],
  ['office-orders', MANAGER, '/office/orders', 'wide light', 'de'],
  ['place-order', MANAGER, '/office/place', 'narrow light', 'en'],
  ['cancellations', MANAGER, '/office/cancellations', 'wide light', 'en'],
  ['failures', MANAGER, '/office/failures', 'wide light', 'de'],
  ['live', MANAGER, '/live', 'wide dark', 'en'],
  ['users', ADMIN, '/users', 'wide light', 'en'],
  ['catalog-products', ADMIN, '/catalog/products', 'wide light', 'de'],
  ['categories', ADMIN, '/catalog/categories', 'narrow light', 'en'],
  ['menu', ADMIN, '/audit', 'narrow light', 'de', page => press(page, 'Menü')],
  ['no-such-page', ADMIN, '/nowhere', 'narrow dark', 'de'],
];

let gateway: TestGateway;
let browser: TestBrowser;
const pages = new Map<string, Page>();

beforeAll(async () => {
  gateway = await startTestGateway({ clock: () => FIXED });
  browser = await startBrowser();
  await furnish(gateway);
  await fixTimes(gateway);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

/** Page of a user in a language, whose clock stands still. */
async function pageOf(whose: string, language: keyof typeof LOCALES): Promise<Page> {
  const key = `${whose} ${language}`;
  const known = pages.get(key);
  if (known) return known;
  const page = await browser.page({ locale: LOCALES[language], timezoneId: 'UTC', reducedMotion: 'reduce' });
  await page.clock.setFixedTime(FIXED);
  await signIn(page, gateway.url, whose);
  pages.set(key, page);
  return page;
}

test.each(STATES.map(state => [state[0], state] as const))('%s', async (_name, state) => {
  const [name, whose, path, appearance, language, act] = state;
  const page = await pageOf(whose, language);
  const [size, scheme] = appearance.split(' ') as ['wide' | 'narrow', 'light' | 'dark'];
  await page.setViewportSize(SIZES[size]);
  await page.goto(`${gateway.url}/console${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('[data-connection=live]').waitFor();
  await page.waitForLoadState('networkidle');
  await act?.(page);
  await look(page, scheme, SIZES[size]);
  expect(await page.screenshot({ animations: 'disabled', caret: 'hide' })).toMatchImageSnapshot({
    customSnapshotsDir: `${__dirname}/screens`,
    customDiffDir: `${process.cwd()}/.data/screen-differences`,
    customSnapshotIdentifier: name,
    // Letters are drawn differently by another build of the browser.
    failureThreshold: 0.005,
    failureThresholdType: 'percent',
  });
});
