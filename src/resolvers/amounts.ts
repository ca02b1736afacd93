import type { CatalogSnapshot } from '../catalog';
import type { Money } from '../entities';
import { seesAmounts } from '../policies';
import { type Context, requireActor } from '../services/context';
import { recurringByCycle } from '../services/ordering/prices';
import type { NextCharge } from '../services/subscriptions/next-charge';
import type { UpcomingCharge } from './types/charges';
import type { RecurringAmount } from './types/shown';

/** Description of the total of a line. */
export const DUE =
  'Amount due when the order completes: the first billing cycle of a new subscription, or the rest of the current billing period for add-ons to a live one, estimated at the confirmation of billing.';

/** Converts minor units of a currency to an amount, or null if the viewer does not see amounts. */
export const amountFor = (context: Context, minor: number, currency: string): Money | null =>
  seesAmounts(requireActor(context).actor) ? context.catalog.current.money(minor, currency) : null;

/** Converts the next charge of a subscription, or null if there is none or the viewer does not see amounts. */
export function upcomingFor(
  context: Context,
  next: NextCharge | null,
  currency: string,
): UpcomingCharge | null {
  const amount = next && amountFor(context, next.minor, currency);
  return amount && { at: next.at, amount };
}

/** Recurring amounts of lines, one for each billing cycle. */
export const recurringAmounts = (
  catalog: CatalogSnapshot,
  currency: string,
  lines: Parameters<typeof recurringByCycle>[0],
): RecurringAmount[] =>
  [...recurringByCycle(lines)].map(([billingCycle, minor]) => ({
    billingCycle,
    amount: catalog.money(minor, currency),
  }));
