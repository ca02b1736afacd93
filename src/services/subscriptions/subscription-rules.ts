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

/** Error that blocks the withdrawal of the open request. */
export function withdrawError(request: CancellationRequest | null): UserError | null {
  if (!request) return invalidState('There is no open cancellation request.', ['requestId']);
  if (canWithdraw(request)) return null;
  return invalidState(`The request is ${request.state.toLowerCase()}; it cannot be withdrawn any more.`, [
    'requestId',
  ]);
}

/** Error that blocks the decision of the request. */
export function decideError(request: CancellationRequest | null): UserError | null {
  if (!request) return invalidState('There is no open cancellation request.', ['requestId']);
  if (request.state === CancellationRequestState.PENDING) return null;
  return invalidState(`The request is ${request.state.toLowerCase()} already.`, ['requestId']);
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
  UNDO: [
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
  const { subscription } = activity;
  if (operation.state !== OperationState.FAILED) {
    return invalidState(
      `Only a failed operation can be retried; this one is ${operation.state.toLowerCase()}.`,
      path,
    );
  }
  const blocked = otherWorkError(operation, activity);
  if (blocked) return blocked;
  if (retryableStates[operation.kind].includes(subscription.state)) return null;
  return invalidState(
    `${subscription.friendlyName} is ${subscription.state.toLowerCase().replace('_', ' ')}; there is nothing to retry.`,
    path,
  );
}

/** Error that blocks work on a failed operation: an open operation, or the open request of another one. */
function otherWorkError(operation: ProvisioningOperation, activity: SubscriptionActivity): UserError | null {
  const path = ['operationId'];
  if (activity.operations.some(isOpen)) return subscriptionBusy(activity.subscription.friendlyName, path);
  const { request } = activity;
  return request && request.id !== operation.requestId ? requestError(openRequestsOf(activity), path) : null;
}

/** There is no failed operation to abandon. */
export const nothingToAbandon = () => simple('OPERATION_NOT_FAILED', 'Nothing has failed.', null);

/** Error that blocks the abandonment of `operation`. */
export function abandonError(
  operation: ProvisioningOperation,
  activity: SubscriptionActivity,
): UserError | null {
  if (operation.state === OperationState.FAILED) return otherWorkError(operation, activity);
  return simple(
    'OPERATION_NOT_FAILED',
    `Only a failed operation can be abandoned; this one is ${operation.state.toLowerCase()}.`,
    ['operationId'],
  );
}

/** Rule about a failed operation. */
type FailureRule = typeof retryError;

/** Failed operation that an action refers to: the latest that `rule` permits it for, or else the latest. */
export function failedOperation(
  activity: SubscriptionActivity,
  rule: FailureRule,
): ProvisioningOperation | undefined {
  const failed = activity.operations.filter(({ state }) => state === OperationState.FAILED);
  return failed.findLast(operation => rule(operation, activity) === null) ?? failed.at(-1);
}
