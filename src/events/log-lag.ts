import { columns, type Session } from '../database';
import { DomainEvent, Sequencer } from '../entities';

const e = columns(DomainEvent);
const s = columns(Sequencer);

/** Head of the event log, and the lag of its numbering behind the commits. */
export interface LogLag {
  /** Last number assigned, by any process. */
  last: number;
  /** Age of the oldest event without a number, in seconds. 0 without one. */
  unnumberedSeconds: number;
}

/** Reads the lag. Reads one row, and the events without a number by index. */
export async function readLogLag(db: Pick<Session, 'rows'>): Promise<LogLag> {
  const [row] = await db.rows<{ last: number; waiting: number | string | null }>(
    `SELECT ${s.last},
       (SELECT MAX(TIMESTAMPDIFF(MICROSECOND, ${e.occurredAt}, NOW(3))) / 1000000 FROM ${e.table} WHERE ${e.seq} IS NULL)
       AS waiting FROM ${s.table} WHERE ${s.id} = 1`,
  );
  return { last: row?.last ?? 0, unnumberedSeconds: Math.max(0, Number(row?.waiting ?? 0)) };
}
