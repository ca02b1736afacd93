import type { EntityClass } from '../database';
import {
  Basket,
  CancellationRequest,
  CatalogImport,
  CloudSubscription,
  OperationStep,
  Order,
  ProvisioningOperation,
  ServiceAccount,
  Webhook,
  WebhookDelivery,
} from '../entities';
import {
  basketMachine,
  deliveryMachine,
  importMachine,
  type Machine,
  operationMachine,
  orderMachine,
  requestMachine,
  stepMachine,
  subscriptionMachine,
  syncMachine,
  webhookMachine,
} from '../policies';

/** The state columns of a table, each with its machine. */
export type StateColumns = Readonly<Record<string, Machine<string>>>;

/** Every column that holds a state, by its entity. */
export const stateColumns: ReadonlyMap<EntityClass<object>, StateColumns> = new Map<
  EntityClass<object>,
  StateColumns
>([
  [Basket, { state: basketMachine }],
  [Order, { state: orderMachine }],
  [CloudSubscription, { state: subscriptionMachine, syncState: syncMachine }],
  [ProvisioningOperation, { state: operationMachine }],
  [OperationStep, { state: stepMachine }],
  [ServiceAccount, { state: syncMachine }],
  [CancellationRequest, { state: requestMachine }],
  [CatalogImport, { state: importMachine }],
  [Webhook, { state: webhookMachine }],
  [WebhookDelivery, { state: deliveryMachine }],
]);

const versioned: ReadonlySet<EntityClass<object>> = new Set([
  Basket,
  Order,
  CloudSubscription,
  CancellationRequest,
  Webhook,
]);

/** Whether clients compare the version of such a row: it increments with every change. */
export const isVersioned = (entity: EntityClass<object>): boolean => versioned.has(entity);

/** The state columns of `entity`. */
export function machinesOf(entity: EntityClass<object>): StateColumns {
  const machines = stateColumns.get(entity);
  if (!machines) throw new Error(`${entity.name} has no state machine`);
  return machines;
}
