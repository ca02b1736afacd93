import { type Bench, inLab } from './lib/bench';
import { client, latencies, quantile } from './lib/client';
import { fillCustomers, fillHistory, fillRenewals, nthId } from './lib/fill';
import type { Lab } from './lib/lab';
import { showStep } from './lib/report';
import { median, ratios } from './lib/rounds';
import { printTable, short, spread } from './lib/table';
import { Child } from './live/child';

const SUBSCRIBED = 100_000;
const CUSTOMERS = 1000;
/** All subscriptions renew within one hour. */
const PER_SECOND = SUBSCRIBED / 3600;
const ROUNDS = 6;
const SECONDS = 8;
/** Clients of the storefront at the same time. */
const CLIENTS = 4;

const ALONE = 'no renewals';
const STEADY = 'renewals of an hour';
const FULL_SPEED = 'renewals at full speed';

/** Work of a gateway beside the storefront, by its name. */
const works: Readonly<Record<string, (gateway: Child) => Promise<unknown>>> = {
  [ALONE]: async () => undefined,
  [STEADY]: gateway => gateway.ask({ is: 'renew', perSecond: PER_SECOND, seconds: SECONDS }),
  [FULL_SPEED]: gateway => gateway.ask({ is: 'catch up', count: SUBSCRIBED, seconds: SECONDS }),
};

/** Latencies and renewals of one kind of work, by round. */
interface Reached {
  p50: number[];
  p95: number[];
  perSecond: number[];
}

/** Latency of the storefront while its gateway charges billing periods. */
export const renewals: Bench = {
  name: 'renewals',
  what: `latency of the storefront while ${SUBSCRIBED} subscriptions renew within an hour, and at full speed`,
  run: () =>
    inLab(async lab => {
      showStep('Filling the database …');
      await fillCustomers(lab.run, CUSTOMERS);
      await fillHistory(lab.run, SUBSCRIBED, CUSTOMERS);
      await fillRenewals(lab.run, SUBSCRIBED);
      const gateway = await Child.start('renewals-process.js', lab.env);
      try {
        const { url } = await gateway.ask<{ url: string }>({ is: 'ready' });
        report(await measure(lab, gateway, new URL(url)));
      } finally {
        gateway.stop();
      }
      return [];
    }),
};

/**
 * Measures the storefront alone and beside the renewals of an hour in turn, so that other work on the machine affects both. The
 * first round is a warm-up and does not count. The renewals at full speed come last, because they use up what is due.
 */
async function measure(lab: Lab, gateway: Child, url: URL): Promise<Map<string, Reached>> {
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, index) =>
      client({ url }, await lab.bearer(nthId('usr', 2 * index))),
    ),
  );
  const reached = new Map(
    Object.keys(works).map((name): [string, Reached] => [name, { p50: [], p95: [], perSecond: [] }]),
  );
  const beside = async (name: string, counts = true) => {
    showStep(`${name} …`);
    const before = await countCharges(lab);
    const work = works[name]?.(gateway);
    const times = (await Promise.all(clients.map(asks => latencies(asks, SECONDS * 1000)))).flat();
    await work;
    if (!counts) return;
    const { p50, p95, perSecond } = reached.get(name) as Reached;
    p50.push(quantile(times, 0.5));
    p95.push(quantile(times, 0.95));
    perSecond.push(((await countCharges(lab)) - before) / SECONDS);
  };
  for (let round = 0; round <= ROUNDS; round += 1) {
    await beside(ALONE, round > 0);
    await beside(STEADY, round > 0);
  }
  await beside(FULL_SPEED);
  return reached;
}

async function countCharges({ db }: Lab): Promise<number> {
  const [row] = await db.rows<{ n: number }>('SELECT COUNT(*) AS n FROM charges');
  return row?.n ?? 0;
}

function report(reached: ReadonlyMap<string, Reached>): void {
  const alone = reached.get(ALONE) as Reached;
  printTable(
    `Latency of the storefront beside renewals, ms, ${CLIENTS} clients`,
    ['beside', 'renewals/s', 'p50', 'ratio', 'p95', 'ratio'],
    [...reached].map(([name, { p50, p95, perSecond }]) => [
      name,
      short(median(perSecond)),
      spread(p50),
      spread(ratios(p50, ofRounds(alone.p50, p50))),
      spread(p95),
      spread(ratios(p95, ofRounds(alone.p95, p95))),
    ]),
  );
}

/** Values to compare others with: those of the same rounds, or the median where there are fewer. */
const ofRounds = (values: readonly number[], others: readonly number[]): readonly number[] =>
  values.length === others.length ? values : others.map(() => median(values));
