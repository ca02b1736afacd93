import { currentTime } from '../clock';
import type { Transaction } from '../database';
import {
  CloudSubscription,
  CloudSubscriptionState,
  type ProvisioningOperation,
  type SyncState,
} from '../entities';
import { transition } from '../store';
import { operationReferences } from './write-operation';

/** Ends a subscription here. Without `syncState` its synchronization stays as it is. */
export async function endSubscription(
  tx: Transaction,
  { id, friendlyName }: CloudSubscription,
  operation: ProvisioningOperation,
  syncState?: SyncState,
): Promise<void> {
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
}
