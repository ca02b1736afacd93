import type { Page } from 'playwright-core';
import { userId } from '../../dev/demo-data';
import { Role } from '../../src/entities';
import { RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, sees, signIn } from './support/console';

const BUYER = 'buyer@northwind.example';

let gateway: TestGateway;
let browser: TestBrowser;

beforeAll(async () => {
  // So little flows back that a bucket which is empty stays so.
  const security = usualSecurity({ COST_BUCKET: '2000', COST_PER_SECOND: '1' });
  gateway = await startTestGateway({}, { security });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

const menu = (page: Page) => page.getByRole('navigation', { name: 'Main' });

/** The tokens that the tab has, changed by `change` first. */
const tokens = (page: Page, change: object = {}) =>
  page.evaluate(changes => {
    const key = `skybasket.session.${sessionStorage.getItem('skybasket.session')}`;
    const kept = { ...JSON.parse(localStorage.getItem(key) ?? '{}'), ...changes };
    localStorage.setItem(key, JSON.stringify(kept));
    return kept;
  }, change);

test('an expired access token is refreshed without interrupting the user', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, BUYER);
  const { refreshToken } = await tokens(page, { token: 'over' });
  await page.reload();
  await menu(page).waitFor();
  await page.locator('[data-connection=live]').waitFor();
  await page.getByRole('link', { name: 'Choose Impossible Cloud 1 TB' }).waitFor();
  expect((await tokens(page)).refreshToken).not.toBe(refreshToken);

  await tokens(page, { expiresAt: new Date().toISOString() });
  await goTo(page, 'Subscriptions');
  await sees(page, 'No subscriptions here');
  await page.context().close();
});

test('signing out ends the session, in the other tab too', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, BUYER);
  const other = await page.context().newPage();
  await other.goto(`${gateway.url}/console`);
  await menu(other).waitFor();
  const { refreshToken } = await tokens(page);

  await page.getByRole('button', { name: 'Northwind Traders' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await sees(other, /Your session has ended/);
  expect(await page.getByText(/Your session has ended/).count()).toBe(0);

  const { data } = await gateway.send(
    null,
    'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { token } }',
    { input: { refreshToken } },
  );
  expect(data.refreshToken.token).toBeNull();
  await page.context().close();
});

test('a user whose permissions change returns to the sign-in page with the reason', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, BUYER);
  await page.locator('[data-connection=live]').waitFor();
  const set = async (roles: Role[]) =>
    gateway.send(
      await gateway.token('admin@bss.example'),
      'mutation ($input: SetUserRolesInput!) { setUserRoles(input: $input) { errors { message } } }',
      { input: { userId: userId(BUYER), roles } },
    );
  await set([]);
  // Nobody has clicked anything.
  await page
    .getByRole('alert')
    .getByText(/Your session has ended/)
    .waitFor();
  await set([Role.CUSTOMER]);
  await page.getByRole('button', { name: BUYER }).click();
  await menu(page).waitFor();
  expect(await page.getByText(/Your session has ended/).count()).toBe(0);
  await page.context().close();
});

test('a console whose first query failed loads once the gateway answers, without a reload', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, BUYER);
  await page.route('**/graphql', route => route.abort());
  await page.reload();
  await sees(page, /could not be loaded/);
  await page.unroute('**/graphql');
  await menu(page).waitFor();
  await page.context().close();
});

test('a rate-limited action shows the error next to its button, and has no effect', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, RESELLER);
  await page.getByRole('link', { name: 'Choose Impossible Cloud 1 TB' }).click();
  const add = page.getByRole('button', { name: 'Add to basket' });
  await add.waitFor();
  await emptyBucket(RESELLER);
  await add.click();
  await page
    .getByRole('alert')
    .getByText(/asked for too much at the moment/)
    .waitFor();
  expect(await gateway.rows('SELECT id FROM basket_lines')).toEqual([]);
  await page.context().close();
});

/** Spends all that a user may spend: in large pieces, then to the last point. */
async function emptyBucket(email: string): Promise<void> {
  const token = await gateway.token(email);
  for (const points of [20, 1]) {
    const fields = Array.from({ length: points }, (_, index) => `v${index}: viewer { id }`);
    let status = 200;
    while (status === 200) ({ status } = await gateway.send(token, `{ ${fields.join(' ')} }`));
    expect(status).toBe(429);
  }
}
