import { columns, type Session, type Transaction } from '../database';
import { Order, OrderLine, type OrderSortField, type OrderSource, type OrderState } from '../entities';
import type { Actor } from '../policies';
import { writeAdvanced } from './advance';
import { listCondition } from './find';
import { findPlannedPage } from './find-page';
import type { OwnedList } from './first-pages';
import type { SettledOrder } from './operations';
import { ordersNumbered } from './order-numbers';
import type { Page, PageRequest } from './page';
import { type SearchedThrough, searchCondition } from './search/condition';
import { type Sort, type SortOrders, sortedBy } from './sort-order';
import { type Condition, visibilityCondition } from './visibility';
import { type DateRange, Where } from './where';

const t = columns(Order, 't');
const line = columns(OrderLine, 'line');

/** Finds an order by serial number if `actor` may see it. */
export function findOrderBySerial(
  session: Session,
  actor: Actor,
  serial: number,
): Promise<Order | undefined> {
  const { sql, values } = visibilityCondition(actor, Order);
  return session.one(Order, `WHERE ${t.serial} = ? AND ${sql}`, [serial, ...values]);
}

/** Inserts an order. Resolves to it with the serial number that the database gave it. */
export async function insertOrder({ manager }: Transaction, order: Order): Promise<Order> {
  const { raw } = await manager.insert(Order, order);
  return Object.assign(order, { serial: raw.insertId as number });
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

/** Writes advanced orders in one statement, each with a new version. False if one was changed since it was read. */
export const writeOrders = (tx: Transaction, orders: readonly SettledOrder[]): Promise<boolean> =>
  writeAdvanced(tx, Order, orders as Order[], {
    key: ['id'],
    columns: ['state', 'completedAt'],
    unchanged: [],
  });

const ORDERS: SortOrders<OrderSortField, Order> = {
  PLACED_AT: { name: 'orders', column: 'placedAt', type: 'time' },
  NUMBER: { name: 'orders by number', column: 'serial' },
};
const NEWEST: Sort<OrderSortField> = { field: 'PLACED_AT', direction: 'DESC' };

/** Words of an order: those of its recipient. */
const SEARCHED: readonly SearchedThrough[] = [{ kind: 'acc', column: t.recipientId }];

/** Filter of a list of orders. */
export interface OrderSearch {
  search?: string | null;
  states?: readonly OrderState[] | null;
  source?: OrderSource | null;
  recipientId?: string | null;
  resellerId?: string | null;
  externalReference?: string | null;
  purchaseOrderNumber?: string | null;
  placedById?: string | null;
  productId?: string | null;
  placedAt?: DateRange | null;
}

/** Condition of the orders with a condition of visibility that match a filter. */
function whereOf(actor: Actor, visible: Condition, search: OrderSearch): Where {
  const where = new Where(visible)
    .in(t.state, search.states)
    .is(t.source, search.source)
    .is(t.recipientId, search.recipientId)
    .is(t.resellerId, search.resellerId)
    .isReference(t.externalReference, search.externalReference, actor)
    .isReference(t.purchaseOrderNumber, search.purchaseOrderNumber, actor)
    .is(t.placedById, search.placedById)
    .within(t.placedAt, search.placedAt)
    .narrowedBy(searchCondition(search.search, SEARCHED, ordersNumbered));
  const { productId } = search;
  if (productId === null || productId === undefined) return where;
  return where.narrowedBy({
    sql: `EXISTS (SELECT 1 FROM ${line.table} WHERE ${line.orderId} = ${t.id} AND ${line.productId} = ?)`,
    values: [productId],
    whole: {
      sql: `${t.id} IN (SELECT ${line.orderId} FROM ${line.table} WHERE ${line.productId} = ?)`,
      values: [productId],
    },
    narrowings: [
      [
        {
          column: t.id,
          ids: `SELECT ${line.orderId} AS id FROM ${line.table} WHERE ${line.productId} = ?`,
          values: [productId],
        },
      ],
    ],
  });
}

/** Orders for an account, newest first. */
export const ORDERS_OF_ACCOUNT: OwnedList<Order, OrderSearch> = {
  entity: Order,
  owner: 'recipientId',
  order: sortedBy(ORDERS, null, NEWEST),
  where: (actor, search) => whereOf(actor, visibilityCondition(actor, Order), search),
};

/** Finds a page of the orders that `actor` may see, newest first unless sorted otherwise. */
export async function findOrdersPage(
  session: Session,
  actor: Actor,
  search: OrderSearch,
  page: PageRequest & { sort?: Sort<OrderSortField> | null },
): Promise<Page<Order>> {
  const where = whereOf(actor, await listCondition(session, actor, Order), search);
  return findPlannedPage(session, Order, where, sortedBy(ORDERS, page.sort, NEWEST), page);
}
