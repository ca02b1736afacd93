import { until } from '../../support/until';
import type { Lab } from './lab';

/** What is wrong at the end, counted. */
export interface Audit {
  /** Acknowledged orders that are not COMPLETED, and effects, events and deliveries that are missing. */
  lost: number;
  /** Effects, events and deliveries that took place twice, or without an order. */
  doubled: number;
}

const COMPLETED = `SELECT o.id AS orderId, s.id AS subscriptionId, a.email FROM orders o
  JOIN accounts a ON a.id = o.recipientId JOIN subscriptions s ON s.orderId = o.id
  WHERE o.state = 'COMPLETED' AND s.state = 'ACTIVE' AND s.syncState = 'SYNCED'`;

/** How `actual` differs from `expected`, as sets and in number. */
function compare<T>(expected: readonly T[], actual: readonly T[]): Audit {
  const [wanted, got] = [new Set(expected), new Set(actual)];
  return {
    lost: [...wanted].filter(one => !got.has(one)).length,
    doubled: actual.length - got.size + [...got].filter(one => !wanted.has(one)).length,
  };
}

/** The simulator's ledger against the orders that are COMPLETED. */
async function effects(lab: Lab, sold: readonly string[]): Promise<Audit[]> {
  const completed = await lab.rows<{ orderId: string; subscriptionId: string; email: string }>(COMPLETED);
  const [reseller] = await lab.rows('SELECT email FROM accounts WHERE id = ?', [lab.resellerId]);
  const expected = completed.flatMap(({ subscriptionId, email }) => [
    `account.created ${email}`,
    `subscription.created ${subscriptionId}`,
    `addon.set ${subscriptionId}`,
  ]);
  const actual = (await lab.ledger()).effects
    .filter(({ subject }) => subject !== reseller?.email)
    .flatMap(({ effect, subject, count }) => Array<string>(count).fill(`${effect} ${subject}`));
  const ids = new Set(completed.map(({ orderId }) => orderId));
  return [compare(expected, actual), { lost: sold.filter(id => !ids.has(id)).length, doubled: 0 }];
}

/** Numbers of events against those that the stream and the webhook of the lab were told of. */
async function messages({ rows, reader, receiver, resellerId }: Lab): Promise<Audit[]> {
  const [log] = await rows(
    `SELECT COUNT(*) AS events, COUNT(DISTINCT seq) AS numbered, (SELECT last FROM sequencer) AS given FROM events`,
  );
  const seqs = async (where: string, values: unknown[]) =>
    (await rows<{ seq: number }>(`SELECT seq FROM events WHERE ${where} ORDER BY seq`, values)).map(
      ({ seq }) => seq,
    );
  const told = await seqs(`seq > ? AND type IN ('operation.created', 'operation.changed', 'step.changed')`, [
    reader.start,
  ]);
  await reader.reaches(told.at(-1) ?? reader.start);
  const disorder = reader.seqs.filter((seq, nth) => seq < (reader.seqs[nth - 1] ?? 0)).length;
  const posted = await seqs(
    `(resellerId = ? AND SUBSTRING_INDEX(type, '.', 1) IN ('order', 'subscription', 'operation', 'step'))
       OR (accountId = ? AND type = 'charge.created')`,
    [resellerId, resellerId],
  );
  const taken = receiver.taken.map(({ json }) => Number.parseInt(json.data.cursor, 36));
  return [
    { lost: log?.given - log?.events, doubled: log?.events - log?.numbered },
    compare(told, reader.seqs),
    { lost: 0, doubled: disorder },
    compare(posted, taken),
  ];
}

/** Waits until every message is delivered, and counts what is lost or doubled. */
export async function audit(lab: Lab, sold: readonly string[]): Promise<Audit> {
  const open = `SELECT (SELECT COUNT(*) FROM events WHERE seq IS NULL) AS unnumbered,
    (SELECT COUNT(*) FROM delivery_queues) AS queued, (SELECT COUNT(*) FROM webhooks WHERE readFrom IS NOT NULL) AS reading,
    (SELECT s.last > p.last FROM sequencer s, webhook_position p) AS unread`;
  await until(
    async () => Object.values((await lab.rows(open))[0] ?? {}).every(count => Number(count) === 0),
    {
      what: 'every event is numbered and delivered',
      open: () => lab.rows(open),
      withinMs: 60_000,
      everyMs: 50,
    },
  );
  const parts = [...(await effects(lab, sold)), ...(await messages(lab))];
  return parts.reduce((sum, { lost, doubled }) => ({
    lost: sum.lost + lost,
    doubled: sum.doubled + doubled,
  }));
}
