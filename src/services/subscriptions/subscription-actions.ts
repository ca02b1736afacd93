import { CloudSubscriptionAction } from '../../entities';
import type { UserError } from '../../errors';
import { type Action, type Actor, actionError, customerError } from '../../policies';
import {
  abandonError,
  buyAddonsError,
  decideChangeError,
  decideError,
  failedOperation,
  nothingToAbandon,
  nothingToRetry,
  openRequestsOf,
  renameError,
  requestCancellationError,
  requestChangeError,
  resumeError,
  retryError,
  type SubscriptionActivity,
  suspendError,
  withdrawChangeError,
  withdrawError,
} from './subscription-rules';

/** Availability of an action, with the error that its mutation would give. */
export interface Availability<Name> {
  action: Name;
  allowed: boolean;
  blockedBy: UserError | null;
}

type Rule = (activity: SubscriptionActivity, actor: Actor, hasSuspension: boolean) => UserError | null;

/** Each action, the mutation whose roles it needs, and the rule that the mutation asks. */
const actions: Record<CloudSubscriptionAction, readonly [Action, Rule]> = {
  BUY_ADDONS: [
    'buyAddons',
    (activity, actor) =>
      customerError(actor, activity.subscription) ?? buyAddonsError(openRequestsOf(activity)),
  ],
  REQUEST_CANCELLATION: [
    'requestCancellation',
    activity => requestCancellationError(openRequestsOf(activity)),
  ],
  WITHDRAW_CANCELLATION: ['withdrawCancellation', ({ request }, actor) => withdrawError(request, actor)],
  CHANGE: ['requestSubscriptionChange', activity => requestChangeError(openRequestsOf(activity))],
  DECIDE_CHANGE: ['decideSubscriptionChange', ({ change }, actor) => decideChangeError(change, actor)],
  WITHDRAW_CHANGE: ['withdrawSubscriptionChange', ({ change }, actor) => withdrawChangeError(change, actor)],
  DECIDE_CANCELLATION: ['decideCancellation', ({ request }, actor) => decideError(request, actor)],
  SUSPEND: [
    'suspendSubscription',
    (activity, _actor, hasSuspension) => suspendError(openRequestsOf(activity), hasSuspension),
  ],
  RESUME: [
    'resumeSubscription',
    (activity, _actor, hasSuspension) => resumeError(openRequestsOf(activity), hasSuspension),
  ],
  RETRY_PROVISIONING: [
    'retryProvisioning',
    activity => {
      const operation = failedOperation(activity, retryError);
      return operation ? retryError(operation, activity) : nothingToRetry();
    },
  ],
  ABANDON: [
    'abandonOperation',
    activity => {
      const operation = failedOperation(activity, abandonError);
      return operation ? abandonError(operation, activity) : nothingToAbandon();
    },
  ],
  RENAME: ['renameSubscription', ({ subscription }) => renameError(subscription)],
};

/** Available actions of `actor` on a visible subscription. `hasSuspension`: whether its provider can suspend. */
export function subscriptionActions(
  actor: Actor,
  activity: SubscriptionActivity,
  hasSuspension: boolean,
): Availability<CloudSubscriptionAction>[] {
  return Object.values(CloudSubscriptionAction).map(action => {
    const [mutation, rule] = actions[action];
    const blockedBy = actionError(actor, mutation) ?? rule(activity, actor, hasSuspension);
    return { action, allowed: blockedBy === null, blockedBy };
  });
}
