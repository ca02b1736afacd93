import { MoreThan } from 'typeorm';
import { columns, type Database, padded, placeholders, type Session } from '../database';
import { DomainEvent, Sequencer } from '../entities';

const e = columns(DomainEvent);
const t = columns(DomainEvent, 't');
const s = columns(Sequencer);

/** Events numbered in one transaction at most. */
const BATCH = 500;
/** The index of `seq`, whose entries without a number are all that is read: left to itself, the server may read every event. */
const BY_SEQ = 'IDX_44840d7c5944a3bfbf21a6113d';

/** Events that were numbered together. */
export interface Numbered {
  /** The number before the first of them. */
  after: number;
  events: DomainEvent[];
  /** Whether there may be more to number. */
  more: boolean;
}

/**
 * Gives committed events their `seq`: dense, in id order within a batch. Several processes may try at once: the lock on
 * the sequencer's row lets one through at a time, and what is unnumbered is read only under it, so no event is numbered
 * twice and none is passed over. A transaction that commits late simply gets a later number.
 */
export function numberEvents(db: Database): Promise<Numbered> {
  return db.transaction(async tx => {
    const [row] = await tx.rows<{ last: number }>(
      `SELECT ${s.last} FROM ${s.table} WHERE ${s.id} = 1 FOR UPDATE`,
    );
    const events = await tx.many(
      DomainEvent,
      `FORCE INDEX (${BY_SEQ}) WHERE ${t.seq} IS NULL ORDER BY ${t.id} LIMIT ${BATCH}`,
    );
    const after = row?.last ?? 0;
    if (!row || events.length === 0) return { after, events: [], more: false };
    const ids = events.map(event => event.id);
    const named = padded(ids);
    await tx.execute(
      `UPDATE ${e.table} SET ${e.seq} = ? + FIND_IN_SET(${e.id}, ?) WHERE ${e.id} IN ${placeholders(named)}`,
      [after, ids.join(','), ...named],
    );
    await tx.execute(`UPDATE ${s.table} SET ${s.last} = ? WHERE ${s.id} = 1`, [after + ids.length]);
    for (const [index, event] of events.entries()) event.seq = after + 1 + index;
    return { after, events, more: events.length === BATCH };
  });
}

/** The last number given, and whether committed events wait for theirs: one statement, cheap enough to poll with. */
export async function logState(db: Database): Promise<{ last: number; unnumbered: boolean }> {
  const [row] = await db.rows<{ last: number; unnumbered: number }>(
    `SELECT ${s.last}, EXISTS (SELECT 1 FROM ${e.table} WHERE ${e.seq} IS NULL) AS unnumbered
     FROM ${s.table} WHERE ${s.id} = 1`,
  );
  if (!row) throw new Error('The sequencer has no row: the database is not migrated.');
  return { last: row.last, unnumbered: row.unnumbered === 1 };
}

/** The last number given. */
export const lastSeq = async ({ manager }: Session): Promise<number> =>
  (await manager.findOneBy(Sequencer, { id: 1 }))?.last ?? 0;

/** The first number after `seq` that is still kept. */
export async function firstSeqAfter({ manager }: Session, seq: number): Promise<number | undefined> {
  const event = await manager.findOne(DomainEvent, { where: { seq: MoreThan(seq) }, order: { seq: 'ASC' } });
  return event?.seq ?? undefined;
}
