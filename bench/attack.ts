import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { userId } from '../dev/demo-data';
import { attacks } from './hostile/attacks';
import { type Bench, inLab } from './lib/bench';
import type { Contender } from './lib/processes';
import { bodyOf, CATALOG_PAGE, SUBSCRIPTIONS } from './lib/queries';
import { showStep } from './lib/report';
import { post } from './lib/shop';
import { printTable, short, type Verdict } from './lib/table';

const ROUNDS = 2;
const MS = 1500;
/** Pause between two requests of the client, in milliseconds. */
const PAUSE_MS = 10;
const MOST_DELAY_MS = 250;
const ALONE = 'alone';

/** Sends one request of the client. */
type Ask = () => Promise<unknown>;

/** Latency of a buying client during attacks, with the default limits. */
export const attack: Bench = {
  name: 'attack',
  what: 'latency of a client during an attack within the limits',
  run: () =>
    inLab(async lab => {
      const limits = { COST_BUCKET: '20000', COST_PER_SECOND: '1000' };
      const gateway = await lab.gateway(limits);
      const asks = await client(gateway, await lab.bearer(userId('buyer@contoso.example')));
      const bearer = await lab.bearer(userId('admin@bss.example'));
      const attacker = fork(join(__dirname, 'hostile/attacker.js'));
      const reached = new Map<string, number[]>([ALONE, ...Object.keys(attacks)].map(name => [name, []]));
      try {
        await latencies(asks, MS);
        for (let round = 0; round < ROUNDS; round += 1) {
          for (const [name, times] of reached) {
            showStep(`Round ${round + 1}: ${name} …`);
            times.push(...(await measure(asks, attacker, gateway, name, bearer)));
          }
        }
      } finally {
        attacker.disconnect();
      }
      return report(reached);
    }),
};

/** Requests of the client: a cached page, a list and changes of the basket, in turn. */
async function client(gateway: Contender, bearer: string): Promise<Ask[]> {
  const { product } = await post<{ product: { id: string } }>(
    gateway,
    bearer,
    bodyOf('{ product(sku: "IC-BASE-1TB") { id } }', {}),
  );
  const add = 'mutation Add($id: ID!) { addToBasket(input: { productId: $id }) { errors { code } } }';
  const bodies: [string, string][] = [
    ['', bodyOf(CATALOG_PAGE, { first: 20 })],
    [bearer, bodyOf(SUBSCRIPTIONS, { first: 20 })],
    [bearer, bodyOf(add, { id: product.id })],
    [bearer, bodyOf('mutation Empty { emptyBasket { errors { code } } }', {})],
  ];
  return bodies.map(
    ([authorization, body]) =>
      () =>
        post(gateway, authorization, body),
  );
}

async function measure(
  asks: readonly Ask[],
  attacker: ChildProcess,
  { url }: Contender,
  name: string,
  bearer: string,
): Promise<number[]> {
  if (name === ALONE) return latencies(asks, MS);
  attacker.send({ attack: name, host: url.hostname, port: Number(url.port), bearer, ms: MS + 500 });
  const done = once(attacker, 'message');
  await sleep(500);
  const times = await latencies(asks, MS);
  await done;
  return times;
}

async function latencies(asks: readonly Ask[], ms: number): Promise<number[]> {
  const times: number[] = [];
  const ends = performance.now() + ms;
  for (let at = 0; performance.now() < ends; at += 1) {
    const began = performance.now();
    await asks[at % asks.length]?.();
    times.push(performance.now() - began);
    await sleep(PAUSE_MS);
  }
  return times.sort((a, b) => a - b);
}

function report(reached: ReadonlyMap<string, readonly number[]>): Verdict[] {
  const at = (times: readonly number[], share: number) =>
    times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ??
    Number.NaN;
  const alone = at(reached.get(ALONE) ?? [], 0.99);
  printTable(
    'Latency of a client during an attack, ms',
    ['attack', 'requests', 'p50', 'p99', 'max'],
    [...reached].map(([name, times]) => [
      name,
      String(times.length),
      ...[0.5, 0.99, 1].map(share => short(at(times, share))),
    ]),
  );
  const delays = [...reached.values()].map(times => at(times, 0.99) - alone);
  return [
    { goal: 'attack: largest delay, p99, ≤ 250 ms', reached: [Math.max(...delays)], most: MOST_DELAY_MS },
  ];
}
