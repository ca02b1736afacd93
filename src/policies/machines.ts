import type {
  BasketState,
  CancellationRequestState,
  CatalogImportState,
  CloudSubscriptionState,
  InvitationState,
  MailState,
  OperationState,
  OrderState,
  StepState,
  SubscriptionChangeState,
  SyncState,
  WebhookDeliveryState,
  WebhookState,
} from '../entities';

/** State machine: the states that can follow each state. */
export type Machine<State extends string> = Readonly<Record<State, readonly State[]>>;

/** States of a basket, which is open until its checkout. */
export const basketMachine: Machine<`${BasketState}`> = {
  OPEN: ['CHECKED_OUT'],
  CHECKED_OUT: [],
};

/** States of an order. */
export const orderMachine: Machine<`${OrderState}`> = {
  SUBMITTED: ['EXECUTING', 'CANCELLED'],
  EXECUTING: ['COMPLETED', 'PARTIALLY_COMPLETED', 'FAILED'],
  // EXECUTING by a retry; the others once every failed line is abandoned and undone.
  FAILED: ['EXECUTING', 'PARTIALLY_COMPLETED', 'CANCELLED'],
  COMPLETED: [],
  PARTIALLY_COMPLETED: [],
  CANCELLED: [],
};

/** States of a subscription. */
export const subscriptionMachine: Machine<`${CloudSubscriptionState}`> = {
  PENDING: ['ACTIVE', 'CANCELLED'],
  ACTIVE: ['SUSPENDED', 'PENDING_CANCELLATION', 'CANCELLED'],
  // To PENDING_CANCELLATION when it is resumed and an accepted request waits for the end of the period.
  SUSPENDED: ['ACTIVE', 'PENDING_CANCELLATION', 'CANCELLED'],
  // Back to ACTIVE when an accepted request is withdrawn before the period ends, or fails. To SUSPENDED when a request is accepted
  // while the provider suspends.
  PENDING_CANCELLATION: ['ACTIVE', 'SUSPENDED', 'CANCELLED'],
  CANCELLED: [],
};

/** Synchronization with the provider, independent of the business state. */
export const syncMachine: Machine<`${SyncState}`> = {
  UNSYNCED: ['PENDING'],
  PENDING: ['SYNCED', 'FAILED'],
  SYNCED: ['PENDING'],
  // SYNCED without a call: an abandoned operation that has sent nothing.
  FAILED: ['PENDING', 'SYNCED'],
};

/** States of an operation. */
export const operationMachine: Machine<`${OperationState}`> = {
  PENDING: ['RUNNING'],
  RUNNING: ['SUCCEEDED', 'FAILED'],
  // PENDING by a retry. An abandoned operation cannot be retried.
  FAILED: ['PENDING', 'ABANDONED'],
  SUCCEEDED: [],
  ABANDONED: [],
};

/** States of a step. A step without a call succeeds, or is skipped, without running. */
export const stepMachine: Machine<`${StepState}`> = {
  PENDING: ['RUNNING', 'SUCCEEDED', 'SKIPPED'],
  RUNNING: ['SUCCEEDED', 'RETRYING', 'FAILED'],
  RETRYING: ['RUNNING', 'FAILED'],
  FAILED: ['PENDING'],
  SUCCEEDED: [],
  SKIPPED: [],
};

/** States of a cancellation request. */
export const requestMachine: Machine<`${CancellationRequestState}`> = {
  PENDING: ['ACCEPTED', 'REJECTED', 'WITHDRAWN'],
  // WITHDRAWN while it waits for the end of the period.
  ACCEPTED: ['COMPLETED', 'WITHDRAWN', 'FAILED'],
  REJECTED: [],
  WITHDRAWN: [],
  COMPLETED: [],
  FAILED: [],
};

/** States of a change of a subscription. */
export const changeMachine: Machine<`${SubscriptionChangeState}`> = {
  PENDING: ['ACCEPTED', 'REJECTED', 'WITHDRAWN'],
  // WITHDRAWN while it waits for the end of the period; FAILED when its operation is abandoned.
  ACCEPTED: ['COMPLETED', 'WITHDRAWN', 'FAILED'],
  REJECTED: [],
  WITHDRAWN: [],
  COMPLETED: [],
  FAILED: [],
};

/** States of a webhook, which is disabled by a user, or automatically after days of failures. */
export const webhookMachine: Machine<`${WebhookState}`> = {
  ENABLED: ['DISABLED'],
  DISABLED: ['ENABLED'],
};

/** States of a delivery. A finished delivery can be redelivered. */
export const deliveryMachine: Machine<`${WebhookDeliveryState}`> = {
  PENDING: ['DELIVERED', 'FAILED', 'WITHHELD'],
  DELIVERED: ['PENDING'],
  FAILED: ['PENDING'],
  WITHHELD: ['PENDING'],
};

/** States of a mail. A finished mail can be sent again. */
export const mailMachine: Machine<`${MailState}`> = {
  PENDING: ['SENT', 'FAILED'],
  SENT: ['PENDING'],
  FAILED: ['PENDING'],
};

/** States of an invitation. EXPIRED is PENDING in the database: the time decides. */
export const invitationMachine: Machine<Exclude<`${InvitationState}`, 'EXPIRED'>> = {
  PENDING: ['ACCEPTED', 'REVOKED'],
  ACCEPTED: [],
  REVOKED: [],
};

/** States of a catalog import. The next import fails one whose process has ended. */
export const importMachine: Machine<`${CatalogImportState}`> = {
  RUNNING: ['SUCCEEDED', 'FAILED'],
  SUCCEEDED: [],
  FAILED: [],
};

/** States from which `to` can follow. */
export function statesBefore<State extends string>(machine: Machine<State>, to: State): State[] {
  return (Object.keys(machine) as State[]).filter(from => canMove(machine, from, to));
}

/** Whether `to` can follow `from`. */
export function canMove<State extends string>(machine: Machine<State>, from: State, to: State): boolean {
  return machine[from].includes(to);
}
