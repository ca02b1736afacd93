import { currentTime, elapsedSince } from '../clock';
import type { Database } from '../database';
import { type Account, type DeliveryQueue, type DomainEvent, type Webhook, WebhookState } from '../entities';
import { endWork, type Hand, NotCalled, notBefore, type RetryPolicy } from '../jobs';
import { accountActor } from '../policies';
import { findNextDelivery } from '../store';
import type { WebhookFigures } from './figures';
import { bodyOf, maySee } from './message';
import { type Attempt, type Due, delivered, failed, finish, park, putBack, withheld } from './outcome';
import { type Postman, ReceiverFault } from './receiver';
import { type SecretBox, sign } from './secrets';

/** What delivering takes. */
export interface Tools extends Hand {
  db: Database;
  postman: Postman;
  secrets: SecretBox;
  retries: RetryPolicy;
  /** How long a webhook may fail, without any success, before it is disabled. */
  disableAfterMs: number;
  figures: WebhookFigures;
}

/** Deliveries of one queue before others have their turn. */
const TURN = 50;
/** Claims after which a delivery that gets neither an answer nor a fault is given up: a bug, or what kills a process. */
const MOST_CLAIMS = 10;
/** The answer of a receiver that is no more: nothing is to be sent again (Standard Webhooks). */
const GONE = 410;

/**
 * Delivers what a claimed queue has, one after the other in the order of the log: the next only when the receiver took
 * the one before, or when that was given up. Rejects with faults of the database only; any other error is met again by the
 * worker that claims the queue after its lease.
 */
export async function deliver(queue: DeliveryQueue, tools: Tools): Promise<void> {
  const { db, log } = tools;
  try {
    for (let sent = 0; sent < TURN; sent += 1) {
      const { webhook, account, delivery, event } = await nextOf(db, queue);
      if (webhook.state !== WebhookState.ENABLED) return await park(db, queue);
      if (delivery) {
        const due = { queue, webhook, delivery };
        if (!(await deliverOne(due, account, event, tools))) return;
        queue.claims = 0;
      } else if (await finish(db, queue)) return;
    }
    await putBack(db, queue, 0);
  } catch (error) {
    endWork(error, log, 'delivery failed unexpectedly; its claim expires by itself');
  }
}

/** The next delivery of a queue with what it takes, in one statement. */
async function nextOf(db: Database, queue: DeliveryQueue) {
  const found = await findNextDelivery(db, queue);
  const { webhook, account } = found ?? {};
  if (!webhook || !account) throw new Error(`What ${queue.webhookId} is about is missing`);
  return { webhook, account, delivery: found?.delivery, event: found?.event };
}

/** Resolves to whether the queue goes on with the next. */
async function deliverOne(
  due: Due,
  account: Account,
  event: DomainEvent | null | undefined,
  tools: Tools,
): Promise<boolean> {
  const { db, figures, leaseMs } = tools;
  if (due.queue.claims > MOST_CLAIMS) {
    tools.log.error('delivery given up as a poison message');
    const words = 'The gateway could not make this delivery; its log says why.';
    await failed(db, due, { status: null, beganAt: currentTime() }, words, 'none', leaseMs);
    figures.givenUp += 1;
    return true;
  }
  if (!event || !(await maySee(db, accountActor(account), event))) {
    const why = event
      ? 'The account may no longer see what the event is about.'
      : 'The event is no longer kept.';
    await withheld(db, due, why, leaseMs);
    figures.withheld += 1;
    return true;
  }
  if (tools.draining()) return putBack(db, due.queue, 0).then(() => false);
  return attempt(due, bodyOf(event), tools);
}

async function attempt(due: Due, body: string, tools: Tools): Promise<boolean> {
  const { db, lane, postman, secrets, log, signal, leaseMs, figures } = tools;
  const { webhook, delivery, queue } = due;
  const beganAt = currentTime();
  try {
    const status = await lane.call(async () => {
      const headers = headersOf(webhook, delivery.id, body, secrets, beganAt);
      return postman.post({ url: webhook.url, headers, body }, signal, lane.triesBriefly);
    });
    await delivered(db, due, { status, beganAt }, leaseMs);
    figures.delivered += 1;
    log.debug({ delivery: delivery.id, status }, 'delivered');
    return true;
  } catch (error) {
    if (error instanceof NotCalled) await putBack(db, queue, lane.closedForMs);
    else if (error instanceof ReceiverFault) return settle(due, error, beganAt, tools);
    else throw error;
    return false;
  }
}

/** What Standard Webhooks asks for; two signatures while the secret before is still good. */
function headersOf(webhook: Webhook, id: string, body: string, secrets: SecretBox, now: Date) {
  const timestamp = Math.floor(now.getTime() / 1000);
  const { previousSecret, previousSecretUntil } = webhook;
  const former = previousSecret && previousSecretUntil && previousSecretUntil > now ? [previousSecret] : [];
  const opened = [webhook.secret, ...former].flatMap(kept => secrets.open(kept, webhook.id) ?? []);
  if (opened.length === 0) {
    throw new ReceiverFault('The secret of this webhook cannot be read any more: rotate it.', null);
  }
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'Skybasket-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': opened.map(secret => sign(secret, id, timestamp, body)).join(' '),
  };
}

async function settle(due: Due, fault: ReceiverFault, beganAt: Date, tools: Tools): Promise<boolean> {
  const { db, log, retries, leaseMs, figures, disableAfterMs } = tools;
  const { webhook, delivery } = due;
  const attempted: Attempt = { status: fault.status, beganAt };
  log.info({ delivery: delivery.id, attempt: delivery.attempts + 1, status: fault.status }, fault.message);
  // An attempt that this process gave up itself says nothing against the receiver.
  if (tools.draining() && tools.signal.aborted) {
    await failed(db, due, attempted, fault.message, { inMs: 0 }, leaseMs);
    return false;
  }
  figures.failedAttempts += 1;
  if (fault.retryAfterMs) tools.lane.pauseFor(fault.retryAfterMs);
  const stopping = whyDisable(webhook, fault, disableAfterMs);
  const pauseMs = retries.delayMs(delivery.attempts + 1, delivery.firstAttemptAt);
  const inMs = pauseMs === undefined ? undefined : notBefore(pauseMs, fault.retryAfterMs);
  // What a disabled webhook has not got waits with it.
  const next = stopping ? { inMs: 0 } : inMs === undefined ? 'none' : { inMs };
  await failed(db, due, attempted, fault.message, next, leaseMs, stopping);
  if (stopping) figures.disabled += 1;
  if (next === 'none') figures.givenUp += 1;
  return next === 'none';
}

function whyDisable({ failingSince }: Webhook, fault: ReceiverFault, afterMs: number): string | undefined {
  if (fault.status === GONE) return 'The receiver answered that it is gone (HTTP 410).';
  if (!failingSince || elapsedSince(failingSince) < afterMs) return undefined;
  return `Every attempt since ${failingSince.toISOString()} has failed. The last: ${fault.message}`;
}
