import { registerEnum } from './register-enum';

export enum CloudSubscriptionState {
  PENDING = 'PENDING',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  PENDING_CANCELLATION = 'PENDING_CANCELLATION',
  CANCELLED = 'CANCELLED',
}
registerEnum('CloudSubscriptionState', CloudSubscriptionState, 'The business state of a subscription.', {
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
registerEnum('CloudSubscriptionAction', CloudSubscriptionAction, 'What can be done to a subscription.', {
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
registerEnum('CancellationTiming', CancellationTiming, 'When an accepted cancellation takes effect.', {
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
registerEnum('CancellationRequestState', CancellationRequestState, 'What became of a cancellation request.', {
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
registerEnum('CancellationDecision', CancellationDecision, "The account manager's decision.", {
  ACCEPT: 'The subscription is cancelled.',
  REJECT: 'The subscription goes on.',
});
