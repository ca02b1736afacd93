import type { Page, WebSocketRoute } from 'playwright-core';
import { accountId } from '../../dev/demo-data';
import { person } from '../support/back-office';
import { product } from '../support/catalog';
import { ALPINE, MANAGER, RESELLER, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { clearLedger, faults } from '../support/provider/of-gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, onBoard, sees, signIn } from './support/console';

const BACKUP = { productId: product('CB-SERVER') };

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

/** A page in a network that blocks WebSockets, as proxies do, and server-sent events too if `events` is false. */
async function pageWithout(events: boolean): Promise<Page> {
  const page = await browser.page();
  await page.routeWebSocket(/\/graphql$/, socket => socket.close());
  if (!events) await page.route('**/graphql/stream', route => route.abort());
  return page;
}

/** An order that is provisioned in several seconds; resolves to its id. */
async function orderSlowly(friendlyName: string, recipient: string): Promise<string> {
  await clearLedger(gateway);
  await faults(gateway, { checkOnly: false, times: 4, delayMs: 1400 });
  return (await person(gateway, RESELLER).order({ ...STORAGE, friendlyName }, recipient)).order.id;
}

test('with a blocked WebSocket the streams are server-sent events, and the header says so', async () => {
  const page = await pageWithout(true);
  await signIn(page, gateway.url, MANAGER);
  await page.locator('[data-connection=live]').getByText('Live over HTTP').waitFor();
  await goTo(page, 'Live');
  await sees(page, /the network blocks the WebSocket/);
  await orderSlowly('Over events', ALPINE);
  await onBoard(page, 'In progress', 'Over events').waitFor();
  await onBoard(page, 'Done within the hour', 'Over events').waitFor();
  await page.context().close();
});

test('without any stream the page polls and says so, and an operation is not older than its subscription', async () => {
  const page = await pageWithout(false);
  await signIn(page, gateway.url, MANAGER);
  const id = await orderSlowly('By polling', accountId('Birch Legal'));
  const { lines } = await person(gateway, MANAGER).seeOrder(id);
  await page.goto(`${gateway.url}/console/subscriptions/${lines[0].subscription.id}`);
  await page.getByRole('article').getByText('Running').waitFor();
  await page.locator('[data-connection=polling]').getByText('Every 5 s').waitFor();
  await page.getByRole('article').getByText('Succeeded').waitFor();
  await page.getByText('Active', { exact: true }).waitFor();
  await goTo(page, 'Live');
  await sees(page, /There is no stream: the network may block it/);
  await onBoard(page, 'Done within the hour', 'By polling').waitFor();
  await page.context().close();
});

test('a read that is newer than the stream is shown when the stream is cut', async () => {
  const page = await browser.page();
  let isCut = false;
  await page.routeWebSocket(/\/graphql$/, socket => {
    if (isCut) return void socket.close();
    const server = socket.connectToServer();
    // Messages of the gateway are lost from now on, and the connection looks alive.
    server.onMessage(message => {
      if (!isCut) socket.send(message);
    });
  });
  await signIn(page, gateway.url, MANAGER);
  await page.locator('[data-connection=live]').waitFor();
  const id = await orderSlowly('Cut off', accountId('Cedar Foods'));
  const { lines } = await person(gateway, MANAGER).seeOrder(id);
  await goTo(page, 'Subscriptions');
  await page.getByRole('link', { name: 'Cut off' }).click();
  await page.getByRole('article').getByText('Running').waitFor();
  isCut = true;
  await gateway.settled();
  await goTo(page, 'Subscriptions');
  await page.getByRole('link', { name: 'Cut off' }).click();
  await page.getByRole('article').getByText('Succeeded').waitFor();
  expect((await person(gateway, MANAGER).seeSubscription(lines[0].subscription.id)).state).toBe('ACTIVE');
  await page.context().close();
});

/** A page whose WebSockets can be blocked and let through again, as when a laptop changes its network. */
async function pageWithSwitch() {
  const page = await browser.page();
  const sockets = new Set<WebSocketRoute>();
  let blocked = false;
  await page.routeWebSocket(/\/graphql$/, socket => {
    if (blocked) return void socket.close();
    sockets.add(socket);
    socket.connectToServer();
  });
  const block = async (blocks: boolean) => {
    blocked = blocks;
    if (!blocks) return;
    await Promise.all([...sockets].map(socket => socket.close()));
    sockets.clear();
  };
  return { page, block };
}

const sign = (page: Page, is: string, text: string) =>
  page.locator(`[data-connection=${is}]`).getByText(text, { exact: true }).waitFor();

test('a WebSocket that is blocked midway is replaced by server-sent events, and returns', async () => {
  const { page, block } = await pageWithSwitch();
  await page.clock.install();
  await signIn(page, gateway.url, MANAGER);
  await sign(page, 'live', 'Live');
  await goTo(page, 'Live');
  await block(true);
  await sign(page, 'live', 'Live over HTTP');
  await person(gateway, RESELLER).order({ ...BACKUP, friendlyName: 'Blocked midway' }, ALPINE);
  await onBoard(page, 'Done within the hour', 'Blocked midway').waitFor();
  await block(false);
  await page.clock.runFor(61_000);
  await sign(page, 'live', 'Live');
  await page.context().close();
});

test('server-sent events that are blocked midway are replaced by polling, and return', async () => {
  const page = await pageWithout(true);
  await signIn(page, gateway.url, MANAGER);
  await sign(page, 'live', 'Live over HTTP');
  await page.context().setOffline(true);
  await sign(page, 'interrupted', 'Interrupted');
  await page.route('**/graphql/stream', route => route.abort());
  await page.context().setOffline(false);
  await sign(page, 'polling', 'Every 5 s');
  await page.unroute('**/graphql/stream');
  await sign(page, 'live', 'Live over HTTP');
  await page.context().close();
});

test('a page that was offline says so, and catches up with what happened meanwhile', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, MANAGER);
  await goTo(page, 'Live');
  await sign(page, 'live', 'Live');
  await page.context().setOffline(true);
  await sign(page, 'interrupted', 'Interrupted');
  await sees(page, /The stream is interrupted since .*: what is shown may be old/);
  await person(gateway, RESELLER).order(
    { ...BACKUP, friendlyName: 'While offline' },
    accountId('Birch Legal'),
  );
  await gateway.settled();
  await page.context().setOffline(false);
  await sign(page, 'live', 'Live');
  await onBoard(page, 'Done within the hour', 'While offline').waitFor();
  await sees(page, /Caught up after .* missed messages made up for/);
  await page.context().close();
});

test('after the sleep of a laptop the connection is not trusted but opened anew', async () => {
  const page = await browser.page();
  await page.clock.install();
  await signIn(page, gateway.url, MANAGER);
  await goTo(page, 'Live');
  await sign(page, 'live', 'Live');
  await page.clock.fastForward(120_000);
  await sees(page, /Caught up after 2 min/);
  await sign(page, 'live', 'Live');
  await page.context().close();
});

test('two tabs agree on names and orders that one of them changes', async () => {
  const one = await browser.page();
  await signIn(one, gateway.url, MANAGER);
  const other = await one.context().newPage();
  await other.goto(`${gateway.url}/console/office/orders`);
  await other.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
  const order = await person(gateway, MANAGER).placed(accountId('Contoso'), BACKUP);
  await other.getByText(order.number).first().waitFor();

  const subscriptionId = await person(gateway, MANAGER).liveSubscription(accountId('Contoso'));
  for (const page of [one, other]) {
    await page.goto(`${gateway.url}/console/subscriptions/${subscriptionId}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  await person(gateway, MANAGER).rename({ subscriptionId, friendlyName: 'Named in a tab' });
  for (const page of [one, other]) {
    await page.getByRole('heading', { level: 1, name: 'Named in a tab' }).waitFor();
  }
  await one.context().close();
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
