import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../dev/demo-data';
import { answerTimes } from './lib/answer-times';
import type { Bench } from './lib/bench';
import { inLab } from './lib/bench';
import {
  CHROMIUM,
  type Load,
  measureLoad,
  measureRoute,
  measureScroll,
  openConsole,
  startChromium,
} from './lib/chromium';
import { quantile } from './lib/client';
import { fillLarge, LARGE } from './lib/fill-large';
import type { Contender } from './lib/processes';
import { say } from './lib/report';
import { median } from './lib/rounds';
import { printTable, short, type Verdict } from './lib/table';

const ADMINISTRATOR = 'admin@bss.example';
const RESELLER = 'sales@skyline.example';
/** First loads that are measured. Those of `/console` are of the page that somebody lands on, whose bytes have an aim. */
const LOADED = [
  { what: 'the sign-in', email: null, path: '/console' },
  { what: 'the shop of a reseller', email: RESELLER, path: '/console' },
  { what: 'the overview', email: ADMINISTRATOR, path: '/console' },
  { what: 'the subscriptions', email: ADMINISTRATOR, path: '/console/subscriptions' },
];
const LOADS = 3;
/** Pages whose change is measured, there and back. */
const ROUTES = ['/console/subscriptions', '/console/office/orders'];
const CHANGES = 10;
const ROWS = 5000;
/** Distance and speed of the scrolling, in pixels. */
const SCROLL = { distance: 30_000, speed: 6000 };
const SCROLLS = 3;

const AIM = { bytes: 200_000, routeMs: 100, frames: 60, answerMs: 200 } as const;

/** Speed of the console in Chromium, and of the lists that it reads, on the data of a large distributor. */
export const consoleBench: Bench = {
  name: 'console',
  what: `the console with ${LARGE.products} products, ${LARGE.customers} customers and ${LARGE.subscriptions} subscriptions`,
  run: () =>
    inLab(async lab => {
      await fillLarge(lab.db, lab.run);
      // Everything is measured as one user, whose operations are not delayed by the limits of one.
      const gateway = await lab.gateway();
      const verdicts = await lists(await answerTimes(lab, gateway));
      if (!existsSync(CHROMIUM)) {
        say(`\nWithout ${CHROMIUM} the pages are not measured.`);
        return verdicts;
      }
      return [...(await pages(gateway)), ...verdicts];
    }),
};

function lists(all: Awaited<ReturnType<typeof answerTimes>>): Verdict[] {
  const rows = all.map(({ list, times, slowest }) => [
    list,
    String(times.length),
    short(median(times)),
    short(quantile(times, 0.95)),
    short(times.at(-1) ?? Number.NaN),
    slowest,
  ]);
  printTable(
    'Milliseconds to the answer of a list',
    ['list', 'requests', 'p50', 'p95', 'max', 'slowest'],
    rows,
  );
  const above = all.flatMap(({ times }) => times.filter(ms => ms >= AIM.answerMs)).length;
  say(
    `\nRequests of ${AIM.answerMs} ms or more: ${above} of ${all.reduce((sum, { times }) => sum + times.length, 0)}.`,
  );
  const worst = Math.max(...all.map(({ times }) => quantile(times, 0.95)));
  return [{ goal: 'console: p95 of every list in ms', reached: [worst], most: AIM.answerMs }];
}

async function pages(gateway: Contender): Promise<Verdict[]> {
  const browser = await startChromium();
  try {
    const loaded = await loads(browser, gateway.url);
    const page = await openConsole(browser, gateway.url, ADMINISTRATOR, DEMO_PASSWORD);
    const changed = await routes(page);
    const scrolled = await scrolls(page);
    return [...loaded, ...changed, ...scrolled];
  } finally {
    await browser.close();
  }
}

async function loads(browser: Browser, url: URL): Promise<Verdict[]> {
  const rows: string[][] = [];
  const bytes: number[] = [];
  const repeats: number[] = [];
  for (const { what, email, path } of LOADED) {
    const page = await openConsole(browser, url, email, DEMO_PASSWORD);
    const all: Load[] = [];
    for (let time = 0; time < LOADS; time += 1) all.push(await measureLoad(page, path));
    await page.context().close();
    const [first] = all as [Load];
    if (path === '/console') bytes.push(first.bytes);
    repeats.push(first.repeated.length);
    for (const [sent, times] of first.repeated) say(`\n${what}: sent ${times} times: ${sent}`);
    const paint = short(median(all.map(({ paintMs }) => paintMs)));
    const sizes = [first.bytes, first.assetBytes].map(size => short(size / 1000));
    rows.push([what, ...sizes, String(first.requests), paint]);
  }
  printTable(
    'First load: kB on the wire until the page shows its data',
    ['page', 'kB', 'kB of assets', 'requests', 'largest paint, ms'],
    rows,
  );
  return [
    {
      goal: 'console: bytes until the first page shows its data',
      reached: [Math.max(...bytes)],
      most: AIM.bytes,
    },
    { goal: 'console: requests sent twice on load', reached: [Math.max(...repeats)], most: 0 },
  ];
}

async function routes(page: Page): Promise<Verdict[]> {
  // Once to load the code and the data of each page.
  for (const route of ROUTES) {
    await measureRoute(page, route).catch(() => undefined);
    await page.waitForTimeout(1500);
  }
  const times = new Map<string, number[]>();
  for (let change = 0; change < CHANGES; change += 1) {
    for (const route of ROUTES) {
      times.set(route, [...(times.get(route) ?? []), await measureRoute(page, route)]);
      await page.waitForTimeout(500);
    }
  }
  printTable(
    'Milliseconds from the click to the paint of the new heading',
    ['page', 'p50', 'p95'],
    [...times].map(([route, ms]) => [route, short(median(ms)), short(quantile(ms, 0.95))]),
  );
  // One goal for each page: together, a fast page would hide a slow one.
  return [...times].map(([route, reached]) => ({
    goal: `console: change to ${route} in ms`,
    reached,
    most: AIM.routeMs,
  }));
}

async function scrolls(page: Page): Promise<Verdict[]> {
  const table = page.locator('[role=table], [role=grid]').first();
  await page.goto(new URL('/console/subscriptions', page.url()).href);
  if (
    !(await table.waitFor().then(
      () => true,
      () => false,
    ))
  ) {
    say('\nThe page of the subscriptions has no table yet, so scrolling is not measured.');
    return [];
  }
  await loadRows(page, ROWS);
  const frames = [];
  for (let time = 0; time < SCROLLS; time += 1) {
    await page.evaluate('scrollTo(0, 0)');
    await page.waitForTimeout(500);
    frames.push(await measureScroll(page, SCROLL.distance, SCROLL.speed));
  }
  printTable(
    `Scrolling ${ROWS} rows, ${SCROLL.speed} pixels a second`,
    ['frames/s', 'dropped', 'longest gap, ms'],
    frames.map(({ perSecond, droppedShare, longestMs }) => [
      short(perSecond),
      `${short(100 * droppedShare)} %`,
      short(longestMs),
    ]),
  );
  // A frame of 60 a second can be counted in the next one.
  return [
    {
      goal: 'console: frames a second',
      reached: frames.map(({ perSecond }) => perSecond),
      least: AIM.frames - 1,
    },
  ];
}

/** Scrolls to the end of the list until it has `count` rows. */
async function loadRows(page: Page, count: number): Promise<void> {
  const LAST = `Math.max(0, ...[...document.querySelectorAll('[aria-rowindex]')].map(row => Number(row.getAttribute('aria-rowindex'))))`;
  const ends = performance.now() + 180_000;
  while ((await page.evaluate<number>(LAST)) < count) {
    if (performance.now() > ends) throw new Error(`The list did not load ${count} rows.`);
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    await page.waitForTimeout(20);
  }
}
