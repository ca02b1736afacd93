import { currentTime } from '../clock';
import type { Transaction } from '../database';
import {
  CancellationRequest,
  CancellationRequestState,
  CancellationTiming,
  CloudSubscription,
  CloudSubscriptionState,
  type ProvisioningOperation,
  type SyncState,
} from '../entities';
import { openLedger, readLots, writeCharges } from '../ledger';
import { findOpenRequest, transition } from '../store';
import { operationReferences } from './write-operation';

/** Subscription that ends, with the operation that has ended it at the provider. */
export interface Ending {
  subscription: CloudSubscription;
  operation: ProvisioningOperation;
  /** Business time. */
  now: Date;
}

/**
 * Ends a subscription here, credits what is charged and not used, and closes its request. Without `syncState` its
 * synchronization stays as it is.
 */
export async function endSubscription(tx: Transaction, ending: Ending, syncState?: SyncState): Promise<void> {
  const { subscription, operation, now } = ending;
  const { id, friendlyName } = subscription;
  const request = await findOpenRequest(tx, id);
  const { CANCELLED } = CloudSubscriptionState;
  const cancelled = {
    state: CANCELLED,
    cancelledAt: now,
    chargedUntil: await chargeEnd(tx, ending, request),
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
  if (request) await closeRequest(tx, subscription, operation, request);
}

/** Charges the use until the end, and credits the rest. Resolves to the time up to which the subscription was charged. */
async function chargeEnd(
  tx: Transaction,
  { subscription, operation, now }: Ending,
  request: CancellationRequest | null,
): Promise<Date | null> {
  const { activatedAt, state, currentPeriodEnd } = subscription;
  if (!activatedAt) return null;
  const isScheduled =
    request?.state === CancellationRequestState.ACCEPTED &&
    request.timing === CancellationTiming.END_OF_PERIOD;
  // The accepted end, which stays the same until then, whatever the clock says meanwhile. A suspended subscription stores none.
  const isEnding = isScheduled && state === CloudSubscriptionState.PENDING_CANCELLATION;
  const end = isEnding ? (currentPeriodEnd ?? now) : now;
  const ledger = await openLedger(tx, subscription, await readLots(tx, subscription), end);
  const time = isEnding ? end : ledger.effectiveTime(isScheduled, now);
  ledger.renew(time);
  ledger.end(time, operation);
  writeCharges(tx, [{ subscription, written: ledger.written }]);
  return ledger.chargedUntil;
}

/** Completes an accepted request. One that awaits a decision is withdrawn: an abandoned order has ended the subscription. */
async function closeRequest(
  tx: Transaction,
  { friendlyName }: CloudSubscription,
  operation: ProvisioningOperation,
  request: CancellationRequest,
): Promise<void> {
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
