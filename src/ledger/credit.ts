import type { Charge } from '../entities';
import type { BillingPeriod } from './billing-period';
import { priceOfUse, secondsBetween, toSecond } from './proration';

/** Charge with the credits that it has, and its billing period. */
export interface CreditedCharge {
  charge: Charge;
  credits: readonly Charge[];
  period: BillingPeriod;
}

type Credit = Pick<Charge, 'periodStart' | 'periodEnd' | 'quantity' | 'amountMinor'>;

const unitSeconds = ({
  quantity,
  periodStart,
  periodEnd,
}: Pick<Charge, 'quantity' | 'periodStart' | 'periodEnd'>) =>
  BigInt(quantity) * secondsBetween(periodStart, periodEnd);

/**
 * Credit of a charge for `units` that are taken away at `time`. What stays charged is the price of the use, computed anew
 * from all of it, so that roundings of several credits do not add up. The credit is never more than what is charged.
 */
export function creditOf({ charge, credits, period }: CreditedCharge, units: number, time: Date): Credit {
  const { periodEnd, quantity, unitMinor } = charge;
  const periodStart = time < charge.periodStart ? charge.periodStart : toSecond(period, time);
  const credit = { periodStart, periodEnd, quantity: units };
  const used = [...credits, credit].reduce((use, each) => use - unitSeconds(each), unitSeconds(charge));
  const charged = credits.reduce((sum, { amountMinor }) => sum + amountMinor, charge.amountMinor);
  return { ...credit, amountMinor: priceOfUse({ quantity, unitMinor }, period, used) - charged };
}
