import type { Database } from '../database';

/** Events removed in one statement at most: nobody waits long for the locks of so few. */
const BATCH = 500;

/**
 * Removes a batch of the events that happened before `cutoff`, from the oldest number on: it stops at the first that is
 * younger, so that what is kept has no hole, and what has no number yet is never touched. Resolves to whether there may
 * be more.
 */
export async function removeOld(db: Database, cutoff: Date): Promise<boolean> {
  const oldest = await db.rows<{ seq: number; occurredAt: Date }>(
    `SELECT seq, occurredAt FROM events WHERE seq IS NOT NULL ORDER BY seq LIMIT ${BATCH}`,
  );
  const young = oldest.findIndex(({ occurredAt }) => occurredAt >= cutoff);
  const old = young < 0 ? oldest : oldest.slice(0, young);
  const last = old.at(-1);
  if (!last) return false;
  await db.execute('DELETE FROM events WHERE seq <= ?', [last.seq]);
  return old.length === BATCH;
}
