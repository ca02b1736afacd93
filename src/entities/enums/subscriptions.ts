import { defineEnum } from './define-enum';

export const CloudSubscriptionState = defineEnum('CloudSubscriptionState', 'State of a subscription.', {
  PENDING: 'Ordered, not provisioned yet.',
  ACTIVE: 'In use.',
  SUSPENDED: 'Suspended by the distributor. Not usable.',
  PENDING_CANCELLATION: 'Ends with the current billing period. Usable until then.',
  CANCELLED: 'Ended.',
});
export type CloudSubscriptionState = keyof typeof CloudSubscriptionState;

export const CloudSubscriptionAction = defineEnum('CloudSubscriptionAction', 'Action on a subscription.', {
  BUY_ADDONS: '`addToBasket` or `placeOrder` with its `subscriptionId`.',
  REQUEST_CANCELLATION: '`requestCancellation`.',
  WITHDRAW_CANCELLATION: '`withdrawCancellation` of the open request.',
  DECIDE_CANCELLATION: '`decideCancellation` of the open request.',
  RETRY_PROVISIONING: '`retryProvisioning` of the failed operation.',
  ABANDON: '`abandonOperation` of the failed operation.',
  RENAME: '`renameSubscription`.',
});
export type CloudSubscriptionAction = keyof typeof CloudSubscriptionAction;

export const CancellationTiming = defineEnum(
  'CancellationTiming',
  'Time at which an accepted cancellation takes effect.',
  {
    IMMEDIATE: 'On acceptance.',
    END_OF_PERIOD: 'At the end of the current billing period.',
  },
);
export type CancellationTiming = keyof typeof CancellationTiming;

export const CancellationRequestState = defineEnum(
  'CancellationRequestState',
  'State of a cancellation request.',
  {
    PENDING: 'Waiting for the decision of the account manager.',
    ACCEPTED: 'Accepted. The provider has not confirmed yet, or the billing period has not ended.',
    REJECTED: 'Rejected by the account manager. The subscription continues.',
    WITHDRAWN: 'Withdrawn by the requester.',
    COMPLETED: 'The subscription has ended.',
    FAILED:
      'The provider did not end the subscription, and the operation was abandoned. The subscription continues.',
  },
);
export type CancellationRequestState = keyof typeof CancellationRequestState;

export const CancellationDecision = defineEnum('CancellationDecision', 'Decision of the account manager.', {
  ACCEPT: 'The subscription is cancelled.',
  REJECT: 'The subscription continues.',
});
export type CancellationDecision = keyof typeof CancellationDecision;
