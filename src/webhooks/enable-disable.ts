import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { Webhook, WebhookState } from '../entities';
import type { NewEvent } from '../events';
import { findLastQueuedSeq, resumeQueuesOf, suspendQueuesOf, tryTransition } from '../store';

/** Disables a locked webhook. Keeps its position and queue. `byId` is null when the gateway does it. */
export async function disableWebhook(
  tx: Transaction,
  { id, accountId, url, readFrom }: Webhook,
  reason: string,
  byId: string | null,
): Promise<void> {
  const position = readFrom ?? (await findLastQueuedSeq(tx));
  const disabled = { state: WebhookState.DISABLED, disabledReason: reason, disabledAt: currentTime() };
  const message = `The webhook ${url} was disabled: ${reason}`;
  const event: NewEvent = { type: 'webhook.disabled', message, userId: byId, accountId, data: { id } };
  const moved = await tryTransition(tx, Webhook, id, { ...disabled, readFrom: position }, { event });
  if (moved) await suspendQueuesOf(tx, id);
}

/** Enables a webhook whose row is locked. It resumes at its position. */
export async function enableWebhook(tx: Transaction, { id }: Webhook): Promise<void> {
  const enabled = { state: WebhookState.ENABLED, disabledReason: null, disabledAt: null, failingSince: null };
  if (!(await tryTransition(tx, Webhook, id, enabled))) return;
  await resumeQueuesOf(tx, id);
  tx.touched.add('deliveries');
}
