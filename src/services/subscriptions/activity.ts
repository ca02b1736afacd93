import {
  type CancellationRequest,
  type CloudSubscription,
  OperationState,
  type ProvisioningOperation,
  type SubscriptionChange,
} from '../../entities';
import type { OpenWork } from '../../store';

/** Subscription with its open work. */
export interface OpenRequests extends OpenWork {
  subscription: CloudSubscription;
}

/** Subscription with its operations, its open request and its open change, read at one time. */
export interface SubscriptionActivity {
  subscription: CloudSubscription;
  /** All of its operations, oldest first. */
  operations: readonly ProvisioningOperation[];
  /** Open cancellation request, if any. */
  request: CancellationRequest | null;
  /** Open change, if any. */
  change: SubscriptionChange | null;
}

const isOpen = ({ state }: ProvisioningOperation) =>
  state === OperationState.PENDING || state === OperationState.RUNNING;

/** Whether `id` is the id of the open request or change. */
export const isOf = (id: string | null, open: { id: string } | null) => id !== null && id === open?.id;

/** Whether an operation has failed and is not settled. */
export const hasFailed = ({ state }: ProvisioningOperation) => state === OperationState.FAILED;

/** Whether an open request or change waits for a decision, or for the end of the period. */
export const canWithdraw = ({ state, effectiveAt }: CancellationRequest | SubscriptionChange) =>
  state === 'PENDING' || (state === 'ACCEPTED' && effectiveAt !== null);

/** Reduces the activity of a subscription to its open work. */
export function openRequestsOf(activity: SubscriptionActivity): OpenRequests {
  const { subscription, operations, request, change } = activity;
  const failures = operations.filter(hasFailed);
  return {
    subscription,
    busy: operations.some(isOpen),
    failed: !failures.every(({ requestId, changeId }) => isOf(requestId, request) || isOf(changeId, change)),
    request: request && {
      id: request.id,
      withdrawable: canWithdraw(request),
      failed: failures.some(({ requestId }) => requestId === request.id),
    },
    change: change && {
      id: change.id,
      withdrawable: canWithdraw(change),
      failed: failures.some(({ changeId }) => changeId === change.id),
    },
  };
}
