import { CancellationRequestState, CloudSubscriptionState, SubscriptionChangeState } from '../../entities';
import { runningPeriodEnd } from '../../ledger';
import type { SubscriptionActivity } from './activity';

/** Charges of the next billing period. */
export interface NextCharge {
  at: Date;
  /** Sum in minor units. */
  minor: number;
}

/**
 * Charges of the next billing period of a subscription as things stand: after an accepted change, and null where an accepted
 * cancellation leaves no next period, before the activation and after the end.
 */
export function nextCharge(
  { subscription, request, change }: Pick<SubscriptionActivity, 'subscription' | 'request' | 'change'>,
  now: Date,
): NextCharge | null {
  const at = subscription.activatedAt && runningPeriodEnd(subscription, now);
  if (!at || request?.state === CancellationRequestState.ACCEPTED) return null;
  // The change of a suspended subscription waits until it is resumed.
  const isChanging =
    change?.state === SubscriptionChangeState.ACCEPTED &&
    subscription.state !== CloudSubscriptionState.SUSPENDED;
  return { at, minor: isChanging ? change.after.recurringMinor : subscription.recurringMinor };
}
