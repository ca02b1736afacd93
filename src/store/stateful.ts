import type { EntityClass } from '../database';
import {
  Basket,
  CancellationRequest,
  CatalogImport,
  CloudSubscription,
  Invitation,
  Mail,
  OperationStep,
  Order,
  ProvisioningOperation,
  ServiceAccount,
  SubscriptionChange,
  Webhook,
  WebhookDelivery,
} from '../entities';
import {
  basketMachine,
  changeMachine,
  deliveryMachine,
  importMachine,
  invitationMachine,
  type Machine,
  mailMachine,
  operationMachine,
  orderMachine,
  requestMachine,
  stepMachine,
  subscriptionMachine,
  syncMachine,
  webhookMachine,
} from '../policies';

/** State columns of a table with their state machines. */
export type StateColumns = Readonly<Record<string, Machine<string>>>;

type Stateful<T> = { readonly [Column in keyof T]?: Machine<string> };

const entry = <T extends object>(entity: EntityClass<T>, machines: Stateful<T>) =>
  [entity, machines as StateColumns] as const;

/** State columns of all tables, by entity. */
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
  entry(SubscriptionChange, { state: changeMachine }),
  entry(CatalogImport, { state: importMachine }),
  entry(Webhook, { state: webhookMachine }),
  entry(WebhookDelivery, { state: deliveryMachine }),
  entry(Invitation, { state: invitationMachine }),
  entry(Mail, { state: mailMachine }),
]);

const versionedEntities: ReadonlySet<EntityClass<object>> = new Set<EntityClass<{ version: number }>>([
  Basket,
  Order,
  CloudSubscription,
  CancellationRequest,
  SubscriptionChange,
  Webhook,
]);

/** Whether rows of `entity` have a version that increments with every change, for optimistic locking. */
export const isVersioned = (entity: EntityClass<object>): boolean => versionedEntities.has(entity);

/** State columns of `entity`. Throws for an entity without a state. */
export function machinesOf(entity: EntityClass<object>): StateColumns {
  const machines = stateColumns.get(entity);
  if (!machines) throw new Error(`${entity.name} has no state machine`);
  return machines;
}
