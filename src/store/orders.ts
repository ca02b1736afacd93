import { columns, type Session, type Transaction } from '../database';
import { Order, OrderLine, type OrderSource, type OrderState } from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import { findPage, type Order as ListOrder, type Page, type PageRequest } from './page';
import { visibilityCondition } from './visibility';
import { Where } from './where';

const o = columns(Order);
const t = columns(Order, 't');

/** Finds an order by serial number if `actor` may see it. */
export function findOrderBySerial(
  session: Session,
  actor: Actor,
  serial: number,
): Promise<Order | undefined> {
  const { sql, values } = visibilityCondition(actor, Order);
  return session.one(Order, `WHERE ${t.serial} = ? AND ${sql}`, [serial, ...values]);
}

/** Finds the lines of an order, in order. */
export const findOrderLines = ({ manager }: Session, orderId: string) =>
  manager.find(OrderLine, { where: { orderId }, order: { position: 'ASC' } });

/** Locks an order. Third in the lock order, after account and basket. */
export const lockOrder = ({ manager }: Transaction, id: string) =>
  manager.findOne(Order, { where: { id }, lock: { mode: 'pessimistic_write' } });

/** Links a line to the subscription that it created. */
export const linkOrderLine = ({ manager }: Transaction, id: string, subscriptionId: string | null) =>
  manager.update(OrderLine, { id }, { subscriptionId });

/** Increments only the version, so that concurrent transactions on two nodes of a cluster conflict. */
export const touchOrder = ({ manager }: Transaction, id: string) =>
  manager.update(Order, { id }, { version: () => `${o.version} + 1` });

const NEWEST: ListOrder<Order> = { name: 'orders', direction: 'DESC', column: 'id' };

/** Filter of a list of orders. */
export interface OrderSearch {
  states?: readonly OrderState[] | null;
  recipientId?: string | null;
  source?: OrderSource | null;
}

/** Finds a page of the orders that `actor` may see, newest first. */
export async function findOrdersPage(
  session: Session,
  actor: Actor,
  { states, recipientId, source }: OrderSearch,
  page: PageRequest,
): Promise<Page<Order>> {
  const where = new Where(await listCondition(session, actor, Order))
    .in(t.state, states)
    .is(t.recipientId, recipientId)
    .is(t.source, source);
  return findPage(session, Order, where, NEWEST, page);
}
