import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { shopper } from '../support/shop';
import { startBrowser, type TestBrowser } from './support/browser';
import { signIn } from './support/console';
import { faultsOf } from './support/look';

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

/** Texts of the console in a language. */
const textsOf = (language: string) => {
  const [common, storefront] = ['common', 'storefront'].map(name =>
    JSON.parse(readFileSync(join(__dirname, `../../web/locales/${language}/${name}.json`), 'utf8')),
  );
  return { common, storefront };
};

const MOST_STOPS = 80;

/** Moves the focus with Tab to an element, as somebody without a mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.evaluate(element => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target}.`);
}

/** Resolves when the element that has the focus is called `name`. */
const focused = (page: Page, name: string) =>
  page.waitForFunction(wanted => document.activeElement?.getAttribute('aria-label') === wanted, name);

describe.each([
  ['en', 1440],
  ['en', 360],
  ['de', 1440],
  ['de', 360],
] as const)('in %s, %i pixels wide', (language, width) => {
  const { common, storefront: t } = textsOf(language);

  test('an order is placed with the keyboard alone', async () => {
    const page = await browser.page({
      viewport: { width, height: 800 },
      locale: language === 'de' ? 'de-DE' : 'en-GB',
    });
    const press = async (target: Locator, key = 'Enter') => {
      await tabTo(page, target);
      await page.keyboard.press(key);
    };
    const faults: string[] = [];
    const check = async (where: string) =>
      faults.push(...(await faultsOf(page)).map(fault => `${where}: ${fault}`));
    const name = `Keyboard ${language} ${width}`;

    await shopper(gateway, RESELLER).empty();
    await signIn(page, gateway.url, RESELLER);
    await page.goto(`${gateway.url}/console/shop/CB-SERVER`);
    await tabTo(page, page.getByLabel(t.licenses));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('2');
    await check('product');
    await press(page.getByRole('button', { name: t.addToBasket }));

    await page.getByRole('heading', { level: 1, name: t.basket.title }).waitFor();
    await tabTo(page, page.getByLabel(t.basket.friendlyName));
    await page.keyboard.type(name);
    await page.getByRole('status').getByText(t.basket.saved).waitFor();
    await check('basket');
    await press(page.getByRole('link', { name: t.basket.proceed }));

    await page.getByRole('heading', { level: 1, name: t.checkout.title }).waitFor();
    await tabTo(page, page.getByRole('searchbox', { name: t.recipient.search }));
    await page.keyboard.type('Alpine');
    await check('recipient');
    await press(page.getByRole('radio', { name: 'Alpine Dental' }), 'Space');
    await press(page.getByRole('button', { name: t.recipient.next }));

    const step = (key: string, position: number) =>
      t.checkout.stepOf
        .replace('{{step}}', t.checkout.steps[key])
        .replace('{{position}}', position)
        .replace('{{count}}', 3);
    await focused(page, step('BILLING', 2));
    await check('billing');
    await press(page.getByRole('button', { name: t.checkout.confirmBilling }));
    await focused(page, step('COMPLETE', 3));
    await tabTo(page, page.getByLabel(t.references.purchaseOrderNumber));
    await page.keyboard.type('PO 1');
    await check('complete');
    await press(page.getByRole('button', { name: t.checkout.place }));

    await page.getByRole('heading', { level: 1, name: /^ORD-/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.getByRole('status').getByText(t.order.sentences.COMPLETED).waitFor();
    await page.getByText('PO 1').waitFor();
    await check('order');

    // Ordered once more, and thought better of.
    await press(page.getByRole('button', { name: t.order.again }));
    await press(page.getByRole('button', { name: t.basket.empty.button }));
    const dialog = page.getByRole('dialog', { name: t.basket.empty.question });
    await check('dialog');
    await press(dialog.getByRole('button', { name: t.basket.empty.confirm }));
    await page.getByRole('status').getByText(t.basket.isEmpty).waitFor();
    await page.waitForFunction(() => document.activeElement !== document.body);
    await press(page.getByRole('link', { name: t.toShop }));
    await page.getByRole('heading', { level: 1, name: common.pages.shop }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
