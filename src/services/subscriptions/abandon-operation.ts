import { z } from 'zod';
import { ProvisioningOperation } from '../../entities';
import { notFound, Refusal, refuseIf } from '../../errors';
import { authorize } from '../../policies';
import { abandon, observeOperation } from '../../provisioning';
import { findUndoOf, findVisible, lockOrder } from '../../store';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { lockActor } from '../identity/lock';
import { idempotencyKey, parseInput, singleLine } from '../input';
import { lockForChange } from './change-subscription';
import { abandonError } from './subscription-rules';

/** Input of `abandonOperation`. */
export interface AbandonOperationInput {
  operationId: string;
  reason: string;
  idempotencyKey: string;
}

const abandonInput = z.object({ idempotencyKey, reason: singleLine('The reason', 1000) });

/** Abandons a failed operation, and undoes it at the provider. Resolves to its id. */
export async function abandonOperation(context: ActorContext, input: AbandonOperationInput): Promise<string> {
  const { db, actor, metrics } = context;
  authorize(actor, 'abandonOperation');
  const { idempotencyKey: key, reason } = parseInput(abandonInput, input);
  return once(context, 'abandonOperation', key, input, async commit => {
    const seen = await findVisible(db, actor, ProvisioningOperation, input.operationId);
    if (!seen) throw new Refusal([notFound('operation', ['operationId'])]);
    let abandoned: ProvisioningOperation | undefined;
    const id = await commit(seen.id, async tx => {
      const current = await lockActor(tx, actor, 'abandonOperation');
      if (seen.orderId) await lockOrder(tx, seen.orderId);
      const activity = await lockForChange({ actor: current }, tx, seen.subscriptionId);
      const operation = activity.operations.find(it => it.id === seen.id) ?? seen;
      refuseIf([abandonError(operation, activity)]);
      await abandon(tx, { operation, subscription: activity.subscription, userId: actor.userId }, reason);
      abandoned = operation;
    });
    if (abandoned) observeOperation(metrics.provisioning, abandoned, 'abandoned');
    return id;
  });
}

/** Finds the UNDO of an operation that the caller has abandoned. */
export const findUndo = ({ db }: ActorContext, operationId: string) => findUndoOf(db, operationId);
