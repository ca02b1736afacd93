import { CloudSubscriptionAction } from '../../entities';
import type { UserError } from '../../errors';
import { type Action, type Actor, actionError, customerError } from '../../policies';
import {
  buyAddonsError,
  decideError,
  failedOperation,
  nothingToRetry,
  openRequestsOf,
  renameError,
  requestCancellationError,
  retryError,
  type SubscriptionActivity,
  withdrawError,
} from './subscription-rules';

/** Availability of an action, with the error that its mutation would give. */
export interface Availability<Name> {
  action: Name;
  allowed: boolean;
  blockedBy: UserError | null;
}

type Rule = (activity: SubscriptionActivity, actor: Actor) => UserError | null;

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
  DECIDE_CANCELLATION: ['decideCancellation', ({ request }, actor) => decideError(request, actor)],
  RETRY_PROVISIONING: [
    'retryProvisioning',
    activity => {
      const operation = failedOperation(activity);
      return operation ? retryError(operation, activity) : nothingToRetry();
    },
  ],
  RENAME: ['renameSubscription', ({ subscription }) => renameError(subscription)],
};

/** Available actions of `actor` on a visible subscription. */
export function subscriptionActions(
  actor: Actor,
  activity: SubscriptionActivity,
): Availability<CloudSubscriptionAction>[] {
  return Object.values(CloudSubscriptionAction).map(action => {
    const [mutation, rule] = actions[action];
    const blockedBy = actionError(actor, mutation) ?? rule(activity, actor);
    return { action, allowed: blockedBy === null, blockedBy };
  });
}
