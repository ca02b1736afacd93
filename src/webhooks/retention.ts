import { type Database, list } from '../database';

/** Rows removed in one statement at most. */
const BATCH = 500;

/**
 * Removes a batch of deliveries that were queued before `cutoff`, and of those of webhooks that were deleted, which go
 * themselves when nothing refers to them any more. Resolves to whether there may be more.
 */
export async function removeOldDeliveries(db: Database, cutoff: Date): Promise<boolean> {
  const old = await db.rows<{ id: string }>(
    `SELECT id FROM deliveries WHERE createdAt < ? ORDER BY createdAt LIMIT ${BATCH}`,
    [cutoff],
  );
  await removeDeliveries(db, old);
  const deleted = await removeDeleted(db);
  return old.length === BATCH || deleted;
}

async function removeDeleted(db: Database): Promise<boolean> {
  const [webhook] = await db.rows<{ id: string }>(
    'SELECT id FROM webhooks WHERE deletedAt IS NOT NULL LIMIT 1',
  );
  if (!webhook) return false;
  const theirs = await db.rows<{ id: string }>(
    `SELECT id FROM deliveries WHERE webhookId = ? LIMIT ${BATCH}`,
    [webhook.id],
  );
  await removeDeliveries(db, theirs);
  if (theirs.length > 0) return true;
  await db.transaction(async tx => {
    await tx.execute('DELETE FROM delivery_queues WHERE webhookId = ?', [webhook.id]);
    await tx.execute('DELETE FROM webhooks WHERE id = ?', [webhook.id]);
  });
  return true;
}

async function removeDeliveries(db: Database, rows: readonly { id: string }[]): Promise<void> {
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await db.execute(`DELETE FROM deliveries WHERE id IN ${list(ids)}`, ids);
}
