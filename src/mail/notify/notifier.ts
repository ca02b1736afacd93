import type { Logger } from 'pino';
import { elapsedSince } from '../../clock';
import { type Database, reportFault, type Transaction } from '../../database';
import type { DomainEvent } from '../../entities';
import { type EventLog, Poller } from '../../events';
import { advanceMailPosition, findMailPosition, lockMailPosition } from '../../store';
import { enqueueMail } from '../enqueue';
import { isNotified, noticeOf } from './notifications';
import { referencesFor } from './references';

/** Longest pause between two attempts while the database is unavailable. */
const RETRY_MS = 1000;
/** Age above which an event is no news: mails were not configured, or the gateway was stopped. */
const MAX_AGE_MS = 24 * 3_600_000;

/**
 * Queues mails about the events of the log. The lock of the position serializes the processes, and mails are queued in the
 * transaction that moves the position, so that no event is skipped or reported twice, also after a crash.
 */
export class Notifier {
  private readonly poller: Poller;
  private position = -1;

  constructor(
    private readonly db: Database,
    private readonly events: EventLog,
    log: Logger,
  ) {
    this.poller = new Poller(
      () => this.advance(),
      error => reportFault(log, error, 'mails about events could not be queued'),
      10,
      () => RETRY_MS,
    );
    events.onEvent(event => {
      if (isNotified(event)) this.poller.wake();
    });
  }

  start(): void {
    this.poller.start();
  }

  stop(): Promise<void> {
    return this.poller.stop();
  }

  private async advance(): Promise<boolean> {
    if (this.position >= this.events.head) return false;
    if (this.position < 0) this.position = await findMailPosition(this.db);
    if (this.position >= this.events.head) return false;
    this.position = await this.db.transaction(tx => queuePage(tx, this.events));
    return this.position < this.events.head;
  }
}

/** Queues the mails of the next page. Resolves to the new position. */
async function queuePage(tx: Transaction, events: EventLog): Promise<number> {
  const last = await lockMailPosition(tx);
  if (last >= events.head) return last;
  const page = await events.after(last);
  const to = page === 'expired' ? events.head : (page.at(-1)?.seq ?? last);
  for (const event of page === 'expired' ? [] : page) {
    if (isNotified(event) && elapsedSince(event.occurredAt) < MAX_AGE_MS) await notify(tx, event);
  }
  await advanceMailPosition(tx, to);
  return to;
}

async function notify(tx: Transaction, event: DomainEvent): Promise<void> {
  const notice = await noticeOf(tx, event);
  if (!notice) return;
  const { recipients, ...mail } = notice;
  const references = await referencesFor(tx, recipients, event);
  for (const { id, email } of recipients) {
    const facts = { ...mail.facts, ...references(id) };
    await enqueueMail(tx, { ...mail, facts, to: email, userId: id, cause: `event ${event.seq} ${id}` });
  }
}
