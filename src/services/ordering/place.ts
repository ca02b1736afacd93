import { typeid } from 'typeid-js';
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
import { insertOrder, insertOrderLines } from '../../store';
import type { DraftLine } from './draft';
import type { PricedLine } from './prices';

/** Parts of an order. Prices are the agreed ones. */
export interface OrderToPlace {
  id: string;
  source: OrderSource;
  placedById: string;
  recipient: Account;
  billing: BillingDetails;
  currency: string;
  basketId: string | null;
  lines: readonly (DraftLine & PricedLine)[];
}

/** Writes an order that is placed and not executed, with its lines and its event. */
export async function place(tx: Transaction, toPlace: OrderToPlace): Promise<void> {
  const { order, lines } = newOrder(tx, toPlace);
  await insertOrder(tx, order);
  await insertOrderLines(tx, lines);
}

/** The rows of an order that is placed; tells of it. */
export function newOrder(tx: Transaction, order: OrderToPlace): { order: Order; lines: OrderLine[] } {
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
    placedAt: currentTime(),
    executedAt: null,
    completedAt: null,
    cancelReason: null,
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
