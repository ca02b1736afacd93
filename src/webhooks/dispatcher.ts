import type { Logger } from 'pino';
import { type Database, reportFault, type Transaction } from '../database';
import type { Webhook } from '../entities';
import { type EventLog, type Page, Poller } from '../events';
import {
  advanceWebhookPosition,
  detachLiveWebhooks,
  findLiveWebhooks,
  findWebhookPosition,
  lockWebhookPosition,
} from '../store';
import { catchUp } from './catch-up';
import type { WebhookCounters } from './counters';
import { isPublished } from './event-filter';
import { enqueue } from './queue';
import { replay } from './replay';

/** Longest pause between two attempts while the database is unavailable. */
const RETRY_MS = 1000;

/**
 * Queues the events of the log for the webhooks that select them. The lock of the position serializes the processes, and
 * events are queued in the transaction that moves the position, so that no event is queued twice or skipped, also after a
 * crash. Sends no statements while no webhook is enabled.
 */
export class Dispatcher {
  private readonly poller: Poller;
  /** Whether `live` may be stale, because a webhook was created, enabled or replayed. */
  private isStale = true;
  private live = false;
  private position = 0;

  constructor(
    private readonly db: Database,
    private readonly events: EventLog,
    private readonly counters: WebhookCounters,
    log: Logger,
  ) {
    this.poller = new Poller(
      () => this.advance(),
      error => reportFault(log, error, 'events could not be queued for webhooks'),
      10,
      () => RETRY_MS,
    );
    events.onEvent(({ type }) => {
      if (type.startsWith('webhook.')) this.isStale = true;
      if (this.isStale || this.live) this.poller.wake();
    });
  }

  start(): void {
    this.poller.start();
  }

  stop(): Promise<void> {
    return this.poller.stop();
  }

  private async advance(): Promise<boolean> {
    if (!this.isStale && !(this.live && this.position < this.events.head)) return false;
    this.isStale = false;
    try {
      const { last, live, behind, replayed } = await findWebhookPosition(this.db);
      this.live = live;
      const isNext = live && last < this.events.head;
      this.position = isNext ? (await this.counted(tx => queuePage(tx, this.events))).last : last;
      if (behind && (await this.counted(tx => catchUp(tx, this.events, behind))).more) this.isStale = true;
      if (replayed && (await this.counted(tx => replay(tx, this.events, replayed))).more) this.isStale = true;
    } catch (error) {
      this.isStale = true;
      throw error;
    }
    return this.isStale || (this.live && this.position < this.events.head);
  }

  /** Queues a page in a transaction of its own, and counts its deliveries. */
  private async counted<P extends { queued: number }>(queue: (tx: Transaction) => Promise<P>): Promise<P> {
    const page = await this.db.transaction(queue);
    this.counters.queued += page.queued;
    return page;
  }
}

/** Queues the next page for the webhooks at the shared position. Resolves to the new position. */
async function queuePage(tx: Transaction, events: EventLog): Promise<{ last: number; queued: number }> {
  const { last, live } = await lockWebhookPosition(tx);
  if (!live || last >= events.head) return { last, queued: 0 };
  const page = await events.after(last);
  if (page === 'expired') return { last: await detachAll(tx, last, events.head), queued: 0 };
  const to = page.at(-1)?.seq ?? last;
  const published = page.filter(isPublished);
  const queued = await enqueue(tx, await findRecipients(tx, published), published);
  await advanceWebhookPosition(tx, to);
  return { last: to, queued };
}

/** Finds the webhooks at the shared position that belong to the accounts of these events, or to every account. */
async function findRecipients(tx: Transaction, events: Page): Promise<Webhook[]> {
  const accounts = new Set(
    events.flatMap(({ accountId, resellerId }) => [accountId ?? [], resellerId ?? []].flat()),
  );
  if (events.length === 0) return [];
  return findLiveWebhooks(tx, [...accounts]);
}

/** Detaches every webhook from the shared position after the next event was removed. `catchUp` then resets each one. */
async function detachAll(tx: Transaction, last: number, head: number): Promise<number> {
  await detachLiveWebhooks(tx, last);
  await advanceWebhookPosition(tx, head);
  return head;
}
