import { CloudSubscription, CloudSubscriptionState, OperationKind, SyncState } from '../../entities';
import { renewBefore } from '../../ledger';
import { findOpenRequest, transition } from '../../store';
import { toProviderSubscription } from '../to-provider';
import { operationReferences } from '../write-operation';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

const { ACTIVE, PENDING_CANCELLATION } = CloudSubscriptionState;

/** Ends the suspension at the provider first, and here after the provider has confirmed. Undoes a SUSPEND. */
export const resumeService: Step = {
  enter: async () => 'call',

  async call(job, { provider, call }) {
    if (!provider.resumeSubscription) throw new Error('The provider has no suspension.');
    return provider.resumeSubscription(toProviderSubscription(job, synchronizedRecipient(job)), call);
  },

  remedy: 'Settle with the provider why it does not resume the subscription',

  async settle(tx, { subscription, operation, clock }) {
    const { SYNCED } = SyncState;
    if (operation.kind === OperationKind.UNDO) {
      return transition(tx, CloudSubscription, subscription.id, { syncState: SYNCED });
    }
    const request = await findOpenRequest(tx, subscription.id);
    // Set while an accepted request waits for the end of the period. The stored period can have moved on since.
    const endsAt = request?.effectiveAt ?? null;
    const now = clock();
    // While it was suspended its periods did not wait for a scheduled change.
    await renewBefore(tx, subscription, endsAt && endsAt < now ? endsAt : now);
    const resumed = {
      state: endsAt ? PENDING_CANCELLATION : ACTIVE,
      syncState: SYNCED,
      suspendedAt: null,
      suspensionReason: null,
      ...(endsAt && { currentPeriodEnd: endsAt }),
    };
    await transition(tx, CloudSubscription, subscription.id, resumed, {
      event: {
        type: 'subscription.reactivated',
        message: `${subscription.friendlyName} is resumed.`,
        ...operationReferences(operation),
      },
    });
  },
};
