import { type Order, OrderAction, OrderState, type ProvisioningOperation } from '../../entities';
import type { UserError } from '../../errors';
import { type Action, type Actor, actionError } from '../../policies';
import type { SubscriptionActivity } from '../subscriptions/activity';
import type { Availability } from '../subscriptions/subscription-actions';
import {
  abandonError,
  nothingToAbandon,
  nothingToRetry,
  retryError,
} from '../subscriptions/subscription-rules';
import { cannotCancel } from './cancel-order';

/** Order with the state that its available actions depend on. */
export interface OrderActivity {
  order: Order;
  /** Error that would block its execution. Null unless it is SUBMITTED. */
  executionError: UserError | null;
  /** Its failed operations, each with its subscription. */
  failed: readonly { operation: ProvisioningOperation; activity: SubscriptionActivity }[];
}

const actions: Record<OrderAction, readonly [Action, (activity: OrderActivity) => UserError | null]> = {
  EXECUTE: ['executeOrder', ({ executionError }) => executionError],
  CANCEL: ['cancelOrder', ({ order }) => (order.state === OrderState.SUBMITTED ? null : cannotCancel(order))],
  RETRY: ['retryProvisioning', activity => failureBlock(activity, retryError, nothingToRetry)],
  ABANDON: ['abandonOperation', activity => failureBlock(activity, abandonError, nothingToAbandon)],
};

/** Error of an action on the failed operations of an order, if `rule` permits it for none of them. */
function failureBlock(
  { failed }: OrderActivity,
  rule: typeof retryError,
  nothingFailed: () => UserError,
): UserError | null {
  const errors = failed.map(({ operation, activity }) => rule(operation, activity));
  if (errors.some(error => error === null)) return null;
  return errors[0] ?? nothingFailed();
}

/** Available actions of `actor` on a visible order. */
export function orderActions(actor: Actor, activity: OrderActivity): Availability<OrderAction>[] {
  return Object.values(OrderAction).map(action => {
    const [mutation, rule] = actions[action];
    const blockedBy = actionError(actor, mutation) ?? rule(activity);
    return { action, allowed: blockedBy === null, blockedBy };
  });
}
