import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { userId } from '../dev/demo-data';
import { attacks } from './hostile/attacks';
import { type Bench, inLab } from './lib/bench';
import { type Ask, client, latencies, quantile } from './lib/client';
import type { Contender } from './lib/processes';
import { showStep } from './lib/report';
import { printTable, short, type Verdict } from './lib/table';

const ROUNDS = 2;
const MS = 1500;
const MOST_DELAY_MS = 250;
const ALONE = 'alone';

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

function report(reached: ReadonlyMap<string, readonly number[]>): Verdict[] {
  const alone = quantile(reached.get(ALONE) ?? [], 0.99);
  printTable(
    'Latency of a client during an attack, ms',
    ['attack', 'requests', 'p50', 'p99', 'max'],
    [...reached].map(([name, times]) => [
      name,
      String(times.length),
      ...[0.5, 0.99, 1].map(share => short(quantile(times, share))),
    ]),
  );
  const delays = [...reached.values()].map(times => quantile(times, 0.99) - alone);
  return [
    { goal: 'attack: largest delay, p99, ≤ 250 ms', reached: [Math.max(...delays)], most: MOST_DELAY_MS },
  ];
}
