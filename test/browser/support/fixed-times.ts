import type { TestGateway } from '../../support/gateway';

/** Time of the pages whose screenshots are compared. */
export const FIXED = new Date('2026-05-04T09:30:00.000Z');

/** Tables with the columns that the database writes the time of the day to, and the order of their rows. */
const WRITTEN: readonly (readonly [table: string, order: string, columns: readonly string[]])[] = [
  ['orders', 'serial', ['placedAt', 'executedAt', 'completedAt']],
  ['subscriptions', 'id', ['createdAt']],
  ['operations', 'id', ['createdAt', 'finishedAt']],
  ['steps', 'operationId, position', ['startedAt', 'finishedAt']],
  ['events', 'id', ['occurredAt']],
  ['charges', 'id', ['createdAt']],
  ['cancellation_requests', 'id', ['requestedAt', 'decidedAt']],
  ['service_accounts', 'accountId', ['syncedAt']],
];

/** Moves what has happened to the minutes before `FIXED`, in its order, so that a page is the same at every run. */
export async function fixTimes({ rows }: TestGateway): Promise<void> {
  for (const [table, order, columns] of WRITTEN) {
    const sets = columns.map(column => `${column} = IF(${column} IS NULL, NULL, ? - INTERVAL 20 MINUTE)`);
    await rows(
      `UPDATE ${table} SET ${sets.join(', ')} ORDER BY ${order}`,
      columns.map(() => FIXED),
    );
  }
}
