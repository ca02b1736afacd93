import { registerEnumType } from 'type-graphql';

/** An enum whose values are their own names; `values` describes each for the schema. */
function register<E extends Record<string, string>>(
  name: string,
  values: E,
  description: string,
  about: Partial<Record<keyof E, string>> = {},
): void {
  const valuesConfig = Object.fromEntries(
    Object.entries(about).map(([value, text]) => [value, { description: text as string }]),
  );
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as never });
}

export enum Role {
  CUSTOMER = 'CUSTOMER',
  RESELLER = 'RESELLER',
  ACCOUNT_MANAGER = 'ACCOUNT_MANAGER',
  ADMINISTRATOR = 'ADMINISTRATOR',
}
register('Role', Role, 'What a user may do.', {
  CUSTOMER: "A user of a direct customer's account: orders for that account.",
  RESELLER: "A user of a reseller's account: orders for its end customers and affiliates, never for itself.",
  ACCOUNT_MANAGER:
    'BSS staff: places and executes orders and decides cancellations for the accounts assigned to it.',
  ADMINISTRATOR: 'BSS staff: manages the catalog, the accounts and the settings.',
});

export enum ApiKeyScope {
  READ = 'READ',
  ORDER = 'ORDER',
  CANCEL = 'CANCEL',
  RENAME = 'RENAME',
}
register('ApiKeyScope', ApiKeyScope, 'What an API key may do.', {
  READ: 'Read, and follow streams. Every key may.',
  ORDER: 'Fill the basket and check it out.',
  CANCEL: 'Ask for the end of subscriptions, and take that back.',
  RENAME: 'Rename subscriptions.',
});

export enum AccountKind {
  CUSTOMER = 'CUSTOMER',
  RESELLER = 'RESELLER',
  AFFILIATE = 'AFFILIATE',
}
register('AccountKind', AccountKind, 'What an account is.', {
  CUSTOMER: 'A direct customer, or the end customer of a reseller.',
  RESELLER: 'Sells to its own end customers.',
  AFFILIATE:
    "An account of the reseller's own group that may receive services, as the reseller itself may not.",
});

export enum SyncState {
  UNSYNCED = 'UNSYNCED',
  PENDING = 'PENDING',
  SYNCED = 'SYNCED',
  FAILED = 'FAILED',
}
register('SyncState', SyncState, 'How far a provider agrees with what is recorded here.', {
  UNSYNCED: 'The provider has not been told.',
  PENDING: 'The provider is being told.',
  SYNCED: 'The provider agrees.',
  FAILED: 'The provider refused or could not be reached; see the error.',
});

export enum BillingCycle {
  MONTHLY = 'MONTHLY',
  ANNUALLY = 'ANNUALLY',
  TWO_YEARS = 'TWO_YEARS',
  THREE_YEARS = 'THREE_YEARS',
}
register('BillingCycle', BillingCycle, 'How often a price is due.', {
  MONTHLY: 'Every month.',
  ANNUALLY: 'Every year.',
  TWO_YEARS: 'Every two years.',
  THREE_YEARS: 'Every three years.',
});

export enum LifecycleState {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  RETIRED = 'RETIRED',
}
register('LifecycleState', LifecycleState, 'Whether a product or an add-on is sold.', {
  DRAFT: 'Being prepared; nobody but administrators sees it.',
  PUBLISHED: 'Sold.',
  RETIRED: 'Not sold any more; what was ordered before still shows it.',
});

export enum CancellationPolicy {
  REQUIRES_DECISION = 'REQUIRES_DECISION',
  AUTOMATIC = 'AUTOMATIC',
}
register('CancellationPolicy', CancellationPolicy, 'What happens to a cancellation request.', {
  REQUIRES_DECISION: 'A request goes to the account manager.',
  AUTOMATIC: 'A request is carried out at once.',
});

export enum CheckoutStep {
  BASKET = 'BASKET',
  RECIPIENT = 'RECIPIENT',
  BILLING = 'BILLING',
  COMPLETE = 'COMPLETE',
}
register('CheckoutStep', CheckoutStep, 'The step of the checkout that the basket waits for.', {
  BASKET: 'Empty, or a line needs attention.',
  RECIPIENT: 'Whom the services are for.',
  BILLING: 'Billing information to be confirmed.',
  COMPLETE: 'Ready for checkout.',
});

/** Not public: the graph only ever shows the open basket. */
export enum BasketState {
  OPEN = 'OPEN',
  CHECKED_OUT = 'CHECKED_OUT',
}

export enum OrderSource {
  STOREFRONT = 'STOREFRONT',
  BSS = 'BSS',
}
register('OrderSource', OrderSource, 'Where an order was placed.', {
  STOREFRONT: 'By checkout of a basket; executed with it.',
  BSS: 'By an account manager on behalf of a customer; waits to be executed.',
});

export enum OrderState {
  SUBMITTED = 'SUBMITTED',
  EXECUTING = 'EXECUTING',
  COMPLETED = 'COMPLETED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}
register('OrderState', OrderState, 'What became of an order.', {
  SUBMITTED: 'Placed, not executed.',
  EXECUTING: 'Executed: its services are being provisioned.',
  COMPLETED: 'Every line is provisioned.',
  FAILED: 'Some line failed; it can be retried.',
  CANCELLED: 'Withdrawn before execution.',
});

export enum OrderAction {
  EXECUTE = 'EXECUTE',
  CANCEL = 'CANCEL',
  RETRY = 'RETRY',
}
register('OrderAction', OrderAction, 'What can be done to an order.', {
  EXECUTE: '`executeOrder`.',
  CANCEL: '`cancelOrder`.',
  RETRY: '`retryProvisioning` of a failed operation of the order.',
});

export enum CloudSubscriptionState {
  PENDING = 'PENDING',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  PENDING_CANCELLATION = 'PENDING_CANCELLATION',
  CANCELLED = 'CANCELLED',
}
register('CloudSubscriptionState', CloudSubscriptionState, 'The business state of a subscription.', {
  PENDING: 'Ordered, not provisioned yet.',
  ACTIVE: 'In use.',
  SUSPENDED: 'Held by the distributor; not usable.',
  PENDING_CANCELLATION: 'Cancelled at the end of the billing period; usable until then.',
  CANCELLED: 'Ended, and the provider has said so.',
});

export enum CloudSubscriptionAction {
  BUY_ADDONS = 'BUY_ADDONS',
  REQUEST_CANCELLATION = 'REQUEST_CANCELLATION',
  WITHDRAW_CANCELLATION = 'WITHDRAW_CANCELLATION',
  DECIDE_CANCELLATION = 'DECIDE_CANCELLATION',
  RETRY_PROVISIONING = 'RETRY_PROVISIONING',
}
register('CloudSubscriptionAction', CloudSubscriptionAction, 'What can be done to a subscription.', {
  BUY_ADDONS: '`addToBasket` or `placeOrder` with its `subscriptionId`.',
  REQUEST_CANCELLATION: '`requestCancellation`.',
  WITHDRAW_CANCELLATION: '`withdrawCancellation` of the open request.',
  DECIDE_CANCELLATION: '`decideCancellation` of the open request.',
  RETRY_PROVISIONING: '`retryProvisioning` of the failed operation.',
});

export enum CancellationTiming {
  IMMEDIATE = 'IMMEDIATE',
  END_OF_PERIOD = 'END_OF_PERIOD',
}
register('CancellationTiming', CancellationTiming, 'When an accepted cancellation takes effect.', {
  IMMEDIATE: 'As soon as it is accepted.',
  END_OF_PERIOD: 'At the end of the current billing period.',
});

export enum CancellationRequestState {
  PENDING = 'PENDING',
  ACCEPTED = 'ACCEPTED',
  REJECTED = 'REJECTED',
  WITHDRAWN = 'WITHDRAWN',
  COMPLETED = 'COMPLETED',
}
register('CancellationRequestState', CancellationRequestState, 'What became of a cancellation request.', {
  PENDING: 'Waits for the account manager.',
  ACCEPTED: 'Accepted; the provider has not confirmed yet, or the end of the period is not reached.',
  REJECTED: 'The account manager said no; the subscription goes on.',
  WITHDRAWN: 'Taken back by the requester.',
  COMPLETED: 'Carried out.',
});

export enum CancellationDecision {
  ACCEPT = 'ACCEPT',
  REJECT = 'REJECT',
}
register('CancellationDecision', CancellationDecision, "The account manager's decision.", {
  ACCEPT: 'The subscription is cancelled.',
  REJECT: 'The subscription goes on.',
});

export enum OperationKind {
  PROVISION = 'PROVISION',
  ADD_ADDONS = 'ADD_ADDONS',
  DEPROVISION = 'DEPROVISION',
}
register('OperationKind', OperationKind, 'What a provisioning operation is for.', {
  PROVISION: 'A new subscription.',
  ADD_ADDONS: 'Add-ons for a live subscription.',
  DEPROVISION: 'The end of a subscription.',
});

export enum OperationState {
  PENDING = 'PENDING',
  RUNNING = 'RUNNING',
  SUCCEEDED = 'SUCCEEDED',
  FAILED = 'FAILED',
}
register('OperationState', OperationState, 'How far a provisioning operation is.', {
  PENDING: 'Waits for a worker.',
  RUNNING: 'A worker is at it, or the next attempt is scheduled.',
  SUCCEEDED: 'Every step is done.',
  FAILED: 'Stopped; a person may retry it.',
});

export enum StepName {
  CREATE_SUBSCRIPTION = 'CREATE_SUBSCRIPTION',
  SYNCHRONIZE_RESELLER = 'SYNCHRONIZE_RESELLER',
  IMPORT_CUSTOMER = 'IMPORT_CUSTOMER',
  ASSIGN_LICENSE = 'ASSIGN_LICENSE',
  ASSIGN_ADDONS = 'ASSIGN_ADDONS',
  ACTIVATE_SERVICE = 'ACTIVATE_SERVICE',
  CANCEL_SERVICE = 'CANCEL_SERVICE',
}
register('StepName', StepName, 'A step of a provisioning operation.', {
  CREATE_SUBSCRIPTION: 'The subscription is recorded here.',
  SYNCHRONIZE_RESELLER: 'The provider knows the reseller, matched by its e-mail.',
  IMPORT_CUSTOMER: 'The provider knows the recipient, under the reseller where there is one.',
  ASSIGN_LICENSE: "The base product is assigned to the recipient's account at the provider.",
  ASSIGN_ADDONS: 'The add-ons are assigned.',
  ACTIVATE_SERVICE: 'The subscription is active here, with its capacity.',
  CANCEL_SERVICE: 'The provider has ended the subscription.',
});

export enum StepState {
  PENDING = 'PENDING',
  RUNNING = 'RUNNING',
  SUCCEEDED = 'SUCCEEDED',
  SKIPPED = 'SKIPPED',
  RETRYING = 'RETRYING',
  FAILED = 'FAILED',
}
register('StepState', StepState, 'How far a step is.', {
  PENDING: 'Not begun.',
  RUNNING: 'Being carried out, here or at the provider.',
  SUCCEEDED: 'Done.',
  SKIPPED:
    'Not needed: the account was synchronized before or the provider keeps none, there is no reseller, there are no add-ons.',
  RETRYING: 'A passing fault; tried again at `nextAttemptAt`.',
  FAILED: 'Stopped; see the error.',
});

export enum ProvisioningErrorCode {
  REJECTED = 'REJECTED',
  UNAVAILABLE = 'UNAVAILABLE',
  TIMEOUT = 'TIMEOUT',
  OUTCOME_UNKNOWN = 'OUTCOME_UNKNOWN',
  BAD_RESPONSE = 'BAD_RESPONSE',
  UNAUTHORIZED = 'UNAUTHORIZED',
}
register('ProvisioningErrorCode', ProvisioningErrorCode, 'What went wrong with a call to the provider.', {
  REJECTED: 'The provider said no.',
  UNAVAILABLE: 'The provider could not be reached, or said that it is not available.',
  TIMEOUT: 'No connection within the time allowed; nothing was sent.',
  OUTCOME_UNKNOWN: 'The call may or may not have taken effect.',
  BAD_RESPONSE: 'The answer could not be read.',
  UNAUTHORIZED: 'The provider does not accept our credentials.',
});

export enum CatalogImportState {
  RUNNING = 'RUNNING',
  SUCCEEDED = 'SUCCEEDED',
  FAILED = 'FAILED',
}
register('CatalogImportState', CatalogImportState, 'How far an import of a catalog is.', {
  RUNNING: 'Under way; `done` of `total` services are finished.',
  SUCCEEDED: 'Finished.',
  FAILED: 'Stopped; what is in `changes` stays done, and another import goes on from there.',
});

export enum CatalogItemKind {
  SERVICE = 'SERVICE',
  PRODUCT = 'PRODUCT',
  ADDON = 'ADDON',
}
register('CatalogItemKind', CatalogItemKind, 'What a change of the catalog is about.', {
  SERVICE: 'A kind of service with its rules.',
  PRODUCT: 'A product.',
  ADDON: 'An add-on.',
});

export enum CatalogChangeKind {
  ADD = 'ADD',
  UPDATE = 'UPDATE',
  KEEP = 'KEEP',
  WITHDRAW = 'WITHDRAW',
}
register('CatalogChangeKind', CatalogChangeKind, 'What an import does with something.', {
  ADD: 'It is new. Products and add-ons come unpublished: a person looks at them first.',
  UPDATE: 'The provider changed the value, and nobody here had.',
  KEEP: "It differs from the provider's, and was edited here: it stays as it is.",
  WITHDRAW: 'The provider no longer offers it: it is no longer published.',
});

export enum StreamResetReason {
  CURSOR_EXPIRED = 'CURSOR_EXPIRED',
  TOO_SLOW = 'TOO_SLOW',
}
register('StreamResetReason', StreamResetReason, 'Why messages were lost to a reader.', {
  CURSOR_EXPIRED: '`after` is older than what is kept.',
  TOO_SLOW: 'The reader fell too far behind.',
});

export enum WebhookState {
  ENABLED = 'ENABLED',
  DISABLED = 'DISABLED',
}
register('WebhookState', WebhookState, 'Whether the events of a webhook are posted.', {
  ENABLED: 'They are.',
  DISABLED: 'They wait: when it is enabled again it goes on where it was.',
});

export enum WebhookDeliveryState {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
  WITHHELD = 'WITHHELD',
}
register('WebhookDeliveryState', WebhookDeliveryState, 'What became of a delivery.', {
  PENDING: 'Waits for its turn, or for the next attempt.',
  DELIVERED: 'The receiver took it: it answered with a status from 200 to 299.',
  FAILED: 'Given up; `redeliver` tries it anew.',
  WITHHELD: 'Not sent: the account may no longer see what it is about, or the event is no longer kept.',
});
