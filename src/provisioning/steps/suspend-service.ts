import { currentTime } from '../../clock';
import { CloudSubscription, CloudSubscriptionState, OperationKind, SyncState } from '../../entities';
import { transition } from '../../store';
import { isRepair } from '../repairs';
import { toProviderSubscription } from '../to-provider';
import { operationReferences } from '../write-operation';
import type { Step } from './step';
import { synchronizedRecipient } from './synchronized-recipient';

/**
 * Suspends the subscription at the provider first, and here after the provider has confirmed. Undoes a RESUME. A repair
 * suspends it at the provider only.
 */
export const suspendService: Step = {
  enter: async () => 'call',

  async call(job, { provider, call }) {
    if (!provider.suspendSubscription) throw new Error('The provider has no suspension.');
    return provider.suspendSubscription(toProviderSubscription(job, synchronizedRecipient(job)), call);
  },

  remedy: 'Settle with the provider why it does not suspend the subscription',

  async settle(tx, { subscription, operation }) {
    const { SYNCED } = SyncState;
    if (operation.kind === OperationKind.UNDO || isRepair(operation)) {
      return transition(tx, CloudSubscription, subscription.id, { syncState: SYNCED });
    }
    const suspended = {
      state: CloudSubscriptionState.SUSPENDED,
      syncState: SYNCED,
      suspendedAt: currentTime(),
      suspensionReason: operation.suspensionReason,
    };
    await transition(tx, CloudSubscription, subscription.id, suspended, {
      event: {
        type: 'subscription.suspended',
        // Without the reason: end customers see the message, and the reason is hidden from them.
        message: `${subscription.friendlyName} is suspended.`,
        ...operationReferences(operation),
      },
    });
  },
};
