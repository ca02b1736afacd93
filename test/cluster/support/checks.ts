import type { Reader } from '../../support/reader';
import type { Lab } from './lab';
import type { Sold } from './load';

/** Numbers of everything that a reader of all operations is sent after `start`. */
async function sent(lab: Lab, start: number): Promise<number[]> {
  const found = await lab.rows<{ seq: number }>(
    `SELECT seq FROM events WHERE seq > ? AND type IN ('operation.created', 'operation.changed', 'step.changed')
     ORDER BY seq`,
    [start],
  );
  return found.map(({ seq }) => seq);
}

/** Numbers are dense, every committed event has one, and every reader got all of its own, in order, once. */
export async function expectComplete(lab: Lab, readers: readonly Reader[]): Promise<void> {
  const [log] = await lab.rows(
    `SELECT COUNT(*) AS events, COUNT(DISTINCT seq) AS numbered, MAX(seq) AS last, (SELECT last FROM sequencer) AS given
     FROM events`,
  );
  expect(log).toEqual({ events: log?.last, numbered: log?.last, last: log?.last, given: log?.last });
  for (const reader of readers) {
    const expected = await sent(lab, reader.start);
    await reader.reaches(expected.at(-1) ?? 0);
    expect(reader.seqs).toEqual(expected);
    await reader.stop();
  }
}

/** Number of effects at the provider, by `<effect> x<times that it took place>`. */
export async function effects(lab: Lab): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const { effect, count } of (await lab.provider.ledger()).effects) {
    const key = `${effect} x${count}`;
    counted[key] = (counted[key] ?? 0) + 1;
  }
  return counted;
}

/** Orders and subscriptions of customers whose e-mail begins with `prefix`, counted by their states. */
export function outcome(lab: Lab, prefix: string) {
  return lab.rows(
    `SELECT o.state, s.state AS subscription, s.syncState, COUNT(*) AS n FROM accounts a
     JOIN orders o ON o.recipientId = a.id LEFT JOIN subscriptions s ON s.orderId = o.id
     WHERE a.email LIKE ? GROUP BY o.state, s.state, s.syncState`,
    [`${prefix}%`],
  );
}

/** Every node holds the same events. */
export async function expectSameEverywhere(lab: Lab): Promise<void> {
  await lab.everywhere();
  const [first, ...others] = await Promise.all(
    lab.cluster.database.nodes.map(node =>
      node.query('SELECT COUNT(*) AS n, SUM(CRC32(CONCAT(id, type, seq))) AS sum FROM skybasket.events'),
    ),
  );
  for (const other of others) expect(other).toEqual(first);
}

/**
 * Every order that was accepted exists once and is completed, no other one exists, the provider did everything once and
 * nothing else, and every order went through its states once, in order.
 */
export async function expectSoldOnce(lab: Lab, prefix: string, sold: readonly Sold[]): Promise<void> {
  const n = sold.length;
  expect(await outcome(lab, prefix)).toEqual([
    { state: 'COMPLETED', subscription: 'ACTIVE', syncState: 'SYNCED', n },
  ]);
  const orders = await lab.rows<{ id: string }>(
    'SELECT o.id FROM accounts a JOIN orders o ON o.recipientId = a.id WHERE a.email LIKE ?',
    [`${prefix}%`],
  );
  expect(orders.map(({ id }) => id).sort()).toEqual(sold.map(({ orderId }) => orderId).sort());
  expect(await effects(lab)).toEqual({
    'account.created x1': n,
    'subscription.created x1': n,
    'addon.set x1': n,
  });
  const journal = (await lab.provider.ledger()).effects;
  const bought = journal.filter(({ effect }) => effect === 'account.created').map(({ subject }) => subject);
  expect(bought.sort()).toEqual(sold.map(({ email }) => email).sort());
  const histories = await lab.rows(
    `SELECT history, COUNT(*) AS n FROM (
       SELECT GROUP_CONCAT(e.type ORDER BY e.seq) AS history FROM accounts a
       JOIN orders o ON o.recipientId = a.id JOIN events e ON e.orderId = o.id
       WHERE a.email LIKE ? AND (e.type LIKE 'order.%' OR e.type LIKE 'subscription.%') GROUP BY o.id) h
     GROUP BY history`,
    [`${prefix}%`],
  );
  expect(histories).toEqual([{ history: HISTORY, n }]);
}

const HISTORY = 'order.placed,order.executing,subscription.created,subscription.activated,order.completed';
