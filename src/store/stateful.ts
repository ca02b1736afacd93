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

type Stateful<T> = { readonly [Column in keyof T]?: Machine<string> };

const entry = <T extends object>(entity: EntityClass<T>, machines: Stateful<T>) =>
  [entity, machines as StateColumns] as const;

/** Every column that holds a state, by its entity. */
export const stateColumns: ReadonlyMap<EntityClass<object>, StateColumns> = new Map<
  EntityClass<object>,
  StateColumns
>([
  entry(Basket, { state: basketMachine }),
  entry(Order, { state: orderMachine }),
  entry(CloudSubscription, { state: subscriptionMachine, syncState: syncMachine }),
  entry(ProvisioningOperation, { state: operationMachine }),
  entry(OperationStep, { state: stepMachine }),
  entry(ServiceAccount, { state: syncMachine }),
  entry(CancellationRequest, { state: requestMachine }),
  entry(CatalogImport, { state: importMachine }),
  entry(Webhook, { state: webhookMachine }),
  entry(WebhookDelivery, { state: deliveryMachine }),
]);

const versionedEntities: ReadonlySet<EntityClass<object>> = new Set<EntityClass<{ version: number }>>([
  Basket,
  Order,
  CloudSubscription,
  CancellationRequest,
  Webhook,
]);

/** Whether clients compare the version of such a row: it increments with every change. */
export const isVersioned = (entity: EntityClass<object>): boolean => versionedEntities.has(entity);

/** The state columns of `entity`. */
export function machinesOf(entity: EntityClass<object>): StateColumns {
  const machines = stateColumns.get(entity);
  if (!machines) throw new Error(`${entity.name} has no state machine`);
  return machines;
}
