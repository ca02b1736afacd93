import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { IMAGES } from './support/images';

let gateway: TestGateway;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  page = await browser.page({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${gateway.url}/playground`);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

const response = () => page.locator('.graphiql-response');

/** Opens the tab of an operation and presses run; resolves when the answer contains `text`. */
async function run(operation: string, text: string): Promise<void> {
  await page.getByRole('tab', { name: operation, exact: true }).first().click();
  await page.locator('.graphiql-query-editor').getByText(operation).first().waitFor();
  await page.getByRole('button', { name: /Execute query/ }).click();
  await response().getByText(text).first().waitFor();
}

test('signing in with one click, the first query, and the whole ordering story by pressing run', async () => {
  await page.getByRole('button', { name: 'sales@skyline' }).click();
  await page.getByRole('status').getByText('sales@skyline.example').waitFor();
  await run('Viewer', 'Sky Lindner');
  await run('Catalog', 'Impossible Cloud');
  await run('Product', 'IC-BASE-1TB');
  await run('AddToBasket', 'RECIPIENT');
  await run('UpdateBasketLine', 'RECIPIENT');
  await run('Recipients', 'Alpine Dental');
  await run('ChooseRecipient', 'Alpine Dental');
  await run('ConfirmBilling', 'COMPLETE');
  await run('Checkout', 'EXECUTING');
});

test('a subscription runs over the WebSocket, and its messages are seen', async () => {
  await gateway.settled();
  await run('ProvisioningUpdates', 'ProvisioningSnapshot');
  await page.getByRole('button', { name: /Stop query/ }).click();
  await run('Order', 'COMPLETED');
});

test.each(['light', 'dark'] as const)(
  'the page follows the color scheme of the system: %s',
  async colorScheme => {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(
      light =>
        ['.personas', '.graphiql-container'].every(part => {
          const colour = getComputedStyle(document.querySelector(part) as Element).backgroundColor;
          const [red = 0] = (/\d+/.exec(colour) ?? []).map(Number);
          return light === red > 127;
        }) && (document.querySelector('.monaco-editor.vs-dark') === null) === light,
      colorScheme === 'light',
    );
    if (IMAGES) await page.screenshot({ path: join(IMAGES, `playground-wide-${colorScheme}.png`) });
  },
);

test('running the first tab signs in too', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await run('SignIn', 'expiresAt');
  await page.getByRole('status').getByText('sales@skyline.example').waitFor();
});

test('the page sends no request to another host, and logs no error', () => {
  const { host } = new URL(gateway.url);
  const elsewhere = browser.requests.filter(url => /^(https?|wss?):/.test(url) && new URL(url).host !== host);
  expect(elsewhere).toEqual([]);
  expect(browser.complaints).toEqual([]);
});

test('without PLAYGROUND there is no playground, and the start page has no link to it', async () => {
  const production = await startTestGateway(
    {},
    { playground: false, demoData: true, databaseUrl: gateway.settings.databaseUrl },
  );
  try {
    expect((await fetch(`${production.url}/playground`)).status).toBe(404);
    const start = await (await fetch(production.url)).text();
    expect(start).not.toContain('/playground');
    expect(start).toContain('/console');
  } finally {
    await production.stop();
  }
});
