import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';

/** Chromium of Debian. */
export const CHROMIUM = '/usr/bin/chromium';
/** Without them, Chromium looks for updates, accounts and the like, and stops painting when no window has the focus. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** Starts Chromium. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

/** Opens the console and signs in with e-mail address and password, or stays at the sign-in page without an address. */
export async function openConsole(
  browser: Browser,
  url: URL,
  email: string | null,
  password: string,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await page.goto(new URL('/console', url).href);
  if (email === null) return page;
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('nav a').first().waitFor();
  return page;
}

/** Requests of the load of a page. */
export interface Load {
  /**
   * Bytes on the wire until the page can be used, heads included: of everything that was requested until it showed its data,
   * from the HTML to the answers of the gateway. Frames of the WebSocket are not counted.
   */
  bytes: number;
  /** Bytes of scripts, styles, texts, fonts and images among them. */
  assetBytes: number;
  /** Paths of the scripts, styles, texts, fonts and images among them. */
  assets: string[];
  /** Requests and subscriptions that were sent more than once, with their number. */
  repeated: [what: string, times: number][];
  requests: number;
  /** Time to the largest contentful paint, in milliseconds. */
  paintMs: number;
}

const LARGEST_PAINT = `new Promise(resolve => new PerformanceObserver(list =>
  resolve(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))`;

/** Types of requests to the graph. */
const ANSWERS = new Set(['Fetch', 'XHR', 'Preflight']);

/** Operation of a message or a request, without what is different each time. */
function operationOf(body: string): string {
  try {
    const { query = '', operationName, variables = {}, extensions } = JSON.parse(body);
    const name =
      operationName ?? /(?:query|subscription|mutation)\s+(\w+)/.exec(query)?.[1] ?? query.slice(0, 60);
    return `${name} ${JSON.stringify(variables)} ${JSON.stringify(extensions ?? '')}`;
  } catch {
    return body.slice(0, 100);
  }
}

/** Resolves when the page has its data instead of placeholders: to the time since 1970, in milliseconds. */
const SHOWN_AT = `new Promise(resolve => {
  const look = () => {
    const isShown = document.querySelector('main h1') && !document.querySelector('main [role=status][aria-label]');
    if (isShown) resolve(performance.timeOrigin + performance.now());
    else requestAnimationFrame(look);
  };
  look();
})`;

/** Loads a page as a visitor whose browser has stored nothing but the session. Ends two seconds after it showed its data. */
export async function measureLoad(page: Page, path: string): Promise<Load> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  // Leaves the page, so that its memory cache is gone too. A disabled cache would load an image for each of its uses.
  const { href } = new URL(path, page.url());
  await page.goto('about:blank');
  await cdp.send('Network.clearBrowserCache');
  const types = new Map<string, string>();
  const starts = new Map<string, { path: string; at: number }>();
  const sizes = new Map<string, number>();
  const sent = new Map<string, string>();
  cdp.on('Network.requestWillBeSent', ({ requestId, request, type, wallTime }) => {
    types.set(requestId, type ?? '');
    starts.set(requestId, { path: new URL(request.url).pathname, at: wallTime * 1000 });
    const what = request.postData
      ? operationOf(request.postData)
      : `${request.method} ${new URL(request.url).pathname}`;
    sent.set(requestId, what);
  });
  cdp.on('Network.webSocketFrameSent', ({ response }) => {
    const message = JSON.parse(response.payloadData);
    if (message.type === 'subscribe') sent.set(message.id, operationOf(JSON.stringify(message.payload)));
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sizes.set(requestId, encodedDataLength);
    // From memory: an image that the page has twice is sent once.
    if (encodedDataLength === 0) sent.delete(requestId);
  });
  await page.goto(href, { waitUntil: 'commit' });
  const shownAt = await page.evaluate<number>(SHOWN_AT);
  // Not `networkidle`: the stream stays open.
  await page.waitForTimeout(2000);
  const paintMs = await page.evaluate<number>(LARGEST_PAINT);
  await cdp.detach();
  const counts = new Map<string, number>();
  for (const each of sent.values()) counts.set(each, (counts.get(each) ?? 0) + 1);
  const counted = [...sizes.keys()].filter(id => (starts.get(id)?.at ?? 0) <= shownAt);
  const assets = counted.filter(id => !ANSWERS.has(types.get(id) ?? ''));
  const bytesOf = (ids: string[]) => ids.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
  return {
    bytes: bytesOf(counted),
    assetBytes: bytesOf(assets),
    assets: assets.map(id => starts.get(id)?.path ?? ''),
    repeated: [...counts].filter(([, times]) => times > 1),
    requests: sent.size,
    paintMs,
  };
}

/** Watches clicks: resolves to the milliseconds from the next click to the first paint of another heading. */
const NEXT_HEADING = `new Promise((resolve, reject) => {
  const before = document.querySelector('h1')?.textContent;
  addEventListener('click', event => {
    const clicked = event.timeStamp;
    const look = () => {
      const heading = document.querySelector('h1');
      if (heading && heading.textContent !== before) {
        // After the frame that has the heading.
        return requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clicked)));
      }
      if (performance.now() - clicked > 10_000) return reject(new Error('The page has no new heading.'));
      requestAnimationFrame(look);
    };
    look();
  }, { capture: true, once: true });
})`;

/** Milliseconds from the click on a link of the menu to the paint of the heading of its page. */
export async function measureRoute(page: Page, href: string): Promise<number> {
  const watched = page.evaluate<number>(NEXT_HEADING);
  await page.locator(`nav a[href="${href}"]`).first().click();
  return watched;
}

/** Frames while a page scrolls. */
export interface Frames {
  perSecond: number;
  /** Share of the frames that were not drawn in time. */
  droppedShare: number;
  /** Longest time between two frames, in milliseconds. */
  longestMs: number;
}

interface TraceEvent {
  name: string;
  ts: number;
}

/** Scrolls down by `distance` pixels with `speed` pixels a second, and counts the frames of Chromium's trace. */
export async function measureScroll(page: Page, distance: number, speed: number): Promise<Frames> {
  const cdp = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'],
    },
  });
  await scroll(cdp, distance, speed);
  const complete = new Promise(resolve => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  return framesOf(events);
}

const scroll = (cdp: CDPSession, distance: number, speed: number) =>
  cdp.send('Input.synthesizeScrollGesture', {
    x: 700,
    y: 500,
    yDistance: -distance,
    speed,
    gestureSourceType: 'mouse',
  });

function framesOf(events: readonly TraceEvent[]): Frames {
  const drawn = events
    .filter(({ name }) => name === 'DrawFrame')
    .map(({ ts }) => ts / 1000)
    .sort((a, b) => a - b);
  const dropped = events.filter(({ name }) => name === 'DroppedFrame').length;
  const seconds = ((drawn.at(-1) ?? 0) - (drawn[0] ?? 0)) / 1000;
  const gaps = drawn.slice(1).map((at, index) => at - (drawn[index] ?? at));
  return {
    perSecond: gaps.length / seconds,
    droppedShare: dropped / (dropped + drawn.length),
    longestMs: Math.max(0, ...gaps),
  };
}
