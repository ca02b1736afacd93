/** An account as the simulator keeps it; `email` is lower-cased and unique. */
export interface AccountRecord {
  externalId: string;
  email: string;
  name: string;
  role: 'Reseller' | 'User';
  resellerExternalId: string | null;
  /** Address, contact and the rest as JSON, to tell whether a synchronization changes anything. */
  details: string;
}

/** A subscription as the simulator keeps it; `id` is the caller's, `addons` maps product ids to totals. */
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

/** Work that the broker has accepted for an instance, until it is done. */
export interface BrokerWork {
  operation: string;
  does: 'provision' | 'update' | 'deprovision';
  /** ISO 8601: from then on it is done. */
  readyAt: string;
  /** Message with which the work fails. Absent if it succeeds. */
  failsWith?: string;
  /** The parameters that it leads to. */
  plan: string;
  parameters: { quantity: number; addons: Record<string, number> };
  trackId: string;
}

/** An instance as the broker keeps it; `id` is the caller's. */
export interface InstanceRecord {
  id: string;
  service: string;
  plan: string;
  parameters: { quantity: number; addons: Record<string, number> };
  /** The account's name, from the context. */
  recipient: string;
  state: 'NEW' | 'ACTIVE' | 'GONE';
  /** Work in progress. Null if there is none. */
  work: BrokerWork | null;
  /** Outcome of the last work. */
  last: { operation: string; failedWith?: string } | null;
}

/** Something that took place. Calls that change nothing leave none. */
export interface Effect {
  effect:
    | 'account.created'
    | 'account.updated'
    | 'account.deleted'
    | 'subscription.created'
    | 'subscription.updated'
    | 'subscription.suspended'
    | 'subscription.activated'
    | 'subscription.cancelled'
    | 'addon.set'
    | 'addon.cancelled';
  /** The account's e-mail, or the caller's subscription id. */
  subject: string;
  /** The account's name. */
  recipient: string;
  detail: string;
  trackId: string;
}

/** One line of the journal: records as they are now, with the effects that made them so, all or nothing. */
export interface Change {
  /** ISO 8601. */
  at: string;
  account?: AccountRecord;
  deletedAccount?: string;
  subscription?: SubscriptionRecord;
  instance?: InstanceRecord;
  effects: Effect[];
}

/** A line of the journal that empties the ledger. */
export interface LedgerCleared {
  ledgerCleared: true;
}
