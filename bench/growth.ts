import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { userId } from '../src/demo-data';
import { type Bench, inLab } from './lib/bench';
import { fillCustomers, fillHistory, nthId } from './lib/fill';
import type { Lab } from './lib/lab';
import { median } from './lib/rounds';
import { post } from './lib/shop';
import { printTable, short } from './lib/table';

const SIZES = (process.env.BENCH_SIZES ?? '100,10000,1000000').split(',').map(Number);
const TIMES = 40;
const FOLDER = resolve(__dirname, '../../schema/operations');

/** The documented reads that touch what grows, as who sends them; `n` is a number of a row of the viewer's. */
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

type Times = Map<string, number>;

/** The same reads on more and more rows. */
export const growth: Bench = {
  name: 'growth',
  what: `documented reads with ${SIZES.join(', ')} subscriptions, orders, operations and events`,
  async run() {
    const columns: Times[] = [];
    for (const size of SIZES) columns.push(await inLab(lab => measure(lab, size)));
    const [least = new Map(), most = new Map()] = [columns[0], columns.at(-1)];
    const rows = [...least.keys()].map(name => [
      name,
      ...columns.map(column => short(column.get(name) ?? Number.NaN)),
      short((most.get(name) ?? Number.NaN) / (least.get(name) ?? Number.NaN)),
    ]);
    printTable('Milliseconds an answer (median)', ['read', ...SIZES.map(String), 'grows by'], rows);
    const worst = Math.max(...[...least].map(([name, ms]) => (most.get(name) ?? Number.NaN) / ms));
    return [{ goal: 'growth: no documented read slower than 1.5 ×', reached: [worst], most: 1.5 }];
  },
};

async function measure(lab: Lab, size: number): Promise<Times> {
  // As many rows for each customer, however many there are: what grows is the shop.
  const customers = Math.max(10, Math.round(size / 50));
  await fillCustomers(lab.run, customers);
  await fillHistory(lab.run, size, customers);
  for (const table of [
    'accounts',
    'orders',
    'subscriptions',
    'operations',
    'steps',
    'cancellation_requests',
  ]) {
    await lab.run(`ANALYZE TABLE ${table}`);
  }
  const gateway = await lab.gateway();
  const times: Times = new Map();
  for (const [viewer, id, n] of viewers) {
    const bearer = await lab.bearer(id);
    for (const [name, variables] of reads) {
      const query = readFileSync(`${FOLDER}/${name}.graphql`, 'utf8');
      const body = JSON.stringify({ query, variables: variables(n) });
      const taken: number[] = [];
      for (let time = -10; time < TIMES; time += 1) {
        const began = performance.now();
        await post(gateway, bearer, body);
        if (time >= 0) taken.push(performance.now() - began);
      }
      times.set(`${name} as ${viewer}`, median(taken));
    }
  }
  return times;
}
