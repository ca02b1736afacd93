import 'reflect-metadata';
import type { EntityManager } from 'typeorm';
import { createDataSource, detectDialect } from '../../src/database';
import {
  Account,
  Basket,
  BasketLine,
  CatalogVersion,
  CloudSubscription,
  DomainEvent,
  IdempotencyKey,
  OperationStep,
  Order,
  OrderLine,
  OrderState,
  Product,
  ProvisioningOperation,
  SearchTerm,
  Service,
  User,
  UserSession,
} from '../../src/entities';
import { type CheckoutRequest, checkedOut, readCheckout } from './checkout-request';
import { checkoutRows, keyRow, type Sold } from './checkout-rows';
import { serveJson } from './serve-json';

/** In memory, as in the other baseline, because the catalog is not compared. */
const products = new Map<string, Sold>();

/** Checkout with TypeORM entities, as its documentation shows. Reads and writes the same data. */
async function checkout(manager: EntityManager, request: CheckoutRequest): Promise<unknown> {
  const { userId, sessionId, basketId, orderId } = request;
  await manager.findOneByOrFail(UserSession, { id: sessionId, userId });
  const { accountId } = await manager.findOneByOrFail(User, { id: userId });
  const recipientId = accountId ?? '';
  await manager.findOneByOrFail(Basket, { id: basketId, userId });
  await manager.findOneByOrFail(Account, { id: recipientId });
  const [line] = await manager.find(BasketLine, { where: { basketId }, order: { position: 'ASC' } });
  const wanted = line as BasketLine;
  await look(manager, recipientId, wanted);
  await manager.transaction(tx => write(tx, request, recipientId, wanted));
  return checkedOut({ id: orderId, state: OrderState.EXECUTING });
}

/** Input of the rules, read before the transaction. */
async function look(manager: EntityManager, accountId: string, { productId }: BasketLine): Promise<void> {
  await manager.findOneBy(CatalogVersion, { id: 1 });
  await manager.findBy(CloudSubscription, { liveSlot: `${accountId} ${products.get(productId)?.serviceId}` });
}

async function write(
  tx: EntityManager,
  request: CheckoutRequest,
  accountId: string,
  line: BasketLine,
): Promise<void> {
  const { userId, basketId } = request;
  const lock = { mode: 'pessimistic_write' } as const;
  await tx.save(IdempotencyKey, keyRow(request));
  const recipient = await tx.findOneOrFail(Account, { where: { id: accountId }, lock });
  const basket = await tx.findOneOrFail(Basket, { where: { id: basketId, userId }, lock });
  await tx.findOneBy(CatalogVersion, { id: 1 });
  const sold = products.get(line.productId) as Sold;
  const rows = checkoutRows({ request, basket, line, recipient, sold });
  await tx.save(tx.create(Order, rows.order));
  await tx.save(tx.create(CloudSubscription, rows.subscription));
  await tx.save(tx.create(SearchTerm, rows.terms));
  await tx.save(tx.create(ProvisioningOperation, rows.operation));
  await tx.save(tx.create(OperationStep, rows.steps));
  await tx.save(tx.create(OrderLine, rows.line));
  await tx.save(Object.assign(basket, rows.checkedOut));
  await tx.save(tx.create(Basket, rows.nextBasket));
  await tx.save(tx.create(DomainEvent, rows.events));
}

async function main(): Promise<void> {
  const url = process.env.DATABASE_URL ?? '';
  const source = createDataSource(url, await detectDialect(url), 16);
  await source.initialize();
  const services = new Map((await source.manager.find(Service)).map(service => [service.id, service]));
  for (const { id, serviceId } of await source.manager.find(Product)) {
    const { provider, allowMultipleSubscriptions } = services.get(serviceId) as Service;
    products.set(id, { serviceId, provider, exclusive: !allowMultipleSubscriptions });
  }
  serveJson((variables, headers) => checkout(source.manager, readCheckout(variables as never, headers)));
}

void main().catch(error => {
  console.error(error);
  process.exit(1);
});
