import { defineEnum } from './define-enum';

export const CloudSubscriptionState = defineEnum('CloudSubscriptionState', 'State of a subscription.', {
  PENDING: 'Ordered, not provisioned yet.',
  ACTIVE: 'In use.',
  SUSPENDED: 'Suspended by the distributor. Not usable.',
  PENDING_CANCELLATION: 'Ends with the current billing period. Usable until then.',
  CANCELLED: 'Ended, as confirmed by the provider.',
});
export type CloudSubscriptionState = keyof typeof CloudSubscriptionState;

export const CloudSubscriptionAction = defineEnum('CloudSubscriptionAction', 'Action on a subscription.', {
  BUY_ADDONS: '`addToBasket` or `placeOrder` with its `subscriptionId`.',
  REQUEST_CANCELLATION: '`requestCancellation`.',
  WITHDRAW_CANCELLATION: '`withdrawCancellation` of the open request.',
  DECIDE_CANCELLATION: '`decideCancellation` of the open request.',
  RETRY_PROVISIONING: '`retryProvisioning` of the failed operation.',
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
    PENDING: 'Waiting for a decision. `awaiting` names the decider.',
    ACCEPTED: 'Accepted. The provider has not confirmed yet, or the billing period has not ended.',
    REJECTED: 'Rejected. The subscription continues.',
    WITHDRAWN: 'Withdrawn by the requester.',
    COMPLETED: 'The subscription has ended.',
  },
);
export type CancellationRequestState = keyof typeof CancellationRequestState;

export const Decider = defineEnum('Decider', 'Party that has to decide next.', {
  RESELLER: 'The reseller of the account.',
  DISTRIBUTOR: 'The account manager, its deputy, or an administrator.',
});
export type Decider = keyof typeof Decider;

export const CancellationDecision = defineEnum(
  'CancellationDecision',
  'Decision on a cancellation request.',
  {
    ACCEPT:
      'The subscription is cancelled. If a reseller accepts and the service requires a decision, the request then awaits DISTRIBUTOR.',
    REJECT: 'The subscription continues.',
  },
);
export type CancellationDecision = keyof typeof CancellationDecision;
