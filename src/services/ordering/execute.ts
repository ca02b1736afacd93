import { typeid } from 'typeid-js';
import type { CatalogSnapshot } from '../../catalog';
import { currentTime } from '../../clock';
import { isDuplicate, type Transaction } from '../../database';
import {
  CloudSubscription,
  CloudSubscriptionState,
  OperationKind,
  Order,
  type OrderLine,
  OrderState,
  SyncState,
} from '../../entities';
import { activeSubscriptionExists, Refusal, simple } from '../../errors';
import { record } from '../../events';
import { createOperation } from '../../provisioning';
import {
  findLiveSubscriptions,
  insertInto,
  linkOrderLine,
  lockSubscription,
  transition,
  tryTransition,
} from '../../store';
import { liveSlot } from './live-slots';

/** An order that is to be executed, with what its lines refer to. */
export interface OrderToExecute {
  order: Order;
  lines: readonly OrderLine[];
  executedById: string;
  recipientName: string;
  catalog: CatalogSnapshot;
}

/**
 * Executes a submitted order within the transaction: for every line the subscription, the operation with its steps, and
 * the events. The unique keys of the database have the last word: one live subscription, one open operation.
 */
export async function execute(tx: Transaction, execution: OrderToExecute): Promise<void> {
  const { order, lines, executedById } = execution;
  const executing = { state: OrderState.EXECUTING, executedById, executedAt: currentTime() };
  if (!(await tryTransition(tx, Order, order.id, executing))) {
    throw new Refusal([simple('INVALID_STATE', 'Only a submitted order can be executed.', ['orderId'])]);
  }
  const subscriptionIds = await startLines(tx, execution);
  for (const [index, line] of lines.entries()) {
    const subscriptionId = subscriptionIds[index] ?? null;
    if (line.subscriptionId === null) await linkOrderLine(tx, line.id, subscriptionId);
  }
}

/** Starts the lines of an order that is executed. Resolves to the subscription of each line. */
export async function startLines(tx: Transaction, execution: OrderToExecute): Promise<string[]> {
  const { order, lines, executedById } = execution;
  record(tx, {
    type: 'order.executing',
    message: 'The order is executed; its services are being provisioned.',
    userId: executedById,
    accountId: order.recipientId,
    resellerId: order.resellerId,
    orderId: order.id,
  });
  const subscriptionIds: string[] = [];
  for (const line of lines) subscriptionIds.push(await startLine(tx, execution, line));
  return subscriptionIds;
}

async function startLine(tx: Transaction, execution: OrderToExecute, line: OrderLine): Promise<string> {
  const { order, catalog, executedById } = execution;
  const isNew = line.subscriptionId === null;
  const subscription = isNew
    ? await startSubscription(tx, execution, line)
    : await lockExisting(tx, line.subscriptionId ?? '');
  await createOperation(tx, {
    kind: isNew ? OperationKind.PROVISION : OperationKind.ADD_ADDONS,
    subscription,
    service: catalog.service(subscription.serviceId),
    orderId: order.id,
    requestedById: executedById,
    addons: line.addons,
  });
  if (!isNew) await transition(tx, CloudSubscription, subscription.id, { syncState: SyncState.PENDING });
  return subscription.id;
}

async function lockExisting(tx: Transaction, id: string): Promise<CloudSubscription> {
  const subscription = await lockSubscription(tx, id);
  if (!subscription) throw new Error(`Subscription ${id} is missing`);
  return subscription;
}

async function startSubscription(
  tx: Transaction,
  { order, catalog, recipientName }: OrderToExecute,
  line: OrderLine,
): Promise<CloudSubscription> {
  const product = catalog.product(line.productId);
  const service = catalog.service(product.serviceId);
  const subscription = Object.assign(new CloudSubscription(), {
    id: typeid('sub').toString(),
    version: 1,
    friendlyName: line.friendlyName ?? product.name,
    state: CloudSubscriptionState.PENDING,
    syncState: SyncState.PENDING,
    accountId: order.recipientId,
    resellerId: order.resellerId,
    serviceId: service.id,
    productId: product.id,
    exclusive: !service.allowMultipleSubscriptions,
    billingCycle: line.billingCycle,
    quantity: line.quantity,
    currency: line.currency,
    // Add-ons are added when the provider has granted them.
    recurringMinor: line.quantity * line.unitMinor,
    retailMinor: line.retailUnitMinor === null ? null : line.quantity * line.retailUnitMinor,
    capacityBytes: 0,
    orderId: order.id,
    createdAt: currentTime(),
  });
  try {
    await insertInto(tx, CloudSubscription, subscription);
  } catch (error) {
    if (!isDuplicate(error, 'one_live_subscription')) throw error;
    const slot = liveSlot(order.recipientId, service.id);
    const existing = (await findLiveSubscriptions(tx, [slot])).get(slot) ?? null;
    throw new Refusal([
      activeSubscriptionExists(recipientName, service.name, existing, ['lines', line.position, 'productId']),
    ]);
  }
  record(tx, {
    type: 'subscription.created',
    message: `${subscription.friendlyName} is ordered.`,
    accountId: order.recipientId,
    resellerId: order.resellerId,
    orderId: order.id,
    subscriptionId: subscription.id,
  });
  return subscription;
}
