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
import { isTold } from './event-types';
import type { WebhookFigures } from './figures';
import { enqueue } from './queue';

/** The longest pause between two tries while the database is away. */
const AWAY_MS = 1000;

/**
 * Queues the events of the log for the webhooks that they are for. Every process tries what its own tail of the log has
 * seen; the lock of one row lets one through at a time, and events are queued in the transaction that moves the position
 * on: none is queued twice and none is passed over, whoever dies where. Where there is no webhook it asks nothing.
 */
export class Dispatcher {
  private readonly poller: Poller;
  /** A webhook may have come, or may have been set back: the position tells nothing of that. */
  private news = true;
  private live = false;
  private position = 0;

  constructor(
    private readonly db: Database,
    private readonly events: EventLog,
    private readonly figures: WebhookFigures,
    log: Logger,
  ) {
    this.poller = new Poller(
      () => this.advance(),
      error => reportFault(log, error, 'events could not be queued for webhooks'),
      10,
      () => AWAY_MS,
    );
    events.onEvent(({ type }) => {
      if (type.startsWith('webhook.')) this.news = true;
      if (this.news || this.live) this.poller.poke();
    });
  }

  start(): void {
    this.poller.start();
  }

  stop(): Promise<void> {
    return this.poller.stop();
  }

  private async advance(): Promise<boolean> {
    if (!this.news && !(this.live && this.position < this.events.head)) return false;
    this.news = false;
    try {
      const { last, live, behind } = await findWebhookPosition(this.db);
      this.live = live;
      this.position = live && last < this.events.head ? await this.queueNext() : last;
      if (behind && (await catchUp(this.db, this.events, behind, this.figures))) this.news = true;
    } catch (error) {
      this.news = true;
      throw error;
    }
    return this.news || (this.live && this.position < this.events.head);
  }

  /** Queues the next page of the log for the webhooks that go with it; resolves to where that leads. */
  private async queueNext(): Promise<number> {
    const { last, queued } = await this.db.transaction(tx => queuePage(tx, this.events));
    this.figures.queued += queued;
    return last;
  }
}

async function queuePage(tx: Transaction, events: EventLog): Promise<{ last: number; queued: number }> {
  const { last, live } = await lockWebhookPosition(tx);
  if (!live || last >= events.head) return { last, queued: 0 };
  const page = await events.after(last);
  if (page === 'expired') return { last: await setAllBack(tx, last, events.head), queued: 0 };
  const to = page.at(-1)?.seq ?? last;
  const told = page.filter(isTold);
  const queued = await enqueue(tx, await concerned(tx, told), told);
  await advanceWebhookPosition(tx, to);
  return { last: to, queued };
}

/** The webhooks that go with the log, of the accounts that these events are about. */
async function concerned(tx: Transaction, told: Page): Promise<Webhook[]> {
  const accounts = new Set(
    told.flatMap(({ accountId, resellerId }) => [accountId ?? [], resellerId ?? []].flat()),
  );
  if (accounts.size === 0) return [];
  return findLiveWebhooks(tx, [...accounts]);
}

/** After an absence longer than events are kept: every webhook goes on by itself, and is told what it has lost. */
async function setAllBack(tx: Transaction, last: number, head: number): Promise<number> {
  await detachLiveWebhooks(tx, last);
  await advanceWebhookPosition(tx, head);
  return head;
}
