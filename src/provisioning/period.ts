import { BillingCycle } from '../entities';

const months: Record<BillingCycle, number> = { MONTHLY: 1, ANNUALLY: 12, TWO_YEARS: 24, THREE_YEARS: 36 };

/**
 * The end of the billing period that began at `start`, in UTC: the same day of a later month, or that month's last day
 * where it has no such day (31 January leads to 28 or 29 February).
 */
export function periodEnd(start: Date, cycle: BillingCycle): Date {
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + months[cycle]);
  if (end.getUTCDate() !== start.getUTCDate()) end.setUTCDate(0);
  return end;
}
