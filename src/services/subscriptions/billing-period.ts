import { type CloudSubscription, CloudSubscriptionState } from '../../entities';
import { periodEnd } from '../../provisioning';

/** Billing period, from its start until its end. */
export interface BillingPeriod {
  start: Date;
  end: Date;
}

/**
 * Billing period of a subscription that runs at `now`. Periods follow each other from the activation, and end on its day
 * of the month. Null before the activation and after the end of the subscription. The row has the end of the first
 * period, or the end of the subscription.
 */
export function runningPeriod(subscription: CloudSubscription, now: Date): BillingPeriod | null {
  const { currentPeriodEnd, activatedAt, billingCycle, state } = subscription;
  if (!currentPeriodEnd || !activatedAt) return null;
  let period = { start: activatedAt, end: currentPeriodEnd };
  while (period.end <= now && state !== CloudSubscriptionState.PENDING_CANCELLATION) {
    const end = onDay(periodEnd(period.end, billingCycle), activatedAt.getUTCDate());
    period = { start: period.end, end };
  }
  return period;
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

/** Moves a date to a day of its month, or to the last one. */
function onDay(moment: Date, day: number): Date {
  const moved = new Date(moment);
  moved.setUTCMonth(moment.getUTCMonth() + 1, 0);
  moved.setUTCDate(Math.min(day, moved.getUTCDate()));
  return moved;
}
