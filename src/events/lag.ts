import { columns, type Session } from '../database';
import { DomainEvent, Sequencer } from '../entities';

const e = columns(DomainEvent);
const s = columns(Sequencer);

/** How far the event log is, and how far its numbering is behind what was committed. */
export interface LogStanding {
  /** The last number given, by any process. */
  last: number;
  /** Age of the oldest event without a number, in seconds; 0 where there is none. */
  unnumberedSeconds: number;
}

/** Reads it: one row, and the events that wait for their number, by its index. */
export async function logStanding(db: Pick<Session, 'rows'>): Promise<LogStanding> {
  const [row] = await db.rows<{ last: number; waiting: number | string | null }>(
    `SELECT ${s.last},
       (SELECT MAX(TIMESTAMPDIFF(MICROSECOND, ${e.occurredAt}, NOW(3))) / 1000000 FROM ${e.table} WHERE ${e.seq} IS NULL)
       AS waiting FROM ${s.table} WHERE ${s.id} = 1`,
  );
  return { last: row?.last ?? 0, unnumberedSeconds: Math.max(0, Number(row?.waiting ?? 0)) };
}
