import type { Database } from '../database';
import {
  deleteDeliveries,
  deleteQueuesOf,
  deleteWebhook,
  findDeletedWebhook,
  findDeliveriesOf,
  findExpiredDeliveries,
} from '../store';

/** Maximum number of rows removed in one statement. */
const BATCH = 500;

/** Removes a batch of deliveries before `cutoff`, and of a deleted webhook. Resolves to whether to repeat. */
export async function removeOldDeliveries(db: Database, cutoff: Date): Promise<boolean> {
  const old = await findExpiredDeliveries(db, cutoff, BATCH);
  await deleteDeliveries(db, old);
  const deleted = await removeDeleted(db);
  return old.length === BATCH || deleted;
}

async function removeDeleted(db: Database): Promise<boolean> {
  const webhook = await findDeletedWebhook(db);
  if (!webhook) return false;
  const theirs = await findDeliveriesOf(db, webhook.id, BATCH);
  await deleteDeliveries(db, theirs);
  if (theirs.length > 0) return true;
  await db.transaction(async tx => {
    await deleteQueuesOf(tx, webhook.id);
    await deleteWebhook(tx, webhook.id);
  });
  return true;
}
