import { type CloudSubscription, CloudSubscriptionState } from '../../entities';
import { periodEnd } from '../../provisioning';

/**
 * The end of the billing period that runs at `now`: one period follows the other from activation on, each ending on the
 * day of the month of the activation. The row keeps the end of the first, or the one at which the subscription ends.
 */
export function runningPeriodEnd(subscription: CloudSubscription, now: Date): Date | null {
  const { currentPeriodEnd, activatedAt, billingCycle, state } = subscription;
  if (!currentPeriodEnd || !activatedAt || state === CloudSubscriptionState.PENDING_CANCELLATION) {
    return currentPeriodEnd;
  }
  let end = currentPeriodEnd;
  while (end <= now) end = onDay(periodEnd(end, billingCycle), activatedAt.getUTCDate());
  return end;
}

/** Moves a date to a day of its month, or to the last one. */
function onDay(moment: Date, day: number): Date {
  const moved = new Date(moment);
  moved.setUTCMonth(moment.getUTCMonth() + 1, 0);
  moved.setUTCDate(Math.min(day, moved.getUTCDate()));
  return moved;
}
