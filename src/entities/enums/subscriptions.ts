import { defineEnum } from './define-enum';

export const CloudSubscriptionState = defineEnum(
  'CloudSubscriptionState',
  'The business state of a subscription.',
  {
    PENDING: 'Ordered, not provisioned yet.',
    ACTIVE: 'In use.',
    SUSPENDED: 'Held by the distributor; not usable.',
    PENDING_CANCELLATION: 'Cancelled at the end of the billing period; usable until then.',
    CANCELLED: 'Ended, and the provider has said so.',
  },
);
export type CloudSubscriptionState = keyof typeof CloudSubscriptionState;

export const CloudSubscriptionAction = defineEnum(
  'CloudSubscriptionAction',
  'What can be done to a subscription.',
  {
    BUY_ADDONS: '`addToBasket` or `placeOrder` with its `subscriptionId`.',
    REQUEST_CANCELLATION: '`requestCancellation`.',
    WITHDRAW_CANCELLATION: '`withdrawCancellation` of the open request.',
    DECIDE_CANCELLATION: '`decideCancellation` of the open request.',
    RETRY_PROVISIONING: '`retryProvisioning` of the failed operation.',
  },
);
export type CloudSubscriptionAction = keyof typeof CloudSubscriptionAction;

export const CancellationTiming = defineEnum(
  'CancellationTiming',
  'When an accepted cancellation takes effect.',
  {
    IMMEDIATE: 'As soon as it is accepted.',
    END_OF_PERIOD: 'At the end of the current billing period.',
  },
);
export type CancellationTiming = keyof typeof CancellationTiming;

export const CancellationRequestState = defineEnum(
  'CancellationRequestState',
  'What became of a cancellation request.',
  {
    PENDING: 'Waits for the account manager.',
    ACCEPTED: 'Accepted; the provider has not confirmed yet, or the end of the period is not reached.',
    REJECTED: 'The account manager said no; the subscription goes on.',
    WITHDRAWN: 'Taken back by the requester.',
    COMPLETED: 'Carried out.',
  },
);
export type CancellationRequestState = keyof typeof CancellationRequestState;

export const CancellationDecision = defineEnum('CancellationDecision', "The account manager's decision.", {
  ACCEPT: 'The subscription is cancelled.',
  REJECT: 'The subscription goes on.',
});
export type CancellationDecision = keyof typeof CancellationDecision;
