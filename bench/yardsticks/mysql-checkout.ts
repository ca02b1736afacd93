import { type Account, type Basket, type BasketLine, BasketState, OrderState } from '../../src/entities';
import * as read from './checkout-reads';
import { type CheckoutRequest, checkedOut, readCheckout } from './checkout-request';
import { checkoutRows, keyRow, type Sold } from './checkout-rows';
import { insert, NOW, type Send, send, transaction } from './mysql-session';
import { serveJson } from './serve-json';

/** Catalog in memory, as in the gateway. It does not change here. */
const products = new Map<string, Sold>();

/** Checkout without GraphQL and rules: the statements of the gateway, in the same transactions. */
async function checkout(request: CheckoutRequest): Promise<unknown> {
  const { userId, sessionId, basketId, orderId } = request;
  const [caller] = await send(read.CALLER, [sessionId, userId, 0]);
  const accountId = caller?.accountId as string;
  const found = await both(send, read.BASKET_FOUND, [accountId, accountId, accountId, basketId, userId]);
  const { line } = found;
  const slot = `${accountId} ${products.get(line.productId)?.serviceId}`;
  await send(read.LIVE, [slot]);
  await transaction(tx => write(tx, request, found));
  return checkedOut({ id: orderId, state: OrderState.EXECUTING });
}

interface Both {
  basket: Basket;
  recipient: Account;
  line: BasketLine;
}

/** Splits a row into a basket, its recipient and its line. */
async function both(from: Send, sql: string, values: readonly unknown[]): Promise<Both> {
  const [row] = await from({ sql, nestTables: true }, values);
  return { basket: row?.basket, recipient: row?.t, line: row?.line };
}

async function write(tx: Send, request: CheckoutRequest, found: Both): Promise<void> {
  const { basketId } = request;
  const { line } = found;
  const { id } = found.recipient;
  await insert(tx, 'idempotency_keys', keyRow(request));
  const { basket, recipient } = await both(tx, read.BASKET_LOCKED, [
    id,
    id,
    id,
    basketId,
    found.basket.version,
  ]);
  await tx(read.CATALOG_VERSION, [1]);
  const sold = products.get(line.productId) as Sold;
  const rows = checkoutRows({ request, basket, line, recipient, sold });
  await insert(tx, 'orders', rows.order);
  await insert(tx, 'subscriptions', rows.subscription);
  await insert(tx, 'search_terms', ...rows.terms);
  await insert(tx, 'operations', { ...rows.operation, dueAt: NOW });
  await insert(tx, 'steps', ...rows.steps);
  await insert(tx, 'order_lines', rows.line);
  const { checkedOut: done } = rows;
  await tx(
    `UPDATE baskets FORCE INDEX (PRIMARY) SET state = ?, orderId = ?, updatedAt = ?, version = version + 1
     WHERE id = ? AND state IN (?)`,
    [done.state, done.orderId, done.updatedAt, basketId, BasketState.OPEN],
  );
  await insert(tx, 'baskets', rows.nextBasket);
  await insert(tx, 'events', ...rows.events);
}

async function main(): Promise<void> {
  const rows = await send(
    `SELECT p.id, p.serviceId, s.provider, NOT s.allowMultipleSubscriptions AS exclusive
     FROM products p JOIN services s ON s.id = p.serviceId`,
  );
  for (const { id, serviceId, provider, exclusive } of rows) {
    products.set(id, { serviceId, provider, exclusive: exclusive === 1 });
  }
  serveJson((variables, headers) => checkout(readCheckout(variables as never, headers)));
}

void main().catch(error => {
  console.error(error);
  process.exit(1);
});
