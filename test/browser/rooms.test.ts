import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { MANAGER, RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, signIn } from './support/console';
import { furnish } from './support/furnish';
import { IMAGES } from './support/images';
import { press } from './support/keyboard';
import { faultsOf, look, SIZES, tooWide } from './support/look';

const SCHEMES = ['light', 'dark'] as const;
/** The widest that is looked after. */
const WIDEST = { width: 1920, height: 1080 };

interface Room {
  whose: string;
  /** The way from the beginning, where the viewer is after signing in. */
  go?(page: Page): Promise<unknown>;
  /** What shows that it is there. */
  heading: string | RegExp;
}

const ROOMS: Record<string, Room> = {
  shop: { whose: RESELLER, heading: 'Shop' },
  product: {
    whose: RESELLER,
    go: page => page.getByRole('link', { name: 'Choose Impossible Cloud 5 TB' }).click(),
    heading: 'Impossible Cloud 5 TB',
  },
  basket: { whose: RESELLER, go: page => goTo(page, 'Basket'), heading: 'Basket' },
  checkout: {
    whose: RESELLER,
    go: async page => {
      await goTo(page, 'Basket');
      await page.getByRole('link', { name: 'Proceed to checkout' }).click();
    },
    heading: 'Checkout',
  },
  subscriptions: { whose: RESELLER, go: page => goTo(page, 'Subscriptions'), heading: 'Subscriptions' },
  subscription: {
    whose: RESELLER,
    go: async page => {
      await goTo(page, 'Subscriptions');
      await page.getByRole('link', { name: 'Patient records' }).click();
    },
    heading: 'Patient records',
  },
  order: {
    whose: RESELLER,
    go: async page => {
      await goTo(page, 'Orders');
      await page.getByRole('row').filter({ hasText: 'Contracts' }).getByRole('link').click();
    },
    heading: /^ORD-/,
  },
  overview: { whose: MANAGER, heading: 'Overview' },
  'office-orders': { whose: MANAGER, go: page => goTo(page, 'Orders'), heading: 'Orders' },
  'office-place': { whose: MANAGER, go: page => goTo(page, 'Place an order'), heading: 'Place an order' },
  'office-cancellations': {
    whose: MANAGER,
    go: page => goTo(page, 'Cancellations'),
    heading: 'Cancellations',
  },
  'office-failures': { whose: MANAGER, go: page => goTo(page, 'Failures'), heading: 'Failures' },
  live: { whose: MANAGER, go: page => goTo(page, 'Live'), heading: 'Live' },
  'live-operation': {
    whose: MANAGER,
    go: async page => {
      await goTo(page, 'Live');
      await page.getByRole('region', { name: 'Needs a person' }).getByRole('link').first().click();
    },
    heading: 'Recipes',
  },
};

let gateway: TestGateway;
let browser: TestBrowser;
const people = new Map<string, Page>();

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  await furnish(gateway);
  for (const email of [RESELLER, MANAGER]) {
    const page = await browser.page();
    await signIn(page, gateway.url, email);
    people.set(email, page);
  }
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

test.each(Object.entries(ROOMS))('%s, light and dark, wide and narrow', async (name, room) => {
  const page = people.get(room.whose) as Page;
  await page.setViewportSize(SIZES.wide);
  await page.goto(`${gateway.url}/console`);
  await room.go?.(page);
  await page.getByRole('heading', { level: 1, name: room.heading }).waitFor();
  const faults: object[] = [];
  for (const scheme of SCHEMES) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      await look(page, scheme, viewport);
      // Contrast goes by the light, and structure by the width: each is asked of axe once.
      const found = (scheme === 'light') === (size === 'wide') ? await faultsOf(page) : await tooWide(page);
      faults.push(...found.map(fault => ({ size, scheme, fault })));
      if (IMAGES) await page.screenshot({ path: join(IMAGES, `${name}-${size}-${scheme}.png`) });
    }
  }
  await page.setViewportSize(WIDEST);
  faults.push(...(await tooWide(page)).map(fault => ({ size: 'widest', fault })));
  expect(faults).toEqual([]);
  // Lines that run across the whole of a wide screen are hard to read.
  expect(await page.locator('.page').evaluate(({ clientWidth }) => clientWidth)).toBeLessThanOrEqual(1920);
});

test.each(['/', '/schema', '/console'])('%s, for anonymous visitors', async path => {
  const page = await browser.page();
  await page.goto(gateway.url + path);
  for (const [scheme, viewport] of [
    ['light', SIZES.wide],
    ['dark', SIZES.narrow],
  ] as const) {
    await look(page, scheme, viewport);
    expect({ path, scheme, faults: await faultsOf(page) }).toEqual({ path, scheme, faults: [] });
  }
  await page.context().close();
});

test('every page is reachable and usable with the keyboard', async () => {
  const page = await browser.page();
  await page.goto(`${gateway.url}/console`);
  await page.getByLabel('E-mail').focus();
  await page.keyboard.type('buyer@northwind.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type('demo');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  await page.getByRole('link', { name: 'Choose Impossible Cloud 1 TB' }).waitFor();
  // The focus is at the beginning of the page, so that a screen reader begins there and Tab goes on from there.
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
  await press(page, page.getByRole('link', { name: 'Choose Impossible Cloud 1 TB' }));
  await page.getByRole('heading', { name: 'Impossible Cloud 1 TB' }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');

  await page.reload();
  await page.getByRole('heading', { name: 'Impossible Cloud 1 TB' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
});
