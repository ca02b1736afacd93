import { startTestGateway, type TestGateway } from '../support/gateway';
import { startBrowser, type TestBrowser } from './support/browser';
import { signIn } from './support/console';

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

/** First load of the console, compressed. */
const MOST_BYTES = 200_000;

/** Compressed size of the scripts and styles that the page has loaded. */
const measure = () =>
  performance
    .getEntriesByType('resource')
    .filter(({ name }) => /\.(js|css)$/.test(new URL(name).pathname))
    .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0);

test('the first load of the console is light', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, 'sales@skyline.example');
  await page.getByRole('heading', { name: 'Impossible Cloud', exact: true }).waitFor();
  // Anew, as somebody who comes back: nothing cached but the session.
  const fresh = await page.context().newCDPSession(page);
  await fresh.send('Network.enable');
  await fresh.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.reload();
  await page.getByRole('heading', { name: 'Impossible Cloud', exact: true }).waitFor();
  const bytes = await page.evaluate(measure);
  process.stdout.write(`The console: ${(bytes / 1000).toFixed(0)} kB compressed, with the shop.\n`);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
