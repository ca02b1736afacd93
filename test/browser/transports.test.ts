import type { Page } from 'playwright-core';
import { accountId } from '../../dev/demo-data';
import { person } from '../support/back-office';
import { ALPINE, MANAGER, RESELLER, STORAGE } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { clearLedger, faults } from '../support/provider/of-gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, onBoard, sees, signIn } from './support/console';

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

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
