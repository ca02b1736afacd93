import {
  type CancellationRequest,
  type CloudSubscription,
  type ProvisioningOperation,
  type SubscriptionChange,
  type User,
} from '../../entities';
import { type Path, simple, type UserError } from '../../errors';
import { type Actor, decisionError, retryableStates, withdrawalError } from '../../policies';
import type { OpenWork } from '../../store';
import {
  canWithdraw,
  hasFailed,
  isOf,
  type OpenRequests,
  openRequestsOf,
  type SubscriptionActivity,
} from './activity';
import { exclusionError, invalidState, readable } from './exclusion-errors';

const AT_SUBSCRIPTION: Path = ['subscriptionId'];

/** Error that blocks a new name: the subscription has ended. */
export const renameError = (subscription: CloudSubscription): UserError | null =>
  exclusionError('RENAME', { subscription, ...NOTHING_OPEN }, AT_SUBSCRIPTION);

const NOTHING_OPEN: OpenWork = { busy: false, failed: false, request: null, change: null };

/** Error that blocks buying add-ons; checked by the basket, by orders and by `availableActions`. */
export const buyAddonsError = (open: OpenRequests, path = AT_SUBSCRIPTION): UserError | null =>
  exclusionError('BUY_ADDONS', open, path);

/** Error that blocks a cancellation request. */
export const requestCancellationError = (open: OpenRequests): UserError | null =>
  exclusionError('CANCEL', open, AT_SUBSCRIPTION);

/** Error that blocks a change. */
export const requestChangeError = (open: OpenRequests): UserError | null =>
  exclusionError('CHANGE', open, AT_SUBSCRIPTION);

/** Error that blocks a suspension. `hasSuspension`: whether the provider can suspend, and this process knows it. */
export const suspendError = (open: OpenRequests, hasSuspension: boolean): UserError | null =>
  suspensionError('SUSPEND', open, hasSuspension);

/** Error that blocks the end of a suspension. */
export const resumeError = (open: OpenRequests, hasSuspension: boolean): UserError | null =>
  suspensionError('RESUME', open, hasSuspension);

function suspensionError(action: 'SUSPEND' | 'RESUME', open: OpenRequests, hasSuspension: boolean) {
  if (hasSuspension) return exclusionError(action, open, AT_SUBSCRIPTION);
  const { friendlyName } = open.subscription;
  return invalidState(`The provider of ${friendlyName} has no suspension.`, AT_SUBSCRIPTION);
}

/** Error that keeps an accepted change from beginning. */
export const beginChangeError = (open: OpenRequests): UserError | null =>
  exclusionError('CARRY_OUT_CHANGE', open, ['changeId']);

/** Error of a change that was requested for other contents than the subscription holds now. */
export const contentsMovedError = ({ friendlyName }: CloudSubscription): UserError =>
  invalidState(`${friendlyName} has changed since the request. Withdraw the change.`, ['changeId']);

/** An open request or change, with the user who opened it. */
export interface Requested<T> {
  open: T;
  requester: User;
}

/** Error that blocks the withdrawal of the open request by `actor`. */
export const withdrawError = (
  requested: Requested<CancellationRequest> | null,
  actor: Actor,
): UserError | null => withdrawalBlock(requested, actor, 'cancellation request', 'requestId');

/** Error that blocks the withdrawal of the open change by `actor`. */
export const withdrawChangeError = (
  requested: Requested<SubscriptionChange> | null,
  actor: Actor,
): UserError | null => withdrawalBlock(requested, actor, 'change', 'changeId');

function withdrawalBlock(
  requested: Requested<CancellationRequest | SubscriptionChange> | null,
  actor: Actor,
  name: string,
  path: string,
): UserError | null {
  if (!requested) return invalidState(`There is no open ${name}.`, [path]);
  const { open, requester } = requested;
  if (canWithdraw(open)) return withdrawalError(actor, open, requester, [path]);
  return invalidState(`The ${name} is ${readable(open.state)}; it cannot be withdrawn any more.`, [path]);
}

/** Error that blocks the decision of the request by `actor`. */
export const decideError = (request: CancellationRequest | null, actor: Actor): UserError | null =>
  decisionBlock(request, actor, 'cancellation request', 'requestId');

/** Error that blocks the decision of the change by `actor`. */
export const decideChangeError = (change: SubscriptionChange | null, actor: Actor): UserError | null =>
  decisionBlock(change, actor, 'change', 'changeId');

function decisionBlock(
  open: CancellationRequest | SubscriptionChange | null,
  actor: Actor,
  name: string,
  path: string,
): UserError | null {
  if (!open) return invalidState(`There is no open ${name}.`, [path]);
  if (open.state === 'PENDING') return decisionError(actor, open.awaiting, [path]);
  return invalidState(`The ${name} is ${readable(open.state)} already.`, [path]);
}

/** There is no failed operation to retry. */
export const nothingToRetry = () => invalidState('Nothing has failed.', null);

/** Error that blocks a retry of `operation`. */
export function retryError(
  operation: ProvisioningOperation,
  activity: SubscriptionActivity,
): UserError | null {
  const path = ['operationId'];
  if (!hasFailed(operation)) {
    return invalidState(
      `Only a failed operation can be retried; this one is ${readable(operation.state)}.`,
      path,
    );
  }
  const open = openRequestsOf(activity);
  const request = isOf(operation.requestId, open.request) ? null : open.request;
  const excluded = exclusionError('RETRY', { ...open, request }, path);
  const { friendlyName, state } = activity.subscription;
  if (excluded || retryableStates[operation.kind].includes(state)) return excluded;
  return invalidState(`${friendlyName} is ${readable(state)}; there is nothing to retry.`, path);
}

/** There is no failed operation to abandon. */
export const nothingToAbandon = () => simple('OPERATION_NOT_FAILED', 'Nothing has failed.', null);

/** Error that blocks the abandonment of `operation`. */
export function abandonError(
  operation: ProvisioningOperation,
  activity: SubscriptionActivity,
): UserError | null {
  const path = ['operationId'];
  if (hasFailed(operation)) return exclusionError('ABANDON', openRequestsOf(activity), path);
  return simple(
    'OPERATION_NOT_FAILED',
    `Only a failed operation can be abandoned; this one is ${readable(operation.state)}.`,
    path,
  );
}

/** Failed operation that an action refers to: the latest that `rule` permits it for, or else the latest. */
export function failedOperation(
  activity: SubscriptionActivity,
  rule: typeof retryError,
): ProvisioningOperation | undefined {
  const failed = activity.operations.filter(hasFailed);
  return failed.findLast(operation => rule(operation, activity) === null) ?? failed.at(-1);
}
