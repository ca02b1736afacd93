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
import { beginOperation } from '../../provisioning';
import { transition } from '../../store';

/**
 * What an accepted request leads to: the DEPROVISION operation at once, or, at the end of the period, a subscription
 * that is usable until then. The request itself is written by the caller, with the moment that this resolves to.
 */
export async function scheduleCancellation(
  tx: Transaction,
  request: CancellationRequest,
  subscription: CloudSubscription,
  catalog: CatalogSnapshot,
  byUserId: string,
): Promise<{ effectiveAt: Date | null }> {
  if (request.timing === CancellationTiming.IMMEDIATE || subscription.currentPeriodEnd === null) {
    await deprovision(tx, request, subscription, catalog, byUserId);
    return { effectiveAt: null };
  }
  await transition(tx, CloudSubscription, subscription.id, CloudSubscriptionState.PENDING_CANCELLATION);
  record(tx, {
    type: 'subscription.ending',
    message: `${subscription.friendlyName} ends with its billing period.`,
    userId: byUserId,
    accountId: subscription.accountId,
    resellerId: subscription.resellerId,
    subscriptionId: subscription.id,
    requestId: request.id,
  });
  return { effectiveAt: subscription.currentPeriodEnd };
}

/** Begins the operation that ends the subscription at the provider, and then here. */
export async function deprovision(
  tx: Transaction,
  request: Pick<CancellationRequest, 'id'>,
  subscription: CloudSubscription,
  catalog: CatalogSnapshot,
  requestedById: string,
): Promise<void> {
  await tx.update(
    CloudSubscription,
    { syncState: SyncState.PENDING },
    't.id = ?',
    [subscription.id],
    't.version = t.version + 1',
  );
  await beginOperation(tx, {
    kind: OperationKind.DEPROVISION,
    subscription,
    service: catalog.service(subscription.serviceId),
    orderId: null,
    requestId: request.id,
    requestedById,
    addons: [],
  });
}
