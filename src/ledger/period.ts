import { BillingCycle } from '../entities';

const months: Record<BillingCycle, number> = { MONTHLY: 1, ANNUALLY: 12, TWO_YEARS: 24, THREE_YEARS: 36 };

/** End of the nth billing period from `start`, in UTC: the same day of a later month, or its last (31 January to 28 or 29). */
export function periodEnd(start: Date, cycle: BillingCycle, periods = 1): Date {
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + periods * months[cycle]);
  if (end.getUTCDate() !== start.getUTCDate()) end.setUTCDate(0);
  return end;
}

/** Number of billing periods from `start` that have ended at `now`. */
export function endedPeriods(start: Date, cycle: BillingCycle, now: Date): number {
  const years = now.getUTCFullYear() - start.getUTCFullYear();
  const passed = 12 * years + now.getUTCMonth() - start.getUTCMonth();
  const periods = Math.max(0, Math.floor(passed / months[cycle]));
  return periods > 0 && periodEnd(start, cycle, periods) > now ? periods - 1 : periods;
}
