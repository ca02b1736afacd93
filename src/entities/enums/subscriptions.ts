import { registerEnum } from './register-enum';

export enum CloudSubscriptionState {
  PENDING = 'PENDING',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  PENDING_CANCELLATION = 'PENDING_CANCELLATION',
  CANCELLED = 'CANCELLED',
}
registerEnum('CloudSubscriptionState', CloudSubscriptionState, 'State of a subscription.', {
  PENDING: 'Ordered, not provisioned yet.',
  ACTIVE: 'In use.',
  SUSPENDED: 'Suspended by the distributor. Not usable.',
  PENDING_CANCELLATION: 'Ends with the current billing period. Usable until then.',
  CANCELLED: 'Ended, as confirmed by the provider.',
});

export enum CloudSubscriptionAction {
  BUY_ADDONS = 'BUY_ADDONS',
  REQUEST_CANCELLATION = 'REQUEST_CANCELLATION',
  WITHDRAW_CANCELLATION = 'WITHDRAW_CANCELLATION',
  DECIDE_CANCELLATION = 'DECIDE_CANCELLATION',
  RETRY_PROVISIONING = 'RETRY_PROVISIONING',
}
registerEnum('CloudSubscriptionAction', CloudSubscriptionAction, 'Action on a subscription.', {
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
registerEnum(
  'CancellationTiming',
  CancellationTiming,
  'Time at which an accepted cancellation takes effect.',
  {
    IMMEDIATE: 'On acceptance.',
    END_OF_PERIOD: 'At the end of the current billing period.',
  },
);

export enum CancellationRequestState {
  PENDING = 'PENDING',
  ACCEPTED = 'ACCEPTED',
  REJECTED = 'REJECTED',
  WITHDRAWN = 'WITHDRAWN',
  COMPLETED = 'COMPLETED',
}
registerEnum('CancellationRequestState', CancellationRequestState, 'State of a cancellation request.', {
  PENDING: 'Waiting for the decision of the account manager.',
  ACCEPTED: 'Accepted. The provider has not confirmed yet, or the billing period has not ended.',
  REJECTED: 'Rejected by the account manager. The subscription continues.',
  WITHDRAWN: 'Withdrawn by the requester.',
  COMPLETED: 'The subscription has ended.',
});

export enum CancellationDecision {
  ACCEPT = 'ACCEPT',
  REJECT = 'REJECT',
}
registerEnum('CancellationDecision', CancellationDecision, 'Decision of the account manager.', {
  ACCEPT: 'The subscription is cancelled.',
  REJECT: 'The subscription continues.',
});
