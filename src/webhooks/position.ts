import type { Database, Session, Transaction } from '../database';
import { WebhookState } from '../entities';

const ENABLED = `state = '${WebhookState.ENABLED}'`;
/** Webhooks that go with the log. */
const LIVE = `EXISTS (SELECT 1 FROM webhooks WHERE ${ENABLED} AND readFrom IS NULL)`;

/** How far events are queued, and who is served. */
export interface Position {
  /** The number up to which webhooks that go with the log have everything queued. */
  last: number;
  /** Whether there are such webhooks. */
  live: boolean;
  /** One that is behind and reads on by itself, if there is any. */
  behind: string | null;
}

/** Where the queueing stands: one statement, without locks. */
export async function look(db: Database): Promise<Position> {
  const [row] = await db.rows<{ last: number; live: number; behind: string | null }>(
    `SELECT last, ${LIVE} AS live,
       (SELECT id FROM webhooks WHERE ${ENABLED} AND readFrom IS NOT NULL ORDER BY readFrom LIMIT 1) AS behind
     FROM webhook_position WHERE id = 1`,
  );
  if (!row) throw new Error('Webhooks have no position: the database is not migrated.');
  return { ...row, live: row.live === 1 };
}

/** The same under the lock of the one row: who holds it is the only one who queues anything. */
export async function lockPosition(tx: Transaction): Promise<Omit<Position, 'behind'>> {
  const [row] = await tx.rows<{ last: number }>('SELECT last FROM webhook_position WHERE id = 1 FOR UPDATE');
  const [is] = await tx.rows<{ live: number }>(`SELECT ${LIVE} AS live`);
  return { last: row?.last ?? 0, live: is?.live === 1 };
}

/** Moves it on; never back. */
export async function movePosition(tx: Transaction, last: number): Promise<void> {
  await tx.execute('UPDATE webhook_position SET last = ? WHERE id = 1 AND last < ?', [last, last]);
}

/** The number up to which everything is queued for webhooks that go with the log: where one that stops has got to. */
export async function positionNow(session: Session): Promise<number> {
  const [row] = await session.rows<{ last: number }>('SELECT last FROM webhook_position WHERE id = 1');
  return row?.last ?? 0;
}
