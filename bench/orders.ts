import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { userId } from '../dev/demo-data';
import { type Bench, inLab } from './lib/bench';
import { fillCustomers } from './lib/fill';
import type { Lab } from './lib/lab';
import { type Contender, cpuSeconds } from './lib/processes';
import { say } from './lib/report';
import { median } from './lib/rounds';
import { atOnce, type Buyer, buyers, checkout } from './lib/shop';
import { printTable, short, spread, type Verdict } from './lib/table';

const ROUNDS = 4;
const ORDERS = 500;
const AT_ONCE = 16;
/** Half the goal, in orders per second, and the number of orders at that rate. */
const PACE = 50;
const PACED = 500;

/** Orders from checkout to COMPLETED, with a provider that responds at once. */
export const orders: Bench = {
  name: 'orders',
  what: 'checkout to COMPLETED: orders per second, and time until the last message of the stream',
  run: () =>
    inLab(async lab => {
      await fillCustomers(lab.run, 2 * ((ROUNDS + 1) * ORDERS + PACED));
      const gateway = await lab.gateway();
      const rates: number[] = [];
      const all = { statements: [] as number[], commits: [] as number[] };
      const rows: string[][] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const { rate, checkouts, statements, commits, gatewayMs, databaseMs } = await backlog(
          lab,
          gateway,
          await buyers(lab, round * ORDERS, ORDERS),
        );
        if (round === 0) continue;
        rates.push(rate);
        all.statements.push(statements);
        all.commits.push(commits);
        rows.push([
          String(round),
          ...[rate, checkouts, statements, commits, gatewayMs, databaseMs].map(short),
        ]);
      }
      printTable(
        'Checkout to COMPLETED, maximum rate',
        [
          'round',
          'orders/s',
          'checkouts/s',
          'statements/order',
          'commits/order',
          'gateway CPU ms/order',
          'database CPU ms/order',
        ],
        rows,
      );
      const times = await paced(lab, gateway, await buyers(lab, (ROUNDS + 1) * ORDERS, PACED));
      const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN;
      say(
        `\nLast message after the response of checkout at ${PACE} orders/s: median ${short(median(times))} ms, p99 ${short(p99)} ms`,
      );
      const verdicts: Verdict[] = [
        { goal: 'checkout to COMPLETED: ≥ 160 orders/s', reached: rates, least: 160 },
        { goal: 'statements of an order: ≤ 36', reached: all.statements, most: 36 },
        { goal: 'commits of an order: ≤ 2', reached: all.commits, most: 2 },
        { goal: 'last message at half that load, p99: ≤ 250 ms', reached: [p99], most: 250 },
      ];
      say(`Orders per second: ${spread(rates)}`);
      return verdicts;
    }),
};

async function countOf(lab: Lab, what: 'Questions' | 'Com_commit'): Promise<number> {
  const [row] = await lab.db.rows<{ Value: string }>(`SHOW GLOBAL STATUS LIKE '${what}'`);
  return Number(row?.Value);
}

async function open(lab: Lab): Promise<number> {
  return (
    (await lab.db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM orders WHERE state = 'EXECUTING'`))[0]?.n ??
    0
  );
}

async function backlog(lab: Lab, gateway: Contender, list: readonly Buyer[]) {
  const before = {
    statements: await countOf(lab, 'Questions'),
    commits: await countOf(lab, 'Com_commit'),
    own: cpuSeconds(gateway.pid),
    db: cpuSeconds(lab.mariadbPid),
  };
  const began = performance.now();
  await atOnce(list, AT_ONCE, buyer => checkout(gateway, buyer));
  const checkedOut = performance.now() - began;
  while ((await open(lab)) > 0) await sleep(20);
  const ms = performance.now() - began;
  const perOrder = (value: number) => value / list.length;
  return {
    rate: (list.length / ms) * 1000,
    checkouts: (list.length / checkedOut) * 1000,
    statements: perOrder((await countOf(lab, 'Questions')) - before.statements),
    commits: perOrder((await countOf(lab, 'Com_commit')) - before.commits),
    gatewayMs: perOrder((cpuSeconds(gateway.pid) - before.own) * 1000),
    databaseMs: perOrder((cpuSeconds(lab.mariadbPid) - before.db) * 1000),
  };
}

/** Returns the time from the response of checkout to the last message of each order, in milliseconds, sorted. */
async function paced(lab: Lab, gateway: Contender, list: readonly Buyer[]): Promise<number[]> {
  const last = new Map<string, number>();
  const authorization = await lab.bearer(userId('admin@bss.example'));
  const client = createClient({
    url: `${gateway.url.toString().replace('http', 'ws')}graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
  });
  const query = `subscription { provisioningUpdates { ... on ProvisioningUpdate { operationState operation { order { id } } } } }`;
  type Told = { provisioningUpdates: { operationState?: string; operation?: { order: { id: string } } } };
  const end = client.subscribe<Told>(
    { query },
    {
      next: ({ data }) => {
        const { operationState, operation } = data?.provisioningUpdates ?? {};
        if (operation && operationState === 'SUCCEEDED') last.set(operation.order.id, performance.now());
      },
      error: error => console.error(error),
      complete: () => undefined,
    },
  );
  await sleep(500);
  const answered = new Map<string, number>();
  const began = performance.now();
  await Promise.all(
    list.map(async (buyer, index) => {
      await sleep(began + (index * 1000) / PACE - performance.now());
      answered.set(await checkout(gateway, buyer), performance.now());
    }),
  );
  const deadline = performance.now() + 10_000;
  while (last.size < list.length && performance.now() < deadline) await sleep(20);
  end();
  await client.dispose();
  return [...answered]
    .map(([id, at]) => (last.get(id) ?? Number.POSITIVE_INFINITY) - at)
    .sort((a, b) => a - b);
}
