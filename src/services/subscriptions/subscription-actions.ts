import { CloudSubscriptionAction } from '../../entities';
import type { UserError } from '../../errors';
import { type Action, type Actor, actionError, customerError } from '../../policies';
import {
  buyAddonsError,
  decideError,
  failedOperation,
  nothingToRetry,
  openRequestsOf,
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

type Rule = (matters: SubscriptionActivity, actor: Actor) => UserError | null;

/** Each action, the mutation whose roles it needs, and the rule that the mutation asks. */
const actions: Record<CloudSubscriptionAction, readonly [Action, Rule]> = {
  BUY_ADDONS: [
    'buyAddons',
    (matters, actor) => customerError(actor, matters.subscription) ?? buyAddonsError(openRequestsOf(matters)),
  ],
  REQUEST_CANCELLATION: ['requestCancellation', matters => requestCancellationError(openRequestsOf(matters))],
  WITHDRAW_CANCELLATION: ['withdrawCancellation', ({ request }) => withdrawError(request)],
  DECIDE_CANCELLATION: ['decideCancellation', ({ request }) => decideError(request)],
  RETRY_PROVISIONING: [
    'retryProvisioning',
    matters => {
      const operation = failedOperation(matters);
      return operation ? retryError(operation, matters) : nothingToRetry();
    },
  ],
};

/** Available actions of `actor` on a visible subscription. */
export function subscriptionActions(
  actor: Actor,
  matters: SubscriptionActivity,
): Availability<CloudSubscriptionAction>[] {
  return Object.values(CloudSubscriptionAction).map(action => {
    const [mutation, rule] = actions[action];
    const blockedBy = actionError(actor, mutation) ?? rule(matters, actor);
    return { action, allowed: blockedBy === null, blockedBy };
  });
}
