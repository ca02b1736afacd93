import { currentTime, elapsedSince } from '../clock';
import type { Database } from '../database';
import { type DeliveryQueue, type DomainEvent, type Webhook, WebhookState } from '../entities';
import { CallNotPermitted, type Claim, handleWorkError, type RetryPolicy, respectRetryAfter } from '../jobs';
import { type Actor, seesAmounts } from '../policies';
import { findNextDelivery, findReferences } from '../store';
import type { WebhookCounters } from './counters';
import { canSee, messageBody } from './message';
import {
  type Attempt,
  type ClaimedDelivery,
  closeQueue,
  pauseQueue,
  recordDelivered,
  recordFailed,
  recordWithheld,
  rescheduleQueue,
} from './outcome';
import { disableOrphan, viewerOf } from './owner';
import { type SecretBox, sign } from './secrets';
import { ReceiverFault, type WebhookSender } from './sender';

/** Dependencies of a worker that delivers one queue, and its claim. */
export interface DeliveryContext extends Claim {
  db: Database;
  sender: WebhookSender;
  secrets: SecretBox;
  retries: RetryPolicy;
  /** Time without a success after which a webhook is disabled, in milliseconds. */
  disableAfterMs: number;
  counters: WebhookCounters;
}

/** Deliveries of one queue per claim, so that other queues get their turn. */
const MAX_DELIVERIES_PER_CLAIM = 50;
/** Claims without a response or a fault after which a delivery is a poison message and is given up. */
const MAX_CLAIMS = 10;
/** Status of a receiver that is gone for good (Standard Webhooks). */
const GONE = 410;

/**
 * Delivers the events of a claimed queue in the order of the log. Each delivery starts after the one before was delivered or
 * given up. Rejects with faults of the database only. After any other error the claim expires, and the next worker tries
 * again.
 */
export async function deliver(queue: DeliveryQueue, context: DeliveryContext): Promise<void> {
  const { db, log } = context;
  try {
    for (let sent = 0; sent < MAX_DELIVERIES_PER_CLAIM; sent += 1) {
      const { webhook, viewer, delivery, event } = await readNext(db, queue);
      if (webhook.state === WebhookState.ENABLED && !viewer && (await disableOrphan(db, webhook.id)))
        context.counters.disabled += 1;
      if (webhook.state !== WebhookState.ENABLED || !viewer) return await pauseQueue(db, queue);
      if (delivery) {
        const due = { queue, webhook, delivery };
        if (!(await deliverOne(due, viewer, event, context))) return;
        queue.claims = 0;
      } else if (await closeQueue(db, queue)) return;
    }
    await rescheduleQueue(db, queue, 0);
  } catch (error) {
    handleWorkError(error, log, 'delivery failed unexpectedly; its claim expires by itself');
  }
}

/** Reads the next delivery of a queue with its event, its webhook and the viewer that it has, in one statement. */
async function readNext(db: Database, queue: DeliveryQueue) {
  const found = await findNextDelivery(db, queue);
  if (!found?.webhook) throw new Error(`The webhook ${queue.webhookId} is missing`);
  const { webhook, delivery, event } = found;
  return { webhook, viewer: viewerOf(found), delivery, event };
}

/** Resolves to whether the next delivery of the queue can start. */
async function deliverOne(
  due: ClaimedDelivery,
  viewer: Actor,
  event: DomainEvent | null | undefined,
  context: DeliveryContext,
): Promise<boolean> {
  const { db, counters, leaseMs } = context;
  if (due.queue.claims > MAX_CLAIMS) {
    context.log.error('delivery given up as a poison message');
    const message = 'The gateway could not make this delivery; its log says why.';
    await recordFailed(db, due, { status: null, beganAt: currentTime() }, message, 'none', leaseMs);
    counters.givenUp += 1;
    return true;
  }
  if (!event || !(await canSee(db, viewer, event))) {
    const reason = event
      ? 'The account may no longer see what the event is about.'
      : 'The event is no longer kept.';
    await recordWithheld(db, due, reason, leaseMs);
    counters.withheld += 1;
    return true;
  }
  if (context.draining()) return rescheduleQueue(db, due.queue, 0).then(() => false);
  const references = seesAmounts(viewer) ? await findReferences(db, event) : {};
  return attempt(due, messageBody(event, references), context);
}

async function attempt(due: ClaimedDelivery, body: string, context: DeliveryContext): Promise<boolean> {
  const { db, lane, sender, secrets, log, leaseMs, counters } = context;
  const { webhook, delivery, queue } = due;
  const beganAt = currentTime();
  try {
    const status = await context.makeCall(async () => {
      const headers = headersOf(webhook, delivery.id, body, secrets, beganAt);
      return sender.send(
        { url: webhook.url, headers, body },
        context.currentSignal(),
        lane.usesShortDeadline,
      );
    });
    await recordDelivered(db, due, { status, beganAt }, leaseMs);
    counters.delivered += 1;
    log.debug({ delivery: delivery.id, status }, 'delivered');
    return true;
  } catch (error) {
    if (error instanceof CallNotPermitted) await rescheduleQueue(db, queue, lane.retryAfterMs);
    else if (error instanceof ReceiverFault) return handleFault(due, error, beganAt, context);
    else throw error;
    return false;
  }
}

/** Headers of Standard Webhooks, with two signatures while the previous secret is valid. */
function headersOf(webhook: Webhook, id: string, body: string, secrets: SecretBox, now: Date) {
  const timestamp = Math.floor(now.getTime() / 1000);
  const { previousSecret, previousSecretUntil } = webhook;
  const previous = previousSecret && previousSecretUntil && previousSecretUntil > now ? [previousSecret] : [];
  const opened = [webhook.secret, ...previous].flatMap(kept => secrets.open(kept, webhook.id) ?? []);
  if (opened.length === 0) {
    throw new ReceiverFault('The secret of this webhook can no longer be decrypted. Rotate it.', null);
  }
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'Skybasket-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': opened.map(secret => sign(secret, id, timestamp, body)).join(' '),
  };
}

async function handleFault(
  due: ClaimedDelivery,
  fault: ReceiverFault,
  beganAt: Date,
  context: DeliveryContext,
): Promise<boolean> {
  const { db, log, retries, leaseMs, counters, disableAfterMs } = context;
  const { webhook, delivery } = due;
  const attempted: Attempt = { status: fault.status, beganAt };
  log.info({ delivery: delivery.id, attempt: delivery.attempts + 1, status: fault.status }, fault.message);
  // This process aborted the attempt itself, so it does not count against the receiver.
  if (context.draining() && context.currentSignal().aborted) {
    await recordFailed(db, due, attempted, fault.message, { inMs: 0 }, leaseMs);
    return false;
  }
  counters.failedAttempts += 1;
  if (fault.retryAfterMs) context.lane.pauseFor(fault.retryAfterMs);
  const reason = disableReason(webhook, fault, disableAfterMs);
  const pauseMs = retries.delayMs(delivery.attempts + 1, delivery.firstAttemptAt);
  const inMs = pauseMs === undefined ? undefined : respectRetryAfter(pauseMs, fault.retryAfterMs);
  // The deliveries of a disabled webhook stay pending.
  const next = reason ? { inMs: 0 } : inMs === undefined ? 'none' : { inMs };
  await recordFailed(db, due, attempted, fault.message, next, leaseMs, reason);
  if (reason) counters.disabled += 1;
  if (next === 'none') counters.givenUp += 1;
  return next === 'none';
}

function disableReason({ failingSince }: Webhook, fault: ReceiverFault, afterMs: number): string | undefined {
  if (fault.status === GONE) return 'The receiver answered that it is gone (HTTP 410).';
  if (!failingSince || elapsedSince(failingSince) < afterMs) return undefined;
  return `Every attempt since ${failingSince.toISOString()} has failed. The last: ${fault.message}`;
}
