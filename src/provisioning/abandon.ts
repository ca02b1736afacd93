import { currentTime } from '../clock';
import type { Transaction } from '../database';
import {
  CloudSubscription,
  CloudSubscriptionState,
  OperationKind,
  OperationState,
  ProvisioningOperation,
  type StepName,
  SyncState,
} from '../entities';
import { transition } from '../store';
import { createOperation } from './create-operation';
import { settleOrders } from './order-outcome';
import { isRepair } from './repairs';
import { type Abandoned, undos } from './undo';
import { operationReferences } from './write-operation';

/**
 * Abandons a failed operation whose rows are locked. An UNDO follows where the provider may have done something; else the
 * subscription and the order are settled at once.
 */
export async function abandon(tx: Transaction, abandoned: Abandoned, reason: string): Promise<void> {
  const { operation, subscription, userId } = abandoned;
  const state = OperationState.ABANDONED;
  await transition(
    tx,
    ProvisioningOperation,
    operation.id,
    { state, finishedAt: currentTime() },
    {
      event: {
        type: 'operation.abandoned',
        message: `The operation is abandoned: ${reason}`,
        userId,
        ...operationReferences(operation),
        requestId: operation.requestId,
        data: { operationState: state, reason },
      },
    },
  );
  const { steps, isNeeded, abandon: close, settle } = undos[operation.kind];
  await close?.(tx, abandoned);
  // With the subscription everything that it held has ended at the provider.
  const hasEnded = subscription.state === CloudSubscriptionState.CANCELLED;
  if (!hasEnded && !isRepair(operation) && (await isNeeded(tx, abandoned))) await undo(tx, abandoned, steps);
  else await settle(tx, abandoned);
  await settleOrders(tx, [operation]);
}

async function undo(
  tx: Transaction,
  { operation, subscription, userId }: Abandoned,
  steps: readonly StepName[],
): Promise<void> {
  const { id, orderId, changeId, addons, provider } = operation;
  await createOperation(tx, {
    kind: OperationKind.UNDO,
    undoes: { id, steps },
    subscription,
    service: { provider },
    orderId,
    changeId,
    requestedById: userId,
    addons,
  });
  await transition(tx, CloudSubscription, subscription.id, { syncState: SyncState.PENDING });
}
