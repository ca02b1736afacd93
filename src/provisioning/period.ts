import { BillingCycle } from '../entities';

const months: Record<BillingCycle, number> = { MONTHLY: 1, ANNUALLY: 12, TWO_YEARS: 24, THREE_YEARS: 36 };

/** End of the billing period from `start`, in UTC: the same day of a later month, or its last (31 January to 28 or 29). */
export function periodEnd(start: Date, cycle: BillingCycle): Date {
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + months[cycle]);
  if (end.getUTCDate() !== start.getUTCDate()) end.setUTCDate(0);
  return end;
}
