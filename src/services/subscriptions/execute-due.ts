import { isDatabaseFault, type Session, type Transaction } from '../../database';
import { Refusal } from '../../errors';
import type { Dependencies } from '../context';

/** Records carried out in one round at most. */
const BATCH = 50;

/**
 * Carries out what is due, each record in a transaction of its own. A record that is refused or fails stays due, and the others
 * do not wait for it. Resolves to whether more may be due. `name` names the record in the log.
 */
export async function executeDue<T extends { id: string }>(
  { db, clock, log }: Dependencies,
  name: string,
  find: (session: Session, now: Date, limit: number) => Promise<T[]>,
  execute: (tx: Transaction, record: T) => Promise<void>,
): Promise<boolean> {
  const failed = new Set<string>();
  const tryToExecute = async (record: T) => {
    try {
      await db.transaction(tx => execute(tx, record));
    } catch (error) {
      if (isDatabaseFault(error)) throw error;
      failed.add(record.id);
      // The subscription has moved on since: a later round finds the record again.
      if (error instanceof Refusal) log.warn({ [name]: record.id }, error.message);
      else log.error({ err: error, [name]: record.id }, `a due ${name} could not be carried out`);
    }
  };
  for (;;) {
    const before = failed.size;
    const found = await find(db, clock(), BATCH + before);
    const due = found.filter(({ id }) => !failed.has(id)).slice(0, BATCH);
    for (const record of due) await tryToExecute(record);
    const isFull = due.length === BATCH;
    // A round that has failed as a whole says nothing about what follows.
    if (!isFull || failed.size < before + BATCH) return isFull;
  }
}
