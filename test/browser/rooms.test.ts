import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, signIn } from './support/console';
import { furnish } from './support/furnish';

// Pictures for the README: SCREENSHOTS=1 npm run test:browser rooms
const IMAGES = process.env.SCREENSHOTS ? join(__dirname, '../../docs/images') : null;

const SCHEMES = ['light', 'dark'] as const;
const SIZES = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 360, height: 740 },
};

/** What is looked at: whose it is, how to get there, and what shows that it is there. */
const ROOMS: readonly (readonly [name: string, email: string, show: (page: Page) => Promise<unknown>])[] = [
  [
    'shop',
    'sales@skyline.example',
    page =>
      page
        .getByRole('link', { name: /Choose/ })
        .first()
        .waitFor(),
  ],
  [
    'product',
    'sales@skyline.example',
    page => page.getByRole('link', { name: 'Choose Impossible Cloud 5 TB' }).click(),
  ],
  ['basket', 'sales@skyline.example', page => goTo(page, 'Basket')],
  [
    'checkout',
    'sales@skyline.example',
    page => goTo(page, 'Basket').then(() => page.getByRole('link', { name: 'Proceed to checkout' }).click()),
  ],
  ['subscriptions', 'sales@skyline.example', page => goTo(page, 'Subscriptions')],
  [
    'subscription',
    'sales@skyline.example',
    page =>
      goTo(page, 'Subscriptions').then(() => page.getByRole('link', { name: 'Patient records' }).click()),
  ],
  [
    'order',
    'sales@skyline.example',
    page =>
      goTo(page, 'Orders').then(() =>
        page.getByRole('article').filter({ hasText: 'Contracts' }).getByRole('link').click(),
      ),
  ],
  [
    'office-orders',
    'manager@bss.example',
    page =>
      page
        .getByRole('button', { name: /Execute/ })
        .first()
        .waitFor(),
  ],
  ['office-place', 'manager@bss.example', page => goTo(page, 'Place an order')],
  ['office-cancellations', 'manager@bss.example', page => goTo(page, 'Cancellations')],
  ['office-failures', 'manager@bss.example', page => goTo(page, 'Failures')],
  ['live', 'manager@bss.example', page => goTo(page, 'Live')],
  [
    'live-operation',
    'manager@bss.example',
    page =>
      goTo(page, 'Live').then(() =>
        page.getByRole('region', { name: 'Needs a person' }).getByRole('link').first().click(),
      ),
  ],
];

let gateway: TestGateway;
let browser: TestBrowser;

beforeAll(async () => {
  if (IMAGES) mkdirSync(IMAGES, { recursive: true });
  gateway = await startTestGateway();
  browser = await startBrowser();
  await furnish(gateway);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

describe.each(SCHEMES)('%s', colorScheme => {
  test.each(Object.keys(SIZES) as (keyof typeof SIZES)[])('every room, %s', async size => {
    const people = new Map<string, Page>();
    const faults: object[] = [];
    for (const [name, email, show] of ROOMS) {
      const page = people.get(email) ?? (await browser.page({ viewport: SIZES[size], colorScheme }));
      if (people.has(email)) await page.goto(`${gateway.url}/console`);
      else await signIn(page, gateway.url, email);
      people.set(email, page);
      await show(page);
      await settled(page);
      faults.push(...(await faultsOf(page)).map(fault => ({ name, fault })));
      if (IMAGES) await page.screenshot({ path: join(IMAGES, `${name}-${size}-${colorScheme}.png`) });
    }
    expect(faults).toEqual([]);
  });

  test('the pages around the console', async () => {
    const page = await browser.page({ colorScheme, viewport: SIZES.narrow });
    for (const path of ['/', '/schema', '/console']) {
      await page.goto(gateway.url + path);
      await settled(page);
      expect({ path, faults: await faultsOf(page) }).toEqual({ path, faults: [] });
    }
  });
});

test('at 1920 pixels nothing overflows, and lines do not run across the whole screen', async () => {
  const page = await browser.page({ viewport: { width: 1920, height: 1080 } });
  await signIn(page, gateway.url, 'manager@bss.example');
  await goTo(page, 'Live');
  await settled(page);
  expect(await faultsOf(page)).toEqual([]);
  expect(await page.locator('.room').evaluate(room => room.clientWidth)).toBeLessThanOrEqual(1440);
});

test('the rooms are reached and used with the keyboard', async () => {
  const page = await browser.page();
  await page.goto(`${gateway.url}/console`);
  await page.getByLabel('E-mail').focus();
  await page.keyboard.type('buyer@northwind.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type('demo');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
  await page.getByRole('link', { name: 'Choose Impossible Cloud 1 TB' }).waitFor();
  // The focus is at the beginning of the page, so that a screen reader begins there and Tab goes on from there.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Impossible Cloud 1 TB' }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');

  await page.reload();
  await page.getByRole('heading', { name: 'Impossible Cloud 1 TB' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
});

/** Nothing is loading or moving any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.getByLabel('Loading').waitFor({ state: 'detached' });
  await page.waitForTimeout(350);
}

/** What axe finds, and whether the page is wider than the window. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: here } = window as unknown as { axe: typeof axe };
    const { violations } = await here.run();
    const wider = document.documentElement.scrollWidth - window.innerWidth;
    return [
      ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      ...(wider > 0 ? [`wider than the window by ${wider} pixels`] : []),
    ];
  });
}
