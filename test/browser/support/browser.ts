import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
/** Without them Chromium looks for updates, accounts and the like. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser whose pages note what they should not do. */
export interface TestBrowser {
  /** A page of somebody else: with a context of its own. */
  page(options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  /** What pages complained of, and requests that left the machine. */
  complaints: string[];
  /** Every address that was asked for. */
  requests: string[];
  close(): Promise<void>;
}

/** Starts Chromium. */
export async function startBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const complaints: string[] = [];
  const requests: string[] = [];
  const watch = (context: BrowserContext) => {
    context.on('request', request => requests.push(request.url()));
    context.on('weberror', error => complaints.push(String(error.error())));
    context.on('console', message => {
      // Of requests that failed the browser tells itself, and less; of a gateway that was stopped on purpose too.
      const network = /Failed to load resource|WebSocket connection/.test(message.text());
      if (message.type() === 'error' && !network) complaints.push(message.text());
    });
    context.on('response', async response => {
      if (response.status() < 400) return;
      const sent = response.request().postData() ?? '';
      complaints.push(
        `${response.status()} ${response.url()} ${sent} ${await response.text().catch(() => '(its body is gone)')}`,
      );
    });
  };
  return {
    complaints,
    requests,
    async page(options) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        locale: 'en-GB',
        ...options,
      });
      context.setDefaultTimeout(15_000);
      watch(context);
      return context.newPage();
    },
    close: () => browser.close(),
  };
}
