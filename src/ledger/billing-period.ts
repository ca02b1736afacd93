import { type CloudSubscription, CloudSubscriptionState } from '../entities';
import { endedPeriods, periodEnd } from './period';

/** Billing period, from its start until its end. */
export interface BillingPeriod {
  start: Date;
  end: Date;
}

/**
 * Billing period of a subscription that runs at `now`. Null before the activation and after the end of the subscription.
 * Periods follow each other from the activation on, and end on its day of the month, or on the last one. A subscription
 * that is to end stays in its last period.
 */
export function runningPeriod(subscription: CloudSubscription, now: Date): BillingPeriod | null {
  const { currentPeriodEnd, activatedAt, billingCycle, state } = subscription;
  if (!currentPeriodEnd || !activatedAt) return null;
  const isEnding = state === CloudSubscriptionState.PENDING_CANCELLATION;
  const ended = endedPeriods(
    activatedAt,
    billingCycle,
    isEnding ? new Date(currentPeriodEnd.getTime() - 1) : now,
  );
  return {
    start: periodEnd(activatedAt, billingCycle, ended),
    end: periodEnd(activatedAt, billingCycle, ended + 1),
  };
}

/** End of the billing period that runs at `now`. Null before the activation and after the end of the subscription. */
export function runningPeriodEnd(subscription: CloudSubscription, now: Date): Date | null {
  return subscription.activatedAt
    ? (runningPeriod(subscription, now)?.end ?? null)
    : subscription.currentPeriodEnd;
}

/** Part of a price per period, in minor units, for the rest of the period from `now` on. Rounded half up. */
export function prorate(minor: number, { start, end }: BillingPeriod, now: Date): number {
  const whole = BigInt(end.getTime() - start.getTime());
  const rest = BigInt(Math.max(0, end.getTime() - Math.max(now.getTime(), start.getTime())));
  return Number((2n * BigInt(minor) * rest + whole) / (2n * whole));
}
