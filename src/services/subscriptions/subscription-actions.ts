import {
  type CancellationRequest,
  CloudSubscriptionAction,
  type SubscriptionChange,
  type User,
} from '../../entities';
import type { UserError } from '../../errors';
import { type Action, type Actor, actionError, customerError } from '../../policies';
import { openRequestsOf, type SubscriptionActivity } from './activity';
import {
  abandonError,
  buyAddonsError,
  decideChangeError,
  decideError,
  failedOperation,
  nothingToAbandon,
  nothingToRetry,
  type Requested,
  renameError,
  requestCancellationError,
  requestChangeError,
  resumeError,
  retryError,
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

/** Facts beyond the activity of the subscription that rules need. */
export interface ActionFacts {
  /** True if the provider of the subscription can suspend. */
  hasSuspension: boolean;
  /** Users who opened the open request and the open change. */
  requesters: readonly User[];
}

type Rule = (activity: SubscriptionActivity, actor: Actor, facts: ActionFacts) => UserError | null;

function requestedBy<T extends CancellationRequest | SubscriptionChange>(
  requesters: readonly User[],
  open: T | null,
): Requested<T> | null {
  const requester = requesters.find(({ id }) => id === open?.requestedById);
  if (open && !requester) throw new Error(`The requester of ${open.id} was not read.`);
  return open && requester ? { open, requester } : null;
}

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
  WITHDRAW_CANCELLATION: [
    'withdrawCancellation',
    ({ request }, actor, { requesters }) => withdrawError(requestedBy(requesters, request), actor),
  ],
  CHANGE: ['requestSubscriptionChange', activity => requestChangeError(openRequestsOf(activity))],
  DECIDE_CHANGE: ['decideSubscriptionChange', ({ change }, actor) => decideChangeError(change, actor)],
  WITHDRAW_CHANGE: [
    'withdrawSubscriptionChange',
    ({ change }, actor, { requesters }) => withdrawChangeError(requestedBy(requesters, change), actor),
  ],
  DECIDE_CANCELLATION: ['decideCancellation', ({ request }, actor) => decideError(request, actor)],
  SUSPEND: [
    'suspendSubscription',
    (activity, _actor, { hasSuspension }) => suspendError(openRequestsOf(activity), hasSuspension),
  ],
  RESUME: [
    'resumeSubscription',
    (activity, _actor, { hasSuspension }) => resumeError(openRequestsOf(activity), hasSuspension),
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

/** Available actions of `actor` on a visible subscription. */
export function subscriptionActions(
  actor: Actor,
  activity: SubscriptionActivity,
  facts: ActionFacts,
): Availability<CloudSubscriptionAction>[] {
  return Object.values(CloudSubscriptionAction).map(action => {
    const [mutation, rule] = actions[action];
    const blockedBy = actionError(actor, mutation) ?? rule(activity, actor, facts);
    return { action, allowed: blockedBy === null, blockedBy };
  });
}
