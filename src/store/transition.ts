import { type EntityClass, list, type Transaction } from '../database';
import {
  CancellationRequest,
  CloudSubscription,
  type CloudSubscriptionState,
  Order,
  ProvisioningOperation,
  type SyncState,
  Webhook,
  WebhookDelivery,
} from '../entities';
import {
  deliveryMachine,
  type Machine,
  operationMachine,
  orderMachine,
  requestMachine,
  statesBefore,
  subscriptionMachine,
  syncMachine,
  webhookMachine,
} from '../policies';

interface Stateful {
  id: string;
  state: string;
}

const machines = new Map<EntityClass<Stateful>, Machine<string>>([
  [Order, orderMachine],
  [CloudSubscription, subscriptionMachine],
  [ProvisioningOperation, operationMachine],
  [CancellationRequest, requestMachine],
  [Webhook, webhookMachine],
  [WebhookDelivery, deliveryMachine],
]);

const unversioned: ReadonlySet<unknown> = new Set([ProvisioningOperation, WebhookDelivery]);

/**
 * Moves one row to `to`, with `patch`, only from a state that its machine lets come before it: the one way in which a
 * state is ever written after the insert. Resolves to whether the row moved; false means that it was in another state.
 * Rows that have a version get the next one. `also` is an assignment that the server computes.
 */
export async function transition<T extends Stateful>(
  tx: Transaction,
  entity: EntityClass<T>,
  id: string,
  to: T['state'],
  patch: Partial<Omit<T, 'id' | 'state' | 'version'>> = {},
  also?: string,
): Promise<boolean> {
  const machine = machines.get(entity);
  if (!machine) throw new Error(`${entity.name} has no state machine`);
  const from = statesBefore(machine, to);
  const moved = await tx.updateById(
    entity,
    id,
    { ...patch, state: to } as Partial<T>,
    `t.state IN ${list(from)}`,
    from,
    [unversioned.has(entity) ? '' : 't.version = t.version + 1', also].filter(Boolean).join(', '),
  );
  return moved === 1;
}

/**
 * Moves how far the provider agrees with a subscription, with `patch`, by its own machine. The business state moves
 * independently, by the other; both at once where `state` is given. A move that a machine does not have is a mistake of
 * ours, so it throws.
 */
export async function moveSync(
  tx: Transaction,
  subscriptionId: string,
  to: SyncState,
  patch: Partial<Omit<CloudSubscription, 'id' | 'state' | 'syncState' | 'version'>> = {},
  state?: CloudSubscriptionState,
): Promise<void> {
  const from = statesBefore(syncMachine, to);
  const before = state ? statesBefore(subscriptionMachine, state) : [];
  const moved = await tx.updateById(
    CloudSubscription,
    subscriptionId,
    { ...patch, syncState: to, ...(state && { state }) },
    `t.syncState IN ${list(from)}${state ? ` AND t.state IN ${list(before)}` : ''}`,
    [...from, ...before],
    't.version = t.version + 1',
  );
  if (moved === 0)
    throw new Error(`${subscriptionId} cannot come to ${[to, state].filter(Boolean).join(' and ')}`);
}
