import { setTimeout as sleep } from 'node:timers/promises';
import { userId } from '../../src/demo-data';
import { type Lab, report, startLab } from './support/lab';
import { startLoad } from './support/load';
import { type Reader, startReader } from './support/reader';

const ADMIN = userId('admin@bss.example');

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
  const token = await lab.token(ADMIN);
  const readers = await Promise.all(Array.from({ length: 6 }, () => startReader(lab.cluster.url, token)));
  await lab.provider.clear();
  const load = startLoad(lab, customers);
  const quietly = async (ms: number) => {
    const before = load.sold.length;
    await sleep(ms);
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
