import { typeid } from 'typeid-js';
import type { CatalogSnapshot } from '../../catalog';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import {
  type Account,
  type BillingDetails,
  Order,
  OrderLine,
  type OrderSource,
  OrderState,
} from '../../entities';
import { record } from '../../events';
import { addRetail } from '../../ledger';
import { advance, insertInto, insertOrder } from '../../store';
import { refuseTakenReference } from '../references/taken';
import type { DraftLine } from './draft';
import { startLines } from './execute';
import type { PricedLine } from './prices';
import type { RetailAmounts } from './retail';

/** Parts of an order. Prices are the agreed ones. */
export interface OrderToPlace {
  id: string;
  source: OrderSource;
  placedById: string;
  recipient: Account;
  billing: BillingDetails;
  currency: string;
  basketId: string | null;
  externalReference: string | null;
  purchaseOrderNumber: string | null;
  lines: readonly (DraftLine & PricedLine & RetailAmounts)[];
}

/** Writes an order that is placed and not executed, with its lines and its event. */
export async function place(tx: Transaction, toPlace: OrderToPlace): Promise<void> {
  const { order, lines } = newOrder(tx, toPlace);
  await refuseTakenReference(() => insertOrder(tx, order));
  await insertInto(tx, OrderLine, lines);
}

/** The rows of an order that is placed; tells of it. */
function newOrder(tx: Transaction, order: OrderToPlace): { order: Order; lines: OrderLine[] } {
  const { id, recipient } = order;
  const row = Object.assign(new Order(), {
    id,
    version: 1,
    source: order.source,
    state: OrderState.SUBMITTED,
    recipientId: recipient.id,
    resellerId: recipient.resellerId,
    placedById: order.placedById,
    executedById: null,
    basketId: order.basketId,
    billing: order.billing,
    currency: order.currency,
    totalMinor: order.lines.reduce((sum, line) => sum + line.totalMinor, 0),
    retailTotalMinor: order.lines.reduce<number | null>(
      (sum, line) => addRetail(sum, line.retailTotalMinor),
      0,
    ),
    placedAt: currentTime(),
    executedAt: null,
    completedAt: null,
    cancelReason: null,
    externalReference: order.externalReference,
    purchaseOrderNumber: order.purchaseOrderNumber,
  });
  const lines = order.lines.map((line, position) =>
    Object.assign(new OrderLine(), {
      ...line,
      id: typeid('oln').toString(),
      orderId: id,
      position,
      currency: order.currency,
    }),
  );
  record(tx, {
    type: 'order.placed',
    message: `An order for ${recipient.name} is placed.`,
    userId: order.placedById,
    accountId: recipient.id,
    resellerId: recipient.resellerId,
    orderId: id,
  });
  return { order: row, lines };
}

/** Writes an order that is executed at once: the rows of `place` and `execute`, each written once. Resolves to the order. */
export async function placeExecuted(
  tx: Transaction,
  toPlace: OrderToPlace,
  catalog: CatalogSnapshot,
): Promise<Order> {
  const { placedById, recipient } = toPlace;
  const { order: submitted, lines } = newOrder(tx, toPlace);
  const executing = { state: OrderState.EXECUTING, executedById: placedById, executedAt: currentTime() };
  const order = await refuseTakenReference(() => insertOrder(tx, advance(tx, Order, submitted, executing)));
  const execution = { order, lines, executedById: placedById, recipientName: recipient.name, catalog };
  const subscriptionIds = await startLines(tx, execution);
  await insertInto(
    tx,
    OrderLine,
    lines.map((line, index) => ({ ...line, subscriptionId: subscriptionIds[index] ?? null })),
  );
  return order;
}
