import type { AccountField } from './account-fields';
import type { ProviderCatalog } from './catalog';
import type { ProviderFault } from './fault';
import type { ProviderAccount, ProviderSubscription } from './subscription';

/** Options of one call. The deadline is a setting of the client. */
export interface ProviderCall {
  /** Correlation id for the provider's log. The same for every attempt of a step. */
  trackId: string;
  /**
   * Aborts the call: UNAVAILABLE when the request was not sent, OUTCOME_UNKNOWN when it was. Read it again for each request of
   * a call: reading checks whether the caller may still make requests.
   */
  signal?: AbortSignal | undefined;
}

/** Work that the provider does asynchronously (HTTP 202). Any process can poll with `ticket`, also after a crash. */
export class Accepted {
  /** @param pollAfterMs delay before the next poll that the provider requests, in milliseconds. */
  constructor(
    readonly ticket: string,
    readonly pollAfterMs?: number,
  ) {}
}

/** Direction of a change of product: to a larger or to a smaller one. */
export type ChangeDirection = 'UPGRADE' | 'DOWNGRADE';

/** Subscription as the provider has it. Each client documents which members it can report. */
export interface ProviderHolding {
  /** Whether the provider has it and has not ended it. */
  live: boolean;
  /** True while it is suspended. Undefined when the provider does not report it. */
  suspended?: boolean;
  /** SKU of its product. Null when it is another one than that of the call, which the provider does not name. Undefined when the provider reports neither. */
  productId?: string | null;
  /** Quantities by add-on SKU. Undefined when the provider does not report them. */
  addons?: Record<string, number>;
}

/** Account methods of a provider that keeps accounts. */
export interface ProviderAccounts {
  /** Fields that the provider refuses an account without. Checked before anything is ordered. */
  readonly needed: readonly AccountField[];
  /** Finds an account by e-mail. Resolves to its external id, or undefined. */
  find(account: ProviderAccount, call: ProviderCall): Promise<string | undefined>;
  /** Creates or updates an account. Resolves to its external id. */
  synchronize(account: ProviderAccount, call: ProviderCall): Promise<string>;
}

/**
 * Port to a provider. Every method rejects with {@link ProviderFault} only, and is repeatable after an unknown outcome: accounts
 * match by e-mail, subscriptions by our id, and add-ons are totals. A change sets a state, whatever the provider has, so the
 * former state can be restored after a failed change. A change of a subscription may resolve to {@link Accepted}, and is then
 * polled.
 */
export interface Provider {
  /** Absent when the provider keeps no accounts. Each subscription contains its account. */
  accounts?: ProviderAccounts;
  /** Checks, without creating it, whether the provider would accept a subscription. Rejects with a fault. */
  precheck?(subscription: ProviderSubscription, call: ProviderCall): Promise<void>;
  /** Creates the subscription without add-ons. Resolves to its external id. */
  createSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<string | Accepted>;
  /**
   * Sets the add-ons marked `change` to their totals, and ends those with a total of 0. `held` may differ from what the provider
   * has. After a rejection some of the add-ons may be set.
   */
  setAddons(subscription: ProviderSubscription, call: ProviderCall): Promise<Accepted | undefined>;
  /**
   * Sets the product, when the provider has another one. `subscription` has the new product and its attributes. The direction is
   * undefined in a repair, which does not know the product that the provider has.
   */
  changeProduct(
    subscription: ProviderSubscription,
    direction: ChangeDirection | undefined,
    call: ProviderCall,
  ): Promise<Accepted | undefined>;
  /** Suspends the subscription, unless it is suspended. Absent when the provider has no suspension. */
  suspendSubscription?(subscription: ProviderSubscription, call: ProviderCall): Promise<Accepted | undefined>;
  /** Ends the suspension, if there is one. Absent when the provider has no suspension. */
  resumeSubscription?(subscription: ProviderSubscription, call: ProviderCall): Promise<Accepted | undefined>;
  /** Cancels the subscription. Without an external id the provider may not have it, which is no fault. */
  cancelSubscription(subscription: ProviderSubscription, call: ProviderCall): Promise<Accepted | undefined>;
  /**
   * Polls accepted work. Resolves to the external id of the subscription when it is done, and to {@link Accepted} while it is
   * not. A retryable fault is a fault of the poll; REJECTED means that the work has failed. Absent when the provider is
   * synchronous.
   */
  poll?(ticket: string, call: ProviderCall): Promise<string | Accepted>;
  /** Reads the subscription as the provider has it. */
  inspect(subscription: ProviderSubscription, call: ProviderCall): Promise<ProviderHolding>;
  /** Reads the catalog of the provider. */
  readCatalog(call: ProviderCall): Promise<ProviderCatalog>;
  /** Closes its connections. */
  close(): void;
}
