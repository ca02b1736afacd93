import type { Page } from 'playwright-core';
import { accountId } from '../../dev/demo-data';
import { person } from '../support/back-office';
import { keepCatalog } from '../support/catalog';
import { ALPINE, MANAGER, RESELLER, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, signIn } from './support/console';

const LONG = 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft'.padEnd(
  100,
  'x',
);
const HEBREW = 'שלום עולם 12';

let gateway: TestGateway;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  const reseller = person(gateway, RESELLER);
  await reseller.order({ ...STORAGE, friendlyName: HEBREW }, ALPINE);
  await reseller.order({ ...STORAGE, friendlyName: LONG }, accountId('Birch Legal'));
  await gateway.settled();
  await reseller.add({ ...STORAGE, friendlyName: LONG });
  await gateway.rows('UPDATE accounts SET name = ? WHERE id = ?', [LONG, accountId('Birch Legal')]);
  await gateway.rows("UPDATE products SET name = ? WHERE sku = 'IC-BASE-1TB'", [LONG]);
  await (await keepCatalog(gateway)).change(async () => undefined);
  page = await browser.page({ viewport: { width: 360, height: 740 } });
  await signIn(page, gateway.url, RESELLER);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

/** Elements of the content that reach beyond the window, or whose text does not fit into them. */
const tooWide = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1)
      .filter(element => !element.closest('input, svg, .mantine-VisuallyHidden-root'))
      .map(element => `${element.tagName} ${element.className}`.slice(0, 80)),
  );

test.each(['Shop', 'Basket', 'Subscriptions', 'Orders', 'Live'])(
  'long names fit into 360 pixels: %s',
  async room => {
    await goTo(page, room);
    await page.locator('main').getByText(LONG).first().waitFor();
    expect(await tooWide()).toEqual([]);
  },
);

test.each(['Subscriptions', 'Orders'])(
  'long names fit into 360 pixels on the page of one of the %s',
  async room => {
    await goTo(page, room);
    const card = page.locator('tbody').getByRole('row').filter({ hasText: LONG }).first();
    await card.getByRole('link').first().click();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await page.locator('main').getByText(LONG).first().waitFor();
    expect(await tooWide()).toEqual([]);
  },
);

test('a name that is written from right to left does not move its neighbors', async () => {
  await goTo(page, 'Subscriptions');
  const card = page.locator('tbody').getByRole('row', { name: HEBREW });
  const name = card.locator('bdi', { hasText: HEBREW });
  expect(await name.evaluate(element => getComputedStyle(element).unicodeBidi)).toBe('isolate');
  await goTo(page, 'Orders');
  await page.getByRole('row').filter({ hasText: HEBREW }).locator('bdi', { hasText: HEBREW }).waitFor();
});

test('staff sees the same names in its lists', async () => {
  const staff = await browser.page({ viewport: { width: 360, height: 740 } });
  await signIn(staff, gateway.url, MANAGER);
  await goTo(staff, 'Subscriptions');
  await staff.getByRole('row', { name: LONG }).waitFor();
  await staff.context().close();
  expect(browser.complaints).toEqual([]);
});
