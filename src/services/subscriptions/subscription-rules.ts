import {
  type CancellationRequest,
  CancellationRequestState,
  type CloudSubscription,
  CloudSubscriptionState,
  OperationKind,
  OperationState,
  type ProvisioningOperation,
} from '../../entities';
import { cancellationAlreadyRequested, type Path, simple, type UserError } from '../../errors';
import { type Actor, decisionError, withdrawalError } from '../../policies';
import { subscriptionBusy } from '../../provisioning';

/** Subscription with its open operation and request. */
export interface OpenRequests {
  subscription: CloudSubscription;
  /** Whether an operation is open. */
  busy: boolean;
  /** Open cancellation request, if any. */
  request: { id: string; withdrawable: boolean } | null;
}

/** Subscription with its operations and its open request, read at one time. */
export interface SubscriptionActivity {
  subscription: CloudSubscription;
  /** All of its operations, oldest first. */
  operations: readonly ProvisioningOperation[];
  /** Open cancellation request, if any. */
  request: CancellationRequest | null;
}

const isOpen = ({ state }: ProvisioningOperation) =>
  state === OperationState.PENDING || state === OperationState.RUNNING;

const invalidState = (message: string, path: Path | null) => simple('INVALID_STATE', message, path);

/** Whether an open request waits for a decision, or for the end of the period. */
const canWithdraw = ({ state, effectiveAt }: CancellationRequest) =>
  state === CancellationRequestState.PENDING ||
  (state === CancellationRequestState.ACCEPTED && effectiveAt !== null);

/** Reduces the activity of a subscription to its open operation and request. */
export const openRequestsOf = ({
  subscription,
  operations,
  request,
}: SubscriptionActivity): OpenRequests => ({
  subscription,
  busy: operations.some(isOpen),
  request: request && { id: request.id, withdrawable: canWithdraw(request) },
});

/** Error that blocks a new name: the subscription has ended. */
export const renameError = ({ friendlyName, state }: CloudSubscription): UserError | null =>
  state === CloudSubscriptionState.CANCELLED
    ? invalidState(`${friendlyName} has ended; it cannot be renamed.`, ['subscriptionId'])
    : null;

/** Error that blocks any change of the subscription: an open request or operation. */
function changeError(activity: OpenRequests, path: Path): UserError | null {
  return requestError(activity, path) ?? busyError(activity, path);
}

function busyError(activity: OpenRequests, path: Path): UserError | null {
  return activity.busy ? subscriptionBusy(activity.subscription.friendlyName, path.map(String)) : null;
}

/** The open request as an error. One that is accepted and not carried out by an open operation has failed. */
function requestError({ request, busy: open }: OpenRequests, path: Path): UserError | null {
  if (!request) return null;
  const standing = request.withdrawable ? 'withdrawable' : open ? 'underway' : 'failed';
  return cancellationAlreadyRequested(request.id, standing, path);
}

/** Error that blocks buying add-ons; checked by the basket, by orders and by `availableActions`. */
export function buyAddonsError(activity: OpenRequests, path: Path = ['subscriptionId']): UserError | null {
  const { subscription } = activity;
  const changing = changeError(activity, path);
  if (changing || subscription.state === CloudSubscriptionState.ACTIVE) return changing;
  return invalidState(`${subscription.friendlyName} is not active, so nothing can be added to it.`, path);
}

/** Error that blocks a cancellation request. */
export function requestCancellationError(activity: OpenRequests): UserError | null {
  const path = ['subscriptionId'];
  const { subscription } = activity;
  if (subscription.state === CloudSubscriptionState.CANCELLED) {
    return invalidState(`${subscription.friendlyName} has ended already.`, path);
  }
  return changeError(activity, path);
}

/** Error that blocks the withdrawal of the open request by `actor`. */
export function withdrawError(request: CancellationRequest | null, actor: Actor): UserError | null {
  const path = ['requestId'];
  if (!request) return invalidState('There is no open cancellation request.', path);
  if (canWithdraw(request)) return withdrawalError(actor, request, path);
  return invalidState(
    `The request is ${request.state.toLowerCase()}; it cannot be withdrawn any more.`,
    path,
  );
}

/** Error that blocks the decision of the request by `actor`. */
export function decideError(request: CancellationRequest | null, actor: Actor): UserError | null {
  const path = ['requestId'];
  if (!request) return invalidState('There is no open cancellation request.', path);
  if (request.state === CancellationRequestState.PENDING) return decisionError(actor, request.awaiting, path);
  return invalidState(`The request is ${request.state.toLowerCase()} already.`, path);
}

/** For each kind of operation, the states of the subscription in which it still makes sense. */
const retryableStates: Record<OperationKind, readonly CloudSubscriptionState[]> = {
  PROVISION: [CloudSubscriptionState.PENDING],
  ADD_ADDONS: [CloudSubscriptionState.ACTIVE],
  DEPROVISION: [
    CloudSubscriptionState.PENDING,
    CloudSubscriptionState.ACTIVE,
    CloudSubscriptionState.SUSPENDED,
    CloudSubscriptionState.PENDING_CANCELLATION,
  ],
};

/** There is no failed operation to retry. */
export const nothingToRetry = () => invalidState('Nothing has failed.', null);

/** Error that blocks a retry of `operation`. */
export function retryError(
  operation: ProvisioningOperation,
  activity: SubscriptionActivity,
): UserError | null {
  const path = ['operationId'];
  const { subscription, request } = activity;
  if (operation.state !== OperationState.FAILED) {
    return invalidState(
      `Only a failed operation can be retried; this one is ${operation.state.toLowerCase()}.`,
      path,
    );
  }
  if (activity.operations.some(isOpen)) return subscriptionBusy(subscription.friendlyName, path);
  if (request && request.id !== operation.requestId) return requestError(openRequestsOf(activity), path);
  if (retryableStates[operation.kind].includes(subscription.state)) return null;
  return invalidState(
    `${subscription.friendlyName} is ${subscription.state.toLowerCase().replace('_', ' ')}; there is nothing to retry.`,
    path,
  );
}

/** Failed operation that a retry refers to: the latest that can be retried, or else the latest. */
export function failedOperation(activity: SubscriptionActivity): ProvisioningOperation | undefined {
  const failed = activity.operations.filter(({ state }) => state === OperationState.FAILED);
  return failed.findLast(operation => retryError(operation, activity) === null) ?? failed.at(-1);
}
