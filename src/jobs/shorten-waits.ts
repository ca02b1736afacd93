import { columns, type Database, fromNow } from '../database';
import { Chore, DeliveryQueue, Mail, ProvisioningOperation } from '../entities';

const operation = columns(ProvisioningOperation);
const queue = columns(DeliveryQueue);
const chore = columns(Chore);
const mail = columns(Mail);

/** Tables with a column of due times. */
const TIMED_TABLES = [
  [operation.table, operation.dueAt],
  [queue.table, queue.dueAt],
  [mail.table, mail.dueAt],
  [chore.table, chore.heldUntil],
] as const;

/**
 * Shortens waits after the clock of the database was set back by `backMs`: a row that is due in more than half of that
 * becomes due in one lease. Claims are renewed within that time; at worst a callee is called early.
 */
export async function shortenWaits(db: Database, backMs: number, leaseMs: number): Promise<void> {
  for (const [table, column] of TIMED_TABLES) {
    await db.execute(
      `UPDATE ${table} SET ${column} = ${fromNow(leaseMs)} WHERE ${column} > ${fromNow(backMs / 2)}`,
    );
  }
}
