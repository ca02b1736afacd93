import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { Webhook, WebhookState } from '../entities';
import { record } from '../events';
import { transition } from '../store';
import { positionNow } from './position';

/**
 * Stops a webhook whose row is locked: it keeps its place in the log, and what is queued waits. `byId` is null where the
 * gateway does it.
 */
export async function disable(
  tx: Transaction,
  { id, accountId, url, readFrom }: Webhook,
  reason: string,
  byId: string | null,
): Promise<void> {
  const place = readFrom ?? (await positionNow(tx));
  const patch = { disabledReason: reason, disabledAt: currentTime(), readFrom: place };
  if (!(await transition(tx, Webhook, id, WebhookState.DISABLED, patch))) return;
  await tx.execute('UPDATE delivery_queues SET dueAt = NULL WHERE webhookId = ?', [id]);
  const message = `The webhook ${url} was disabled: ${reason}`.slice(0, 1000);
  record(tx, { type: 'webhook.disabled', message, userId: byId, accountId, data: { id } });
}

/** Lets a webhook whose row is locked go on where it was. */
export async function enable(tx: Transaction, { id }: Webhook): Promise<void> {
  const patch = { disabledReason: null, disabledAt: null, failingSince: null };
  if (!(await transition(tx, Webhook, id, WebhookState.ENABLED, patch))) return;
  await tx.execute('UPDATE delivery_queues SET dueAt = NOW(3) WHERE webhookId = ? AND dueAt IS NULL', [id]);
  tx.touched.add('deliveries');
}
