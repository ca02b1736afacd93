import type { Session, Transaction } from '../../database';
import { type Account, Order } from '../../entities';
import { checkVersion, notFound, Refusal } from '../../errors';
import { findVisible, lockAccount, lockVisible } from '../../store';
import type { ActorContext } from '../context';

/** Finds an order that the caller may see. Refuses with NOT_FOUND. */
export async function visibleOrder(context: ActorContext, session: Session, orderId: string): Promise<Order> {
  const order = await findVisible(session, context.actor, Order, orderId);
  if (!order) throw new Refusal([notFound('order', ['orderId'])]);
  return order;
}

/** Locks the recipient and then the order, as the lock order requires. */
export async function lockVisibleOrder(
  context: ActorContext,
  tx: Transaction,
  { id, recipientId }: Order,
  expectedVersion: number | null | undefined,
): Promise<{ order: Order; recipient: Account }> {
  const recipient = await lockAccount(tx, recipientId);
  const order = await lockVisible(tx, context.actor, Order, id);
  if (!order || !recipient) throw new Refusal([notFound('order', ['orderId'])]);
  checkVersion(expectedVersion, order.version);
  return { order, recipient };
}
