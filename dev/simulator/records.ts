/** Stored account. `email` is lower-case and unique. */
export interface AccountRecord {
  externalId: string;
  email: string;
  name: string;
  role: 'Reseller' | 'User';
  resellerExternalId: string | null;
  /** All other fields as JSON, to detect whether a synchronization changes the account. */
  details: string;
}

/** Stored subscription. The caller chooses `id`; `addons` maps product ids to totals. */
export interface SubscriptionRecord {
  id: string;
  externalId: string;
  serviceType: string;
  productId: string;
  quantity: number;
  name: string;
  accountExternalId: string;
  state: 'ACTIVE' | 'SUSPENDED' | 'CANCELLED';
  addons: Record<string, number>;
}

/** Accepted asynchronous work on an instance. */
export interface BrokerWork {
  operation: string;
  does: 'provision' | 'update' | 'deprovision';
  /** Time at which the work finishes, as ISO 8601. */
  readyAt: string;
  /** Message with which the work fails. Absent if it succeeds. */
  failsWith?: string;
  /** Parameters of the instance after the work. */
  plan: string;
  parameters: { quantity: number; addons: Record<string, number> };
  trackId: string;
}

/** Stored instance of the broker. The caller chooses `id`. */
export interface InstanceRecord {
  id: string;
  service: string;
  plan: string;
  parameters: { quantity: number; addons: Record<string, number> };
  /** Name of the account, from the context. */
  recipient: string;
  state: 'NEW' | 'ACTIVE' | 'GONE';
  /** Work in progress. Null if there is none. */
  work: BrokerWork | null;
  /** Outcome of the last work. */
  last: { operation: string; failedWith?: string } | null;
}

/** Effect of a call. A call without a change has none. */
export interface Effect {
  effect:
    | 'account.created'
    | 'account.updated'
    | 'account.deleted'
    | 'subscription.created'
    | 'subscription.updated'
    | 'subscription.upgraded'
    | 'subscription.downgraded'
    | 'subscription.suspended'
    | 'subscription.activated'
    | 'subscription.cancelled'
    | 'addon.set'
    | 'addon.cancelled';
  /** E-mail of the account, or subscription id of the caller. */
  subject: string;
  /** Name of the account. */
  recipient: string;
  detail: string;
  trackId: string;
}

/** Line of the journal: the new records with their effects, applied atomically. */
export interface Change {
  /** ISO 8601. */
  at: string;
  account?: AccountRecord;
  deletedAccount?: string;
  subscription?: SubscriptionRecord;
  instance?: InstanceRecord;
  effects: Effect[];
}

/** Line of the journal that clears the ledger. */
export interface LedgerCleared {
  ledgerCleared: true;
}
