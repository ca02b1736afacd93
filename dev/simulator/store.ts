import { type Journal, openJournal } from './journal';
import { Ledger } from './ledger';
import type { AccountRecord, Change, InstanceRecord, LedgerCleared, SubscriptionRecord } from './records';

/** State of the simulator. Every write goes through `commit`, which writes it to the journal first. */
export class Store {
  /** Accounts by external id. */
  readonly accounts = new Map<string, AccountRecord>();
  /** Subscriptions by subscription id of the caller. */
  readonly subscriptions = new Map<string, SubscriptionRecord>();
  /** Instances of the broker by id of the caller. */
  readonly instances = new Map<string, InstanceRecord>();
  /** Ids of instances with work in progress. */
  readonly working = new Set<string>();
  readonly ledger = new Ledger();
  private readonly journal: Journal;

  /** Replays the journal at `path`. Throws if a complete line is invalid. */
  constructor(path: string | undefined) {
    const { journal, lines } = openJournal(path);
    this.journal = journal;
    for (const line of lines) this.apply(line);
  }

  /** Writes a change to the journal and applies it. */
  commit(change: Change): void {
    this.journal.append(change);
    this.apply(change);
  }

  /** Finds the account with this e-mail, ignoring case. */
  accountByEmail(email: string): AccountRecord | undefined {
    const wanted = email.toLowerCase();
    return [...this.accounts.values()].find(account => account.email === wanted);
  }

  /** Clears the ledger. Accounts and subscriptions stay. */
  clearLedger(): void {
    this.journal.append({ ledgerCleared: true });
    this.ledger.clear();
  }

  /** Clears all state. */
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
