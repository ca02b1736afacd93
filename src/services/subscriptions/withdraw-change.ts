import { SubscriptionChange, SubscriptionChangeState } from '../../entities';
import { checkVersion, refuseIf } from '../../errors';
import { authorize } from '../../policies';
import { transition } from '../../store';
import type { ActorContext } from '../context';
import { changeReferences, lockForChange, visibleChange } from './change-subscription';
import { withdrawChangeError } from './subscription-rules';

/** Withdraws a change before it takes effect. Resolves to its id. */
export async function withdrawChange(
  context: ActorContext,
  input: { changeId: string; expectedVersion?: number | null },
): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'withdrawSubscriptionChange');
  const seen = await visibleChange(context, db, input.changeId);
  const requester = await context.load.user.load(seen.requestedById);
  return db.transaction(async tx => {
    const { subscription } = await lockForChange(context, tx, seen.subscriptionId);
    const change = await visibleChange(context, tx, seen.id);
    checkVersion(input.expectedVersion, change.version);
    refuseIf([withdrawChangeError({ open: change, requester }, actor)]);
    const message = `The change of ${subscription.friendlyName} is withdrawn.`;
    const withdrawn = { state: SubscriptionChangeState.WITHDRAWN, effectiveAt: null };
    await transition(tx, SubscriptionChange, change.id, withdrawn, {
      event: { type: 'change.withdrawn', message, userId: actor.userId, ...changeReferences(change) },
    });
    return change.id;
  });
}
