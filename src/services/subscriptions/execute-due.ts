import type { Session, Transaction } from '../../database';
import { Refusal } from '../../errors';
import type { Dependencies } from '../context';

/** Records carried out in one round at most. */
const BATCH = 50;

/**
 * Carries out what is due, each record in a transaction of its own. A record that is refused stays due. Resolves to whether
 * more may be due. `name` names the record in the log.
 */
export async function executeDue<T extends { id: string }>(
  { db, clock, log }: Dependencies,
  name: string,
  find: (session: Session, now: Date, limit: number) => Promise<T[]>,
  execute: (tx: Transaction, record: T) => Promise<void>,
): Promise<boolean> {
  const due = await find(db, clock(), BATCH);
  let executed = 0;
  for (const record of due) {
    try {
      await db.transaction(tx => execute(tx, record));
      executed += 1;
    } catch (error) {
      // The subscription has moved on since: a later round finds the record again.
      if (!(error instanceof Refusal)) throw error;
      log.warn({ [name]: record.id }, error.message);
    }
  }
  return due.length === BATCH && executed > 0;
}
