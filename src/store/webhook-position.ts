import { LessThan } from 'typeorm';
import { columns, type Session, type Transaction } from '../database';
import { Webhook, WebhookPosition, WebhookState } from '../entities';

const p = columns(WebhookPosition);
const w = columns(Webhook);

/** Id of the only row. */
const ID = 1;
/** Condition that a webhook is enabled. */
const ENABLED = `${w.state} = '${WebhookState.ENABLED}'`;
/** Whether a webhook follows the log. */
const LIVE = `EXISTS (SELECT 1 FROM ${w.table} WHERE ${ENABLED} AND ${w.readFrom} IS NULL)`;

/** Position in the event log up to which webhooks have their events queued. */
export interface WebhookLogPosition {
  /** Number of the last event that is queued for the webhooks that follow the log. */
  last: number;
  /** Whether a webhook follows the log. */
  live: boolean;
  /** Webhook that catches up by itself, the nearest first: one that is far behind does not delay it. Null if none does. */
  behind: string | null;
  /** Webhook that gets a range of events again. Null if none does. */
  replayed: string | null;
}

/** Reads the position in one statement, without locks. */
export async function findWebhookPosition(session: Session): Promise<WebhookLogPosition> {
  const [row] = await session.rows<Omit<WebhookLogPosition, 'live'> & { live: number }>(
    `SELECT ${p.last}, ${LIVE} AS live,
       (SELECT ${w.id} FROM ${w.table} WHERE ${ENABLED} AND ${w.readFrom} IS NOT NULL
        ORDER BY ${w.readFrom} DESC LIMIT 1) AS behind,
       (SELECT ${w.id} FROM ${w.table} WHERE ${ENABLED} AND ${w.replayFrom} IS NOT NULL
        ORDER BY ${w.replayFrom} LIMIT 1) AS replayed
     FROM ${p.table} WHERE ${p.id} = ${ID}`,
  );
  if (!row) throw new Error('Webhooks have no position: the database is not migrated.');
  return { ...row, live: row.live === 1 };
}

/** Locks the position. Only the holder of the lock queues events. */
export async function lockWebhookPosition(
  tx: Transaction,
): Promise<Pick<WebhookLogPosition, 'last' | 'live'>> {
  const row = await tx.manager.findOne(WebhookPosition, {
    where: { id: ID },
    lock: { mode: 'pessimistic_write' },
  });
  const [is] = await tx.rows<{ live: number }>(`SELECT ${LIVE} AS live`);
  return { last: row?.last ?? 0, live: is?.live === 1 };
}

/** Advances the position. Never moves it back. */
export const advanceWebhookPosition = ({ manager }: Transaction, last: number) =>
  manager.update(WebhookPosition, { id: ID, last: LessThan(last) }, { last });

/** Number of the last event that is queued for the webhooks that follow the log. */
export const findLastQueuedSeq = async ({ manager }: Session): Promise<number> =>
  (await manager.findOneBy(WebhookPosition, { id: ID }))?.last ?? 0;
