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
  DECIDE_CANCELLATION:
    '`decideCancellation` of the open request. An ACCEPT is refused with SUBSCRIPTION_BUSY while an operation is in progress.',
  CHANGE: '`requestSubscriptionChange`.',
  DECIDE_CHANGE:
    '`decideSubscriptionChange` of the open change. An ACCEPT of an immediate change is refused while an operation is in progress or has failed, or the subscription is suspended.',
  WITHDRAW_CHANGE: '`withdrawSubscriptionChange` of the open change.',
  SUSPEND: '`suspendSubscription`.',
  RESUME: '`resumeSubscription`.',
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
    PENDING: 'Waiting for a decision. `awaiting` names the decider.',
    ACCEPTED: 'Accepted. The provider has not confirmed yet, or the billing period has not ended.',
    REJECTED: 'Rejected. The subscription continues.',
    WITHDRAWN: 'Withdrawn by the requester.',
    COMPLETED: 'The subscription has ended.',
    FAILED:
      'The provider did not end the subscription, and the operation was abandoned. The subscription continues.',
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

export const ChangeTiming = defineEnum('ChangeTiming', 'Time at which a change takes effect.', {
  IMMEDIATE: 'At once, or on acceptance if it needs a decision.',
  END_OF_PERIOD: 'At the end of the current billing period.',
});
export type ChangeTiming = keyof typeof ChangeTiming;

export const ChangeDecision = defineEnum('ChangeDecision', 'Decision on a change of a subscription.', {
  ACCEPT: 'The change takes effect, or is forwarded to the distributor.',
  REJECT: 'The subscription stays as it is.',
});
export type ChangeDecision = keyof typeof ChangeDecision;

export const ChangeKind = defineEnum('ChangeKind', 'Kind of change of a subscription.', {
  ADD_ADDONS: 'More units of an add-on.',
  REDUCE_ADDONS: 'Fewer units of an add-on, or none.',
  UPGRADE: 'A larger product of the same service.',
  DOWNGRADE: 'A smaller product of the same service.',
});
export type ChangeKind = keyof typeof ChangeKind;

export const SubscriptionChangeState = defineEnum(
  'SubscriptionChangeState',
  'State of a change of a subscription.',
  {
    PENDING: 'Waiting for a decision. `awaiting` says whose.',
    ACCEPTED: 'Accepted. The provider has not confirmed yet, or the billing period has not ended.',
    COMPLETED: 'Confirmed by the provider. The subscription has changed.',
    REJECTED: 'Rejected. The subscription stays as it is.',
    WITHDRAWN: 'Withdrawn before it took effect.',
    FAILED: 'Its operation was abandoned.',
  },
);
export type SubscriptionChangeState = keyof typeof SubscriptionChangeState;
