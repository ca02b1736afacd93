import { BillingCycle } from '../entities';

const months: Record<BillingCycle, number> = { MONTHLY: 1, ANNUALLY: 12, TWO_YEARS: 24, THREE_YEARS: 36 };

/** End of the period that starts at `start`, in UTC: the same day, or the last of a shorter month (31 January to 28). */
export function periodEnd(start: Date, cycle: BillingCycle): Date {
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + months[cycle]);
  if (end.getUTCDate() !== start.getUTCDate()) end.setUTCDate(0);
  return end;
}
