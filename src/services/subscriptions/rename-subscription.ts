import { z } from 'zod';
import { checkVersion, refuseIf } from '../../errors';
import { record } from '../../events';
import { authorize } from '../../policies';
import { renameSubscription as rename } from '../../store';
import type { ActorContext } from '../context';
import { friendlyName, parseInput } from '../input';
import { lockForChange } from './change-subscription';
import { renameError } from './subscription-rules';

const renameInput = z.object({ friendlyName });

/** Renames a subscription. Providers get the name with the next change. Resolves to the id of the subscription. */
export async function renameSubscription(
  context: ActorContext,
  input: { subscriptionId: string; friendlyName: string; expectedVersion?: number | null },
): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'renameSubscription');
  const { friendlyName: name } = parseInput(renameInput, input);
  return db.transaction(async tx => {
    const { subscription } = await lockForChange(context, tx, input.subscriptionId);
    checkVersion(input.expectedVersion, subscription.version);
    refuseIf([renameError(subscription)]);
    const { id, accountId, resellerId } = subscription;
    await rename(tx, id, name);
    record(tx, {
      type: 'subscription.renamed',
      message: `${subscription.friendlyName} is now called ${name}.`,
      userId: actor.userId,
      accountId,
      resellerId,
      subscriptionId: id,
    });
    return id;
  });
}
