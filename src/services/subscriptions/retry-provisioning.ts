import { z } from 'zod';
import { databaseNow, type Transaction } from '../../database';
import {
  CloudSubscription,
  OperationKind,
  OperationState,
  Order,
  OrderState,
  ProvisioningOperation,
  SyncState,
} from '../../entities';
import { notFound, Refusal, refuseIf } from '../../errors';
import { authorize } from '../../policies';
import { operationReferences } from '../../provisioning';
import { findVisible, lockOrder, resetFailedSteps, transition, tryTransition } from '../../store';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { lockActor } from '../identity/lock';
import { idempotencyKey, parseInput } from '../input';
import { lockForChange } from './change-subscription';
import { retryError } from './subscription-rules';

const retryInput = z.object({ idempotencyKey });

/** Retries a failed operation from the step that failed. Resolves to its id. */
export async function retryProvisioning(
  context: ActorContext,
  input: { operationId: string; idempotencyKey: string },
): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'retryProvisioning');
  const { idempotencyKey: key } = parseInput(retryInput, input);
  return once(context, 'retryProvisioning', key, input, async commit => {
    const seen = await findVisible(db, actor, ProvisioningOperation, input.operationId);
    if (!seen) throw new Refusal([notFound('operation', ['operationId'])]);
    return commit(seen.id, async tx => {
      const current = await lockActor(tx, actor, 'retryProvisioning');
      if (seen.orderId) await lockOrder(tx, seen.orderId);
      const activity = await lockForChange({ actor: current }, tx, seen.subscriptionId);
      const operation = activity.operations.find(({ id }) => id === seen.id) ?? seen;
      refuseIf([retryError(operation, activity)]);
      await requeue(tx, operation, actor.userId);
    });
  });
}

async function requeue(tx: Transaction, operation: ProvisioningOperation, userId: string): Promise<void> {
  // Due by the clock of the database, which every worker goes by.
  const pending = { state: OperationState.PENDING, finishedAt: null, dueAt: databaseNow };
  await transition(tx, ProvisioningOperation, operation.id, pending, {
    event: {
      type: 'operation.changed',
      message: 'The operation is tried again from the step that failed.',
      userId,
      ...operationReferences(operation),
      data: { operationState: OperationState.PENDING },
    },
  });
  await resetFailedSteps(tx, operation.id);
  await transition(tx, CloudSubscription, operation.subscriptionId, { syncState: SyncState.PENDING });
  // The order is EXECUTING already where another line of it was retried before. An UNDO provisions nothing.
  if (operation.orderId && operation.kind !== OperationKind.UNDO) {
    await tryTransition(tx, Order, operation.orderId, { state: OrderState.EXECUTING });
  }
  tx.touched.add('operations');
}
