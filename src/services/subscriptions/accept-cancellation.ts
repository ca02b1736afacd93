import type { CatalogSnapshot } from '../../catalog';
import type { Transaction } from '../../database';
import {
  type CancellationRequest,
  CancellationTiming,
  CloudSubscription,
  CloudSubscriptionState,
  OperationKind,
  SyncState,
} from '../../entities';
import { record } from '../../events';
import { runningPeriodEnd } from '../../ledger';
import { createOperation } from '../../provisioning';
import { transition } from '../../store';

/** An accepted request, and what it is about. */
interface AcceptedRequest {
  request: CancellationRequest;
  subscription: CloudSubscription;
  catalog: CatalogSnapshot;
  byUserId: string;
  /** Business time. */
  now: Date;
}

/** Ends the subscription now, or keeps it until the end of its period (a suspended one stays so). Resolves to that end. */
export async function scheduleCancellation(
  tx: Transaction,
  { request, subscription, catalog, byUserId, now }: AcceptedRequest,
): Promise<{ effectiveAt: Date | null }> {
  const effectiveAt = runningPeriodEnd(subscription, now);
  if (request.timing === CancellationTiming.IMMEDIATE || effectiveAt === null) {
    await deprovision(tx, request, subscription, catalog, byUserId);
    return { effectiveAt: null };
  }
  if (subscription.state === CloudSubscriptionState.ACTIVE) {
    const { PENDING_CANCELLATION } = CloudSubscriptionState;
    await transition(tx, CloudSubscription, subscription.id, {
      state: PENDING_CANCELLATION,
      currentPeriodEnd: effectiveAt,
    });
  }
  record(tx, {
    type: 'subscription.ending',
    message: `${subscription.friendlyName} ends with its billing period.`,
    userId: byUserId,
    accountId: subscription.accountId,
    resellerId: subscription.resellerId,
    subscriptionId: subscription.id,
    requestId: request.id,
  });
  return { effectiveAt };
}

/** Begins the operation that ends the subscription at the provider, and then here. */
export async function deprovision(
  tx: Transaction,
  request: Pick<CancellationRequest, 'id'>,
  subscription: CloudSubscription,
  catalog: CatalogSnapshot,
  requestedById: string,
): Promise<void> {
  await createOperation(tx, {
    kind: OperationKind.DEPROVISION,
    subscription,
    service: catalog.service(subscription.serviceId),
    orderId: null,
    requestId: request.id,
    requestedById,
    addons: [],
  });
  await transition(tx, CloudSubscription, subscription.id, { syncState: SyncState.PENDING });
}
