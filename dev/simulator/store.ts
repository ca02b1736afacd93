import { type Journal, openJournal } from './journal';
import { Ledger } from './ledger';
import type { AccountRecord, Change, InstanceRecord, LedgerCleared, SubscriptionRecord } from './records';

/** Everything the simulator knows. Reads are free; every write goes through `commit`, which journals it first. */
export class Store {
  /** By external id. */
  readonly accounts = new Map<string, AccountRecord>();
  /** By the caller's subscription id. */
  readonly subscriptions = new Map<string, SubscriptionRecord>();
  /** The broker's, by the caller's id. */
  readonly instances = new Map<string, InstanceRecord>();
  /** Those that the broker works on. */
  readonly working = new Set<string>();
  readonly ledger = new Ledger();
  private readonly journal: Journal;

  /** Replays the journal at `path`; throws when a complete line of it can't be read. */
  constructor(path: string | undefined) {
    const { journal, lines } = openJournal(path);
    this.journal = journal;
    for (const line of lines) this.apply(line);
  }

  /** Makes a change, on disk first. */
  commit(change: Change): void {
    this.journal.append(change);
    this.apply(change);
  }

  /** The account with this e-mail, in any case. */
  accountByEmail(email: string): AccountRecord | undefined {
    const wanted = email.toLowerCase();
    return [...this.accounts.values()].find(account => account.email === wanted);
  }

  /** Empties the ledger; accounts and subscriptions stay. */
  clearLedger(): void {
    this.journal.append({ ledgerCleared: true });
    this.ledger.clear();
  }

  /** Forgets everything. */
  clearAll(): void {
    this.journal.empty();
    this.ledger.clear();
    this.accounts.clear();
    this.subscriptions.clear();
    this.instances.clear();
    this.working.clear();
  }

  private apply(line: Change | LedgerCleared): void {
    if ('ledgerCleared' in line) {
      this.ledger.clear();
      return;
    }
    if (line.account) this.accounts.set(line.account.externalId, line.account);
    if (line.deletedAccount) this.accounts.delete(line.deletedAccount);
    if (line.subscription) this.subscriptions.set(line.subscription.id, line.subscription);
    if (line.instance) this.keep(line.instance);
    for (const effect of line.effects) this.ledger.record(effect, line.at);
  }

  private keep(instance: InstanceRecord): void {
    this.instances.set(instance.id, instance);
    if (instance.work) this.working.add(instance.id);
    else this.working.delete(instance.id);
  }
}
