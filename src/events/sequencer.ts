import { MoreThan } from 'typeorm';
import { columns, type Database, padded, placeholders, type Session, type Transaction } from '../database';
import { Charge, DomainEvent, Sequencer } from '../entities';

const e = columns(DomainEvent);
const t = columns(DomainEvent, 't');
const s = columns(Sequencer);
const c = columns(Charge);

/** Maximum number of events numbered in one transaction. */
const BATCH = 500;
/** Index of `seq`. Forced, because the server may choose to scan every event. */
const BY_SEQ = 'IDX_44840d7c5944a3bfbf21a6113d';

/** Events that were numbered in one transaction. */
export interface Numbered {
  /** Number before the first of them. */
  after: number;
  events: DomainEvent[];
  /** Whether there may be more to number. */
  more: boolean;
}

/**
 * Assigns dense numbers (`seq`) to committed events, in id order within a batch. The lock on the sequencer's row serializes
 * concurrent processes, and unnumbered events are read under it, so no event is numbered twice or skipped. A transaction that
 * commits late gets a later number. Charges get the numbers of their events in the same transaction.
 */
export function numberEvents(db: Database): Promise<Numbered> {
  return db.transaction(async tx => {
    const [row] = await tx.rows<{ last: number; charged: number }>(
      `SELECT ${s.last}, ${s.charged} FROM ${s.table} WHERE ${s.id} = 1 FOR UPDATE`,
    );
    const after = row?.last ?? 0;
    if (!row) return { after, events: [], more: false };
    if (row.charged < row.last) return catchUpCharges(tx, row);
    const events = await tx.many(
      DomainEvent,
      `FORCE INDEX (${BY_SEQ}) WHERE ${t.seq} IS NULL ORDER BY ${t.id} LIMIT ${BATCH}`,
    );
    if (events.length === 0) return { after, events: [], more: false };
    const ids = events.map(event => event.id);
    const named = padded(ids);
    await tx.execute(
      `UPDATE ${e.table} SET ${e.seq} = ? + FIND_IN_SET(${e.id}, ?) WHERE ${e.id} IN ${placeholders(named)}`,
      [after, ids.join(','), ...named],
    );
    for (const [index, event] of events.entries()) event.seq = after + 1 + index;
    await numberCharges(tx, events);
    const last = after + ids.length;
    await tx.execute(`UPDATE ${s.table} SET ${s.last} = ?, ${s.charged} = ? WHERE ${s.id} = 1`, [last, last]);
    return { after, events, more: events.length === BATCH };
  });
}

/** Numbers the charges of events that a process of the version before charges has numbered, before any later event. */
async function catchUpCharges(
  tx: Transaction,
  { last, charged }: Pick<Sequencer, 'last' | 'charged'>,
): Promise<Numbered> {
  const upTo = Math.min(last, charged + BATCH);
  const events = await tx.many(DomainEvent, `FORCE INDEX (${BY_SEQ}) WHERE ${t.seq} > ? AND ${t.seq} <= ?`, [
    charged,
    upTo,
  ]);
  await numberCharges(tx, events);
  await tx.execute(`UPDATE ${s.table} SET ${s.charged} = ? WHERE ${s.id} = 1`, [upTo]);
  return { after: last, events: [], more: true };
}

/** Gives charges the numbers of their events. The retention removes events, and no charge. */
async function numberCharges(tx: Transaction, events: readonly DomainEvent[]): Promise<void> {
  const charges = events.filter(({ type }) => type === 'charge.created');
  if (charges.length === 0) return;
  const ids = charges.map(({ data }) => String(data.chargeId));
  const named = padded(ids);
  await tx.execute(
    `UPDATE ${c.table} SET ${c.seq} = CAST(SUBSTRING_INDEX(SUBSTRING_INDEX(?, ',', FIND_IN_SET(${c.id}, ?)), ',', -1) AS UNSIGNED)
     WHERE ${c.id} IN ${placeholders(named)}`,
    [charges.map(({ seq }) => seq).join(','), ids.join(','), ...named],
  );
}

/** Condition that the number of an event is one up to which charges are numbered: readers find the charge of its event. */
export const isCharged = (seq: string): string =>
  `${seq} <= (SELECT ${s.charged} FROM ${s.table} WHERE ${s.id} = 1)`;

/** Number up to which no charge gets a number any more. */
export async function lastChargeSeq(session: Session): Promise<number> {
  const [row] = await session.rows<{ charged: number }>(
    `SELECT ${s.charged} FROM ${s.table} WHERE ${s.id} = 1`,
  );
  return row?.charged ?? 0;
}

/**
 * Last number up to which events and their charges are numbered, and whether committed ones have none yet. One statement,
 * cheap enough for polling.
 */
export async function readLogState(db: Database): Promise<{ last: number; unnumbered: boolean }> {
  const [row] = await db.rows<{ last: number; unnumbered: number }>(
    `SELECT LEAST(${s.last}, ${s.charged}) AS last, ${s.charged} < ${s.last} OR EXISTS (SELECT 1 FROM ${e.table} WHERE ${e.seq} IS NULL) AS unnumbered
     FROM ${s.table} WHERE ${s.id} = 1`,
  );
  if (!row) throw new Error('The sequencer has no row: the database is not migrated.');
  return { last: row.last, unnumbered: row.unnumbered === 1 };
}

/** Last number assigned. */
export const lastSeq = async ({ manager }: Session): Promise<number> =>
  (await manager.findOneBy(Sequencer, { id: 1 }))?.last ?? 0;

/** First number after `seq` whose event is still kept. */
export async function firstSeqAfter({ manager }: Session, seq: number): Promise<number | undefined> {
  const event = await manager.findOne(DomainEvent, { where: { seq: MoreThan(seq) }, order: { seq: 'ASC' } });
  return event?.seq ?? undefined;
}
