import { currentTime } from '../clock';
import type { Transaction } from '../database';
import {
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  CloudSubscriptionState,
  type ProvisioningOperation,
  type SyncState,
} from '../entities';
import { findOpenRequest, transition } from '../store';
import { operationReferences } from './write-operation';

/** Ends a subscription here, and closes its request. Without `syncState` its synchronization stays as it is. */
export async function endSubscription(
  tx: Transaction,
  subscription: CloudSubscription,
  operation: ProvisioningOperation,
  syncState?: SyncState,
): Promise<void> {
  const { id, friendlyName } = subscription;
  const { CANCELLED } = CloudSubscriptionState;
  const cancelled = {
    state: CANCELLED,
    cancelledAt: currentTime(),
    currentPeriodEnd: null,
    suspendedAt: null,
    suspensionReason: null,
  };
  await transition(tx, CloudSubscription, id, syncState ? { ...cancelled, syncState } : cancelled, {
    event: {
      type: 'subscription.cancelled',
      message: `${friendlyName} has ended.`,
      ...operationReferences(operation),
      requestId: operation.requestId,
    },
  });
  await closeRequest(tx, subscription, operation);
}

/** Completes an accepted request. One that awaits a decision is withdrawn: an abandoned order has ended the subscription. */
async function closeRequest(
  tx: Transaction,
  { id, friendlyName }: CloudSubscription,
  operation: ProvisioningOperation,
): Promise<void> {
  const request = await findOpenRequest(tx, id);
  if (!request) return;
  const { ACCEPTED, COMPLETED, WITHDRAWN } = CancellationRequestState;
  const about = { ...operationReferences(operation), requestId: request.id };
  if (request.state === ACCEPTED) {
    const completed = { state: COMPLETED, completedAt: currentTime() };
    const message = `The cancellation of ${friendlyName} is carried out.`;
    return transition(tx, CancellationRequest, request.id, completed, {
      event: { type: 'cancellation.completed', message, ...about },
    });
  }
  const message = `${friendlyName} has ended before the decision on its cancellation.`;
  const withdrawn = { state: WITHDRAWN, effectiveAt: null };
  await transition(tx, CancellationRequest, request.id, withdrawn, {
    event: { type: 'cancellation.withdrawn', message, ...about },
  });
}
