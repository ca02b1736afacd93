import { type Database, list } from '../database';

/** Events numbered in one transaction at most. */
const BATCH = 500;

/**
 * Gives committed events their `seq`: dense, in id order within a batch. Several processes may try at once: the lock on
 * the sequencer's row lets one through at a time, and what is unnumbered is read only under it, so no event is numbered
 * twice and none is passed over. A transaction that commits late simply gets a later number.
 *
 * Resolves to whether there may be more.
 */
export function numberEvents(db: Database): Promise<boolean> {
  return db.transaction(async tx => {
    const [row] = await tx.rows<{ last: number }>('SELECT last FROM sequencer WHERE id = 1 FOR UPDATE');
    const events = await tx.rows<{ id: number }>(
      `SELECT id FROM events WHERE seq IS NULL ORDER BY id LIMIT ${BATCH}`,
    );
    if (!row || events.length === 0) return false;
    const ids = events.map(event => event.id);
    await tx.execute(`UPDATE events SET seq = ? + FIND_IN_SET(id, ?) WHERE id IN ${list(ids)}`, [
      row.last,
      ids.join(','),
      ...ids,
    ]);
    await tx.execute('UPDATE sequencer SET last = ? WHERE id = 1', [row.last + ids.length]);
    return events.length === BATCH;
  });
}

/** The last number given, and whether committed events wait for theirs: one statement, cheap enough to poll with. */
export async function logState(db: Database): Promise<{ last: number; unnumbered: boolean }> {
  const [row] = await db.rows<{ last: number; unnumbered: number }>(
    `SELECT last, EXISTS (SELECT 1 FROM events WHERE seq IS NULL) AS unnumbered FROM sequencer WHERE id = 1`,
  );
  if (!row) throw new Error('The sequencer has no row: the database is not migrated.');
  return { last: row.last, unnumbered: row.unnumbered === 1 };
}
