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

const of = <T extends object>(entity: EntityClass<T>, machines: Stateful<T>) =>
  [entity, machines as StateColumns] as const;

/** Every column that holds a state, by its entity. */
export const stateColumns: ReadonlyMap<EntityClass<object>, StateColumns> = new Map<
  EntityClass<object>,
  StateColumns
>([
  of(Basket, { state: basketMachine }),
  of(Order, { state: orderMachine }),
  of(CloudSubscription, { state: subscriptionMachine, syncState: syncMachine }),
  of(ProvisioningOperation, { state: operationMachine }),
  of(OperationStep, { state: stepMachine }),
  of(ServiceAccount, { state: syncMachine }),
  of(CancellationRequest, { state: requestMachine }),
  of(CatalogImport, { state: importMachine }),
  of(Webhook, { state: webhookMachine }),
  of(WebhookDelivery, { state: deliveryMachine }),
]);

const versioned: ReadonlySet<EntityClass<object>> = new Set<EntityClass<{ version: number }>>([
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
