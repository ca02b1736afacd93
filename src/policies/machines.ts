import type {
  BasketState,
  CancellationRequestState,
  CatalogImportState,
  CloudSubscriptionState,
  OperationState,
  OrderState,
  StepState,
  SyncState,
  WebhookDeliveryState,
  WebhookState,
} from '../entities';

/** From each state, the states that may follow. */
export type Machine<State extends string> = Readonly<Record<State, readonly State[]>>;

/** A basket: open until its checkout. */
export const basketMachine: Machine<`${BasketState}`> = {
  OPEN: ['CHECKED_OUT'],
  CHECKED_OUT: [],
};

/** An order: what was bought. */
export const orderMachine: Machine<`${OrderState}`> = {
  SUBMITTED: ['EXECUTING', 'CANCELLED'],
  EXECUTING: ['COMPLETED', 'FAILED'],
  FAILED: ['EXECUTING'],
  COMPLETED: [],
  CANCELLED: [],
};

/** A subscription: what is owned. */
export const subscriptionMachine: Machine<`${CloudSubscriptionState}`> = {
  PENDING: ['ACTIVE', 'CANCELLED'],
  ACTIVE: ['SUSPENDED', 'PENDING_CANCELLATION', 'CANCELLED'],
  SUSPENDED: ['ACTIVE', 'CANCELLED'],
  // Back to ACTIVE when an accepted request is withdrawn before the period ends.
  PENDING_CANCELLATION: ['ACTIVE', 'CANCELLED'],
  CANCELLED: [],
};

/** How far the provider agrees; moves on its own axis. */
export const syncMachine: Machine<`${SyncState}`> = {
  UNSYNCED: ['PENDING'],
  PENDING: ['SYNCED', 'FAILED'],
  SYNCED: ['PENDING'],
  FAILED: ['PENDING'],
};

/** An operation: what is being done about it. */
export const operationMachine: Machine<`${OperationState}`> = {
  PENDING: ['RUNNING'],
  RUNNING: ['SUCCEEDED', 'FAILED'],
  FAILED: ['PENDING'],
  SUCCEEDED: [],
};

/** One step. What needs no call is done, or skipped, without ever running. */
export const stepMachine: Machine<`${StepState}`> = {
  PENDING: ['RUNNING', 'SUCCEEDED', 'SKIPPED'],
  RUNNING: ['SUCCEEDED', 'RETRYING', 'FAILED'],
  RETRYING: ['RUNNING', 'FAILED'],
  FAILED: ['PENDING'],
  SUCCEEDED: [],
  SKIPPED: [],
};

/** A cancellation request. */
export const requestMachine: Machine<`${CancellationRequestState}`> = {
  PENDING: ['ACCEPTED', 'REJECTED', 'WITHDRAWN'],
  // WITHDRAWN while it waits for the end of the period.
  ACCEPTED: ['COMPLETED', 'WITHDRAWN'],
  REJECTED: [],
  WITHDRAWN: [],
  COMPLETED: [],
};

/** A webhook: disabled by a person, or by itself when its receiver has failed for days. */
export const webhookMachine: Machine<`${WebhookState}`> = {
  ENABLED: ['DISABLED'],
  DISABLED: ['ENABLED'],
};

/** A delivery. What is over may be redelivered. */
export const deliveryMachine: Machine<`${WebhookDeliveryState}`> = {
  PENDING: ['DELIVERED', 'FAILED', 'WITHHELD'],
  DELIVERED: ['PENDING'],
  FAILED: ['PENDING'],
  WITHHELD: ['PENDING'],
};

/** An import of a provider's catalog. The next import marks one as failed whose process is gone. */
export const importMachine: Machine<`${CatalogImportState}`> = {
  RUNNING: ['SUCCEEDED', 'FAILED'],
  SUCCEEDED: [],
  FAILED: [],
};

/** The states from which `to` may follow. */
export function statesBefore<State extends string>(machine: Machine<State>, to: State): State[] {
  return (Object.keys(machine) as State[]).filter(from => canMove(machine, from, to));
}

/** Whether `to` may follow `from`. */
export function canMove<State extends string>(machine: Machine<State>, from: State, to: State): boolean {
  return machine[from].includes(to);
}
