import { type BillingCycle, type CloudSubscription, CloudSubscriptionState } from '../entities';
import { endedPeriods, periodEnd } from './period';

/** Billing period, from its start until its end. The period of the activation has the number 0. */
export interface BillingPeriod {
  number: number;
  start: Date;
  end: Date;
}

/** Anchor of the billing periods of a subscription: its activation and its cycle. */
export interface Anchor {
  activatedAt: Date;
  billingCycle: BillingCycle;
}

/** Billing period with a number. */
const periodOf = ({ activatedAt, billingCycle }: Anchor, number: number): BillingPeriod => ({
  number,
  start: periodEnd(activatedAt, billingCycle, number),
  end: periodEnd(activatedAt, billingCycle, number + 1),
});

/** Billing period that has begun at `time` and not ended; the first one for a time before the activation. */
export const periodAt = (anchor: Anchor, time: Date): BillingPeriod =>
  periodOf(anchor, endedPeriods(anchor.activatedAt, anchor.billingCycle, time));

/** Anchor of a subscription. Null before the activation. */
export const anchorOf = ({
  activatedAt,
  billingCycle,
}: Pick<CloudSubscription, keyof Anchor>): Anchor | null => activatedAt && { activatedAt, billingCycle };

/**
 * Billing period of a subscription that runs at `now`. Null before the activation and after the end of the subscription.
 * Periods follow each other from the activation on, and end on its day of the month, or on the last one. A subscription
 * that is to end stays in its last period.
 */
export function runningPeriod(subscription: CloudSubscription, now: Date): BillingPeriod | null {
  const anchor = anchorOf(subscription);
  const { currentPeriodEnd, state } = subscription;
  if (!currentPeriodEnd || !anchor) return null;
  const isEnding = state === CloudSubscriptionState.PENDING_CANCELLATION;
  return periodAt(anchor, isEnding ? new Date(currentPeriodEnd.getTime() - 1) : now);
}

/** End of the billing period that runs at `now`. Null before the activation and after the end of the subscription. */
export function runningPeriodEnd(subscription: CloudSubscription, now: Date): Date | null {
  return subscription.activatedAt
    ? (runningPeriod(subscription, now)?.end ?? null)
    : subscription.currentPeriodEnd;
}
