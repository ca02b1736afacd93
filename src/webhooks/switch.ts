import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { Webhook, WebhookState } from '../entities';
import type { NewEvent } from '../events';
import { findLastQueuedSeq, resumeQueuesOf, suspendQueuesOf, tryTransition } from '../store';

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
  const place = readFrom ?? (await findLastQueuedSeq(tx));
  const disabled = { state: WebhookState.DISABLED, disabledReason: reason, disabledAt: currentTime() };
  const message = `The webhook ${url} was disabled: ${reason}`.slice(0, 1000);
  const event: NewEvent = { type: 'webhook.disabled', message, userId: byId, accountId, data: { id } };
  const moved = await tryTransition(tx, Webhook, id, { ...disabled, readFrom: place }, { event });
  if (moved) await suspendQueuesOf(tx, id);
}

/** Lets a webhook whose row is locked go on where it was. */
export async function enable(tx: Transaction, { id }: Webhook): Promise<void> {
  const enabled = { state: WebhookState.ENABLED, disabledReason: null, disabledAt: null, failingSince: null };
  if (!(await tryTransition(tx, Webhook, id, enabled))) return;
  await resumeQueuesOf(tx, id);
  tx.touched.add('deliveries');
}
