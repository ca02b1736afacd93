import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import type { App } from '../../src/app';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { fault, faults } from '../support/provider/of-gateway';
import { shopper } from '../support/shop';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, onBoard, sees, signIn } from './support/console';

let gateway: TestGateway;
let browser: TestBrowser;
let second: App | undefined;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await second?.stop();
  await gateway.stop();
});

test('an open live page shows the restart of the gateway, reconnects and catches up', async () => {
  const live = await browser.page();
  await signIn(live, gateway.url, 'admin@bss.example');
  await goTo(live, 'Live');
  await live.locator('[data-connection=live]').waitFor();

  // So slow that the gateway is gone before it is done, and that it is done before the browser is back.
  await faults(gateway, fault('answer', 'subscriptions/create', { checkOnly: false, delayMs: 1200 }));
  const line = { productId: demoId('prod', 'IC-BASE-1TB'), friendlyName: 'Over the restart' };
  await shopper(gateway, 'sales@skyline.example').order(line, accountId('Cedar Foods'));
  await onBoard(live, 'In progress', 'Over the restart').waitFor();

  await gateway.app.stop();
  await live.locator('[data-notice=interrupted]').waitFor();
  await sees(live, /The stream is interrupted/);

  const { port } = new URL(gateway.url);
  second = await startOn({ ...gateway.settings, port: Number(port), migrate: false });
  await live.locator('[data-notice=live]').waitFor();
  await sees(live, /Caught up after/);
  await onBoard(live, 'Done within the hour', 'Over the restart').waitFor();
  expect(browser.complaints).toEqual([]);
});
