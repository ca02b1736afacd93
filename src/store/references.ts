import type { Session } from '../database';
import { Account, CloudSubscription, type DomainEvent, Order } from '../entities';
import { findById } from './rows';

/** References of other systems: those of the account, the order and the subscription of an event. Null where not set. */
export interface References {
  accountExternalReference?: string | null;
  orderExternalReference?: string | null;
  purchaseOrderNumber?: string | null;
  subscriptionExternalReference?: string | null;
}

/** Finds the current references of an event, or of what has the same ids. End customers must not see them. */
export async function findReferences(
  session: Session,
  {
    accountId,
    orderId,
    subscriptionId,
  }: Partial<Pick<DomainEvent, 'accountId' | 'orderId' | 'subscriptionId'>>,
): Promise<References> {
  const account = accountId && (await findById(session, Account, accountId));
  const order = orderId && (await findById(session, Order, orderId));
  const subscription = subscriptionId && (await findById(session, CloudSubscription, subscriptionId));
  return {
    ...(account && { accountExternalReference: account.externalReference }),
    ...(order && {
      orderExternalReference: order.externalReference,
      purchaseOrderNumber: order.purchaseOrderNumber,
    }),
    ...(subscription && { subscriptionExternalReference: subscription.externalReference }),
  };
}
