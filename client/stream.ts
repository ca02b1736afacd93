import { type FollowOptions, follow } from './follow';
import {
  CANCELLATION_UPDATES,
  ORDER_UPDATES,
  PROVISIONING_UPDATES,
  SUBSCRIPTION_UPDATES,
} from './operations';
import type { CancellationMessage, OrderMessage, ProvisioningMessage, SubscriptionMessage } from './types';

/** Order or subscription to follow. Without either, everything that the viewer can see. */
export interface ProvisioningOptions extends FollowOptions {
  orderId?: string;
  subscriptionId?: string;
}

/**
 * Provisioning as it happens: a snapshot, then every step; with `after`, what followed that cursor instead of a
 * snapshot. A `StreamReset` says that messages were lost to this reader, and a snapshot follows it.
 *
 * ```ts
 * for await (const message of followProvisioning({ url, token, orderId })) {
 *   if (message.__typename === 'ProvisioningUpdate') console.log(message.message, message.operation.progress);
 * }
 * ```
 */
export function followProvisioning(options: ProvisioningOptions): AsyncIterableIterator<ProvisioningMessage> {
  const { orderId, subscriptionId } = options;
  const variables = { ...(orderId && { orderId }), ...(subscriptionId && { subscriptionId }) };
  return follow(
    {
      document: PROVISIONING_UPDATES,
      variables,
      message: data => data.provisioningUpdates,
    },
    options,
  );
}

/** Follows the cancellation requests that the viewer can see: first a snapshot of the open ones, then every change. */
export function followCancellations(options: FollowOptions): AsyncIterableIterator<CancellationMessage> {
  return follow(
    {
      document: CANCELLATION_UPDATES,
      variables: {},
      message: data => data.cancellationUpdates,
    },
    options,
  );
}

/** Order to follow. Without one, every order that the viewer can see. */
export interface OrderOptions extends FollowOptions {
  orderId?: string;
}

/** Follows orders: first a snapshot of the unfinished ones, then every change. */
export function followOrders(options: OrderOptions): AsyncIterableIterator<OrderMessage> {
  const { orderId } = options;
  return follow(
    {
      document: ORDER_UPDATES,
      variables: { ...(orderId && { orderId }) },
      message: data => data.orderUpdates,
    },
    options,
  );
}

/** Subscription to follow. Without one, every subscription that the viewer can see. */
export interface SubscriptionOptions extends FollowOptions {
  subscriptionId?: string;
}

/** Follows subscriptions: first a snapshot of those that are changing, then every change. */
export function followSubscriptions(
  options: SubscriptionOptions,
): AsyncIterableIterator<SubscriptionMessage> {
  const { subscriptionId } = options;
  return follow(
    {
      document: SUBSCRIPTION_UPDATES,
      variables: { ...(subscriptionId && { subscriptionId }) },
      message: data => data.subscriptionUpdates,
    },
    options,
  );
}
