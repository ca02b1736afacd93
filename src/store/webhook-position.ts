import { LessThan } from 'typeorm';
import { columns, type Session, type Transaction } from '../database';
import { Webhook, WebhookPosition, WebhookState } from '../entities';

const p = columns(WebhookPosition);
const w = columns(Webhook);

/** There is one row. */
const ID = 1;
const ENABLED = `${w.state} = '${WebhookState.ENABLED}'`;
/** Whether a webhook follows the log. */
const LIVE = `EXISTS (SELECT 1 FROM ${w.table} WHERE ${ENABLED} AND ${w.readFrom} IS NULL)`;

/** How far events are queued for webhooks. */
export interface WebhookLogPosition {
  /** Number of the last event that is queued for the webhooks that follow the log. */
  last: number;
  /** Whether a webhook follows the log. */
  live: boolean;
  /** A webhook that is behind and reads on by itself. */
  behind: string | null;
}

/** Reads the position in one statement, without locks. */
export async function findWebhookPosition(session: Session): Promise<WebhookLogPosition> {
  const [row] = await session.rows<{ last: number; live: number; behind: string | null }>(
    `SELECT ${p.last}, ${LIVE} AS live,
       (SELECT ${w.id} FROM ${w.table} WHERE ${ENABLED} AND ${w.readFrom} IS NOT NULL
        ORDER BY ${w.readFrom} LIMIT 1) AS behind
     FROM ${p.table} WHERE ${p.id} = ${ID}`,
  );
  if (!row) throw new Error('Webhooks have no position: the database is not migrated.');
  return { ...row, live: row.live === 1 };
}

/** Locks the position: its holder alone queues events. */
export async function lockWebhookPosition(tx: Transaction): Promise<Omit<WebhookLogPosition, 'behind'>> {
  const row = await tx.manager.findOne(WebhookPosition, {
    where: { id: ID },
    lock: { mode: 'pessimistic_write' },
  });
  const [is] = await tx.rows<{ live: number }>(`SELECT ${LIVE} AS live`);
  return { last: row?.last ?? 0, live: is?.live === 1 };
}

/** Moves the position on; never back. */
export const advanceWebhookPosition = ({ manager }: Transaction, last: number) =>
  manager.update(WebhookPosition, { id: ID, last: LessThan(last) }, { last });

/** Number of the last event that is queued for the webhooks that follow the log. */
export const findLastQueuedSeq = async ({ manager }: Session): Promise<number> =>
  (await manager.findOneBy(WebhookPosition, { id: ID }))?.last ?? 0;
