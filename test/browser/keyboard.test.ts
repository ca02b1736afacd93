import type { Locator, Page } from 'playwright-core';
import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { MANAGER, RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { faults, refuse } from '../support/provider/of-gateway';
import { shopper } from '../support/shop';
import { startBrowser, type TestBrowser } from './support/browser';
import { signIn } from './support/console';
import { press, tabTo, write } from './support/keyboard';
import { faultsOf } from './support/look';
import { textsOf } from './support/texts';

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

/** Opens a menu with the keyboard, and chooses an item with the arrow keys. */
async function choose(page: Page, menu: Locator, name: string): Promise<void> {
  await press(page, menu);
  const item = page.getByRole('menuitem', { name });
  await item.waitFor();
  for (let presses = 0; presses < 15; presses += 1) {
    if (await item.evaluate(element => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

describe.each([
  ['en', 1440, 'Alpine Dental'],
  ['en', 360, 'Birch Legal'],
  ['de', 1440, 'Cedar Foods'],
  ['de', 360, 'Skyline Labs'],
] as const)('in %s, %i pixels wide', (language, width, recipient) => {
  const t = textsOf(language);
  const name = `Keyboard ${language} ${width}`;
  const violations: string[] = [];
  const open = async (email: string, path: string) => {
    const locale = language === 'de' ? 'de-DE' : 'en-GB';
    const page = await browser.page({ viewport: { width, height: 800 }, locale });
    await signIn(page, gateway.url, email);
    await page.goto(`${gateway.url}/console${path}`);
    return page;
  };
  const check = async (page: Page, where: string) =>
    violations.push(...(await faultsOf(page)).map(violation => `${where}: ${violation}`));

  test('a failed order is settled, changed and cancelled with the keyboard alone', async () => {
    await faults(gateway, refuse('subscriptions/create', { recipient }));
    const line = { productId: demoId('prod', 'IC-BASE-1TB'), friendlyName: name };
    await shopper(gateway, RESELLER).order(line, accountId(recipient));
    await gateway.settled();

    const manager = await open(MANAGER, '/office/failures');
    const retry = manager.getByRole('button', { name: t('common:operation.retryName', { name }) });
    await tabTo(manager, retry);
    await check(manager, 'failures');
    await manager.keyboard.press('Enter');
    await retry.waitFor({ state: 'detached' });
    await gateway.settled();

    const [{ id }] = (await gateway.rows('SELECT id FROM subscriptions WHERE friendlyName = ?', [name])) as [
      { id: string },
    ];
    const menuOn = (page: Page) => page.getByRole('button', { name: t('subscriptions:menu.of', { name }) });
    await manager.goto(`${gateway.url}/console/subscriptions/${id}`);
    await choose(manager, menuOn(manager), t('subscriptions:menu.CHANGE'));
    await manager
      .getByRole('heading', { level: 1, name: t('subscriptions:change.title', { name }) })
      .waitFor();
    const units = manager.getByLabel(t('subscriptions:change.total', { addon: 'Impossible Cloud +1 TB' }));
    await write(manager, units, '2');
    const submit = manager.getByRole('button', { name: t('subscriptions:change.submit') });
    await manager.waitForFunction(
      text => [...document.querySelectorAll('button')].some(b => b.textContent === text && !b.disabled),
      t('subscriptions:change.submit'),
    );
    await check(manager, 'change');
    await press(manager, submit);
    await manager.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await gateway.settled();
    expect(
      await gateway.rows('SELECT quantity FROM subscription_addons WHERE subscriptionId = ?', [id]),
    ).toEqual([{ quantity: 2 }]);

    await manager.context().close();

    const page = await open(RESELLER, `/subscriptions/${id}`);
    await choose(page, menuOn(page), t('subscriptions:menu.REQUEST_CANCELLATION'));
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await check(page, 'dialog');
    await press(page, dialog.getByRole('button', { name: t('subscriptions:cancel.submit') }));
    await dialog.waitFor({ state: 'detached' });
    expect(
      await gateway.rows('SELECT state FROM cancellation_requests WHERE subscriptionId = ?', [id]),
    ).toEqual([{ state: 'PENDING' }]);
    await page.context().close();
    expect(violations).toEqual([]);
  });
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
