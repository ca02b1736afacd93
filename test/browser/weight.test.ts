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

const MOST_BYTES = 250_000;
const MOST_MS = 1000;

/** When the largest part of the page was painted, and what its scripts weighed on the wire. */
const measure = () =>
  new Promise<{ paintMs: number; scriptBytes: number }>(resolve => {
    new PerformanceObserver(list => {
      const scripts = performance
        .getEntriesByType('resource')
        .filter(entry => new URL(entry.name).pathname.endsWith('.js')) as PerformanceResourceTiming[];
      resolve({
        paintMs: list.getEntries().at(-1)?.startTime ?? Number.NaN,
        scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      });
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });

test('the console is light, and there in less than a second', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, 'sales@skyline.example');
  await page.getByRole('heading', { name: 'Impossible Cloud', exact: true }).waitFor();
  // Anew, as somebody who comes back: nothing cached but the session.
  const fresh = await page.context().newCDPSession(page);
  await fresh.send('Network.enable');
  await fresh.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.reload();
  await page.getByRole('heading', { name: 'Impossible Cloud', exact: true }).waitFor();
  const { paintMs, scriptBytes } = await page.evaluate(measure);
  process.stdout.write(
    `The console: ${(scriptBytes / 1000).toFixed(0)} kB of compressed JavaScript, the shop painted after ${paintMs.toFixed(0)} ms.\n`,
  );
  expect(scriptBytes).toBeGreaterThan(0);
  expect(scriptBytes).toBeLessThan(MOST_BYTES);
  expect(paintMs).toBeLessThan(MOST_MS);
});
