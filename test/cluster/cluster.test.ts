import { desk, license, newAccount } from '../support/desk';
import type { Reader } from '../support/reader';
import { newKey } from '../support/shop';
import { elapse } from '../support/until';
import { atOnce, own } from './support/at-once';
import { costOf } from './support/cost';
import { type Lab, report, startLab } from './support/lab';
import { startLoad } from './support/load';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.stop());

/** Everything that a reader of all operations is told after `start`. */
async function told(start: number): Promise<number[]> {
  const found = await lab.rows<{ seq: number }>(
    `SELECT seq FROM events WHERE seq > ? AND type IN ('operation.created', 'operation.changed', 'step.changed')
     ORDER BY seq`,
    [start],
  );
  return found.map(({ seq }) => seq);
}

/** Numbers are dense, every committed event has one, and every reader got all of its own, in order, once. */
async function expectComplete(readers: readonly Reader[]) {
  const [log] = await lab.rows(
    `SELECT COUNT(*) AS events, COUNT(DISTINCT seq) AS numbered, MAX(seq) AS last, (SELECT last FROM sequencer) AS given
     FROM events`,
  );
  expect(log).toEqual({ events: log?.last, numbered: log?.last, last: log?.last, given: log?.last });
  for (const reader of readers) {
    const expected = await told(reader.start);
    await reader.reaches(expected.at(-1) ?? 0);
    expect(reader.seqs).toEqual(expected);
    await reader.stop();
  }
}

/** How often each effect took place that often. */
async function effects(): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const { effect, count } of (await lab.provider.ledger()).effects) {
    const key = `${effect} x${count}`;
    counted[key] = (counted[key] ?? 0) + 1;
  }
  return counted;
}

/** What has become of the orders, and of the subscriptions, of customers whose e-mail begins like this. */
async function outcome(prefix: string) {
  return lab.rows(
    `SELECT o.state, s.state AS subscription, s.syncState, COUNT(*) AS n FROM accounts a
     JOIN orders o ON o.recipientId = a.id LEFT JOIN subscriptions s ON s.orderId = o.id
     WHERE a.email LIKE ? GROUP BY o.state, s.state, s.syncState`,
    [`${prefix}%`],
  );
}

test('a killed gateway and a killed database node lose nothing, double nothing, and come back', async () => {
  const { gateways, database } = lab.cluster;
  const [, victim] = gateways;
  const writer = database.nodes[0];
  if (!victim || !writer) throw new Error('The cluster is too small.');
  const customers = await lab.customers('Steady', 600);
  const readers = await Promise.all(Array.from({ length: 6 }, () => lab.reader()));
  await lab.provider.clear();
  const load = startLoad(lab, customers);
  const quietly = async (ms: number) => {
    const before = load.sold.length;
    await elapse(ms, 'the load runs on');
    return load.sold.length - before;
  };
  await quietly(4000);
  report(`undisturbed: longest gap ${load.longestGapMs().toFixed(0)} ms`);
  await victim.kill();
  await quietly(4000);
  report(`a gateway killed: longest gap ${load.longestGapMs().toFixed(0)} ms`);
  await writer.kill();
  await quietly(6000);
  report(`the writing node killed as well: longest gap ${load.longestGapMs().toFixed(0)} ms`);
  await Promise.all([victim.start(), writer.start()]);
  const after = await quietly(4000);
  // The node that took over keeps the writes: two writers at once, and what one reads the other may not have yet.
  expect(await lab.writers(10)).toEqual(['database-2']);
  await load.stop();
  await lab.settled();

  const n = load.sold.length;
  report(
    `${n} orders, ${after} of them in the last four seconds; longest gap ${load.longestGapMs().toFixed(0)} ms; ` +
      `readers were cut ${readers.map(({ interruptions }) => interruptions).join(', ')} times`,
  );
  expect(await outcome('steady-')).toEqual([
    { state: 'COMPLETED', subscription: 'ACTIVE', syncState: 'SYNCED', n },
  ]);
  const ids = load.sold.map(({ orderId }) => orderId);
  expect(new Set(ids).size).toBe(n);
  expect(await lab.rows(`SELECT COUNT(*) AS n FROM orders WHERE id IN (${ids.map(() => '?')})`, ids)).toEqual(
    [{ n }],
  );
  expect(await effects()).toEqual({
    'account.created x1': n,
    'subscription.created x1': n,
    'addon.set x1': n,
  });
  expect(readers.some(({ interruptions }) => interruptions > 0)).toBe(true);
  await expectComplete(readers);
});

test('what is committed on one gateway is on the streams of another at once', async () => {
  const [first, ...others] = lab.cluster.gateways;
  const readers = await Promise.all(others.map(({ url }) => lab.reader(url)));
  const manager = desk(lab.asManager(first?.url));
  const customers = await lab.customers('Lag', 100);
  for (const { id } of customers) {
    await manager.order(id, license('Backups'));
    await elapse(Math.random() * 200, "the pauses of the others' pollers have all lengths");
  }
  await lab.settled();
  await expectComplete(readers);
  const lags = readers.flatMap(reader => reader.lags).sort((a, b) => a - b);
  expect(lags).toHaveLength(customers.length * readers.length);
  const at = (share: number) => lags[Math.ceil(lags.length * share) - 1];
  report(
    `from an order's execution on one gateway to a reader on another, COMMIT included: ` +
      `median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${lags.at(-1)} ms`,
  );
});

test('orders a second with one, two and three gateways on the same database', async () => {
  const { gateways } = lab.cluster;
  const [orders, rounds] = [40, [1, 2, 3, 3, 2, 1]];
  const took = new Map<number, number>();
  for (const [round, count] of rounds.entries()) {
    for (const [index, gateway] of gateways.entries()) {
      if (index >= count) await gateway.stop();
      else if (gateway.pid === undefined) await gateway.start();
    }
    const customers = await lab.customers(`Throughput ${round}`, orders);
    const began = performance.now();
    const cost = await costOf(lab, orders, async () => {
      await atOnce(12, customers, async ({ id }, nth) => {
        await desk(lab.asManager(gateways[nth % count]?.url)).order(id, license('Backups'));
      });
      await lab.settled();
    });
    if (round === 2) report(`with three gateways: ${cost}`);
    took.set(count, (took.get(count) ?? 0) + performance.now() - began);
  }
  const rate = (count: number) => (2 * orders * 1000) / (took.get(count) ?? Number.NaN);
  const shown = [1, 2, 3].map(
    count => `${count}: ${rate(count).toFixed(0)}/s (${(rate(count) / rate(1)).toFixed(2)})`,
  );
  report(`orders placed, executed and provisioned by gateways on one machine: ${shown.join(', ')}`);
  expect(await outcome('throughput-')).toEqual([
    { state: 'COMPLETED', subscription: 'ACTIVE', syncState: 'SYNCED', n: rounds.length * orders },
  ]);
});

describe('three gateways, each on a database node of its own', () => {
  beforeAll(async () => {
    const { gateways, database } = lab.cluster;
    for (const [index, gateway] of gateways.entries()) {
      await gateway.stop();
      const node = database.nodes[index];
      if (node) await gateway.start({ DATABASE_URL: database.urlOf(node) });
    }
  });

  test('one customer that checks out on all of them at once has one subscription', async () => {
    const rounds = 15;
    for (let round = 0; round < rounds; round += 1) {
      const customer = await newAccount(lab.rows, `Three ${round}`);
      const baskets = await Promise.all(lab.cluster.gateways.map(({ url }) => own(lab, url, customer)));
      const answers = await Promise.all(baskets.map(checkout => checkout(newKey())));
      const codes = answers.flatMap(({ errors }) => errors.map(({ code }: { code: string }) => code));
      expect(answers.filter(({ order }) => order)).toHaveLength(1);
      expect(codes).toEqual(['ACTIVE_SUBSCRIPTION_EXISTS', 'ACTIVE_SUBSCRIPTION_EXISTS']);
    }
    await lab.settled();
    expect(await outcome('three-')).toEqual([
      { state: 'COMPLETED', subscription: 'ACTIVE', syncState: 'SYNCED', n: rounds },
    ]);
  });

  test('no event is skipped, no operation is run twice, and an order ends whose lines end on different nodes', async () => {
    const { gateways, database } = lab.cluster;
    const readers = await Promise.all(gateways.map(({ url }) => lab.reader(url)));
    const customers = await lab.customers('Across', 100);
    await lab.everywhere();
    await lab.provider.clear();
    const lines = [license('Backups', { 'IC-ADD-1TB': 2 }), license('Server', {}, 'CB-SERVER')];
    await atOnce(9, customers, async ({ id }, nth) => {
      const manager = desk(lab.asManager(gateways[nth % 3]?.url));
      await manager.execute(await manager.place(id, ...lines));
    });
    await lab.settled();
    const n = customers.length;
    expect(await outcome('across-')).toEqual([
      { state: 'COMPLETED', subscription: 'ACTIVE', syncState: 'SYNCED', n: 2 * n },
    ]);
    expect(await effects()).toEqual({
      'account.created x1': n,
      'subscription.created x1': 2 * n,
      'addon.set x1': n,
    });
    await expectComplete(readers);
    const counted = await Promise.all(
      database.nodes.map(node => node.query('SELECT COUNT(*) AS n FROM skybasket.events')),
    );
    expect(new Set(counted.map(([row]) => row?.n)).size).toBe(1);
  });
});
