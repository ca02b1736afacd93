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
  effects: Effect[];
}

/** A line of the journal that empties the ledger. */
export interface LedgerCleared {
  ledgerCleared: true;
}
