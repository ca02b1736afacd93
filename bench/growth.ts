import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { userId } from '../dev/demo-data';
import type { Bench } from './lib/bench';
import { fillCustomers, fillHistory, nthId } from './lib/fill';
import { type Lab, openLab } from './lib/lab';
import type { Contender } from './lib/processes';
import { median } from './lib/rounds';
import { post } from './lib/shop';
import { printTable, short } from './lib/table';

const SIZES = (process.env.BENCH_SIZES ?? '100,10000,1000000').split(',').map(Number);
const TIMES = 100;
const WARM_UP = 20;
/** Page size of the reads. */
const PAGE = 20;
const GROWING = ['accounts', 'orders', 'subscriptions', 'operations', 'steps', 'cancellation_requests'];
const FOLDER = resolve(__dirname, '../../schema/operations');

/** Documented reads of growing tables, with their variables. `n` is the number of a row of the viewer. */
const reads = [
  ['15-order', (n: number) => ({ id: nthId('ord', n) })],
  ['16-orders', () => ({})],
  ['17-subscriptions', () => ({})],
  ['18-subscription', (n: number) => ({ id: nthId('sub', n) })],
  ['23-cancellation-requests', () => ({ states: ['PENDING'] })],
  ['30-accounts', () => ({})],
] as const;

const viewers = [
  ['customer', nthId('usr', 0), 0],
  ['reseller', userId('sales@skyline.example'), 1],
  ['manager', userId('manager@bss.example'), 0],
] as const;

/** Database of one size, with a gateway. */
interface Shop {
  lab: Lab;
  gateway: Contender;
}

/** Latency of the same reads on tables of increasing size, in turn. */
export const growth: Bench = {
  name: 'growth',
  what: `documented reads with ${SIZES.join(', ')} subscriptions, orders, operations and events`,
  async run() {
    const shops: Shop[] = [];
    try {
      for (const size of SIZES) shops.push(await openShop(size));
      const rows: string[][] = [];
      const growths: number[] = [];
      for (const [viewer, id, n] of viewers) {
        for (const [name, variables] of reads) {
          const times = await measure(shops, id, name, variables(n));
          const growth = (times.at(-1) ?? Number.NaN) / (times[0] ?? Number.NaN);
          growths.push(growth);
          rows.push([`${name} as ${viewer}`, ...times.map(short), short(growth)]);
        }
      }
      printTable('Milliseconds per response (median)', ['read', ...SIZES.map(String), 'growth'], rows);
      const worst = Math.max(...growths);
      return [{ goal: 'growth: no documented read slower than 1.5 ×', reached: [worst], most: 1.5 }];
    } finally {
      for (const { lab } of shops) await lab.stop();
    }
  },
};

async function openShop(size: number): Promise<Shop> {
  const lab = await openLab();
  // Every page is full at each size, so only the tables grow.
  const subscribers = Math.max(4, Math.round(size / 50));
  await fillCustomers(lab.run, Math.max(3 * PAGE, subscribers));
  await fillHistory(lab.run, size, subscribers);
  for (const table of GROWING) await lab.run(`ANALYZE TABLE ${table}`);
  return { lab, gateway: await lab.gateway() };
}

/** Measures one read in each shop, in milliseconds. */
async function measure(shops: readonly Shop[], viewer: string, name: string, variables: object) {
  const query = readFileSync(`${FOLDER}/${name}.graphql`, 'utf8');
  const body = JSON.stringify({ query, variables });
  const bearers = await Promise.all(shops.map(({ lab }) => lab.bearer(viewer)));
  const taken: number[][] = shops.map(() => []);
  for (let time = -WARM_UP; time < TIMES; time += 1) {
    for (const [index, { gateway }] of shops.entries()) {
      const began = performance.now();
      await post(gateway, bearers[index] ?? '', body);
      if (time >= 0) taken[index]?.push(performance.now() - began);
    }
  }
  return taken.map(median);
}
