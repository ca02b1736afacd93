import type { RowDataPacket } from 'mysql2';
import type { Account, Basket, BasketLine } from '../../src/entities';
import * as read from './checkout-reads';
import { type CheckoutRequest, checkedOut, readCheckout } from './checkout-request';
import { checkoutRows, keyRow, type Sold } from './checkout-rows';
import { insert, NOW, type Send, send, transaction } from './mysql-session';
import { serveJson } from './serve-json';

/** The catalog does not change here, and the gateway has it in memory as well. */
const products = new Map<string, Sold>();

/** A checkout without GraphQL and without rules: the statements that the gateway sends, in its transactions. */
async function checkout(request: CheckoutRequest): Promise<unknown> {
  const { userId, sessionId, basketId, key, orderId } = request;
  const [caller] = await send(read.CALLER, [sessionId, userId, 0]);
  const accountId = caller?.accountId as string;
  await send(read.EARLIER, [userId, 'checkout', key]);
  await send(read.BASKET, [basketId, userId]);
  await look(send, basketId, accountId);
  await send(read.SERVICE_ACCOUNTS, [accountId, '']);
  await send(read.USER, [userId]);
  await transaction(tx => write(tx, request, accountId));
  const [order] = await send(read.ORDER, [orderId, accountId]);
  return checkedOut(order as RowDataPacket & { id: string; state: string });
}

/** What the rules are asked with, before the transaction and again within. */
async function look(from: Send, basketId: string, accountId: string) {
  await from(read.CATALOG_VERSION);
  const [line] = await from(read.LINES, [basketId]);
  const [recipient] = await from(read.RECIPIENT, [accountId, accountId, accountId]);
  await from(read.LIVE, [accountId]);
  return { line: line as BasketLine & RowDataPacket, recipient: recipient as Account & RowDataPacket };
}

async function write(tx: Send, request: CheckoutRequest, accountId: string): Promise<void> {
  const { userId, basketId, orderId } = request;
  await insert(tx, 'idempotency_keys', keyRow(request));
  await tx(read.LOCKED_RECIPIENT, [accountId]);
  const [basket] = await tx(`${read.BASKET} FOR UPDATE`, [basketId, userId]);
  const { line, recipient } = await look(tx, basketId, accountId);
  const sold = products.get(line.productId) as Sold;
  const rows = checkoutRows({ request, basket: basket as Basket & RowDataPacket, line, recipient, sold });
  await insert(tx, 'orders', rows.order);
  await insert(tx, 'order_lines', rows.line);
  const { executed, checkedOut: done } = rows;
  await tx(
    `UPDATE orders SET executedById = ?, executedAt = ?, state = ?, version = version + 1
     WHERE id = ? AND state IN (?,?)`,
    [executed.executedById, executed.executedAt, executed.state, orderId, 'SUBMITTED', 'FAILED'],
  );
  await insert(tx, 'subscriptions', rows.subscription);
  const { id: subscriptionId } = rows.subscription;
  await tx('UPDATE order_lines SET subscriptionId = ? WHERE id = ?', [subscriptionId, rows.line.id]);
  await insert(tx, 'operations', { ...rows.operation, dueAt: NOW });
  await insert(tx, 'steps', ...rows.steps);
  await tx('UPDATE baskets SET state = ?, orderId = ?, version = ?, updatedAt = ? WHERE id = ?', [
    done.state,
    done.orderId,
    done.version,
    done.updatedAt,
    basketId,
  ]);
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
