import type { CatalogSnapshot } from '../catalog';
import type { Money, OrderLine } from '../entities';
import { seesAmounts } from '../policies';
import { type Context, requireActor } from '../services/context';
import { recurringByCycle } from '../services/ordering/prices';
import { retailLine } from '../services/ordering/retail';
import type { NextCharge } from '../services/subscriptions/next-charge';
import type { UpcomingCharge } from './types/charges';
import type { RecurringAmount } from './types/shown';

/** Description of the total of a line. */
export const DUE =
  'Amount due when the order completes: the first billing cycle of a new subscription, or the rest of the current billing period for add-ons to a live one, estimated at the confirmation of billing.';

/** Amount for the viewer: for an end customer at the retail prices of its reseller, for everybody else the cost. */
const seen = <T>(context: Context, cost: T, retail: T | null | undefined): T | null =>
  seesAmounts(requireActor(context).actor) ? cost : (retail ?? null);

/** Converts minor units of a currency to the amount that the viewer sees. Null if it is an end customer without a retail price. */
export function amountFor(
  context: Context,
  minor: number,
  retailMinor: number | null | undefined,
  currency: string,
): Money | null {
  const shown = seen(context, minor, retailMinor);
  return shown === null ? null : context.catalog.current.money(shown, currency);
}

/** Recurring amounts of an order as the viewer sees them. Null if it is an end customer, and a part has no retail price. */
export function recurringAmountsFor(
  context: Context,
  currency: string,
  lines: readonly OrderLine[],
): RecurringAmount[] | null {
  const atRetail = lines.flatMap(line => retailLine(line) ?? []);
  const shown = seen(context, lines, atRetail.length === lines.length ? atRetail : null);
  return shown && recurringAmounts(context.catalog.current, currency, shown);
}

/** Converts the next charge of a subscription, or null if there is none or the viewer does not see amounts. */
export function upcomingFor(
  context: Context,
  next: NextCharge | null,
  currency: string,
): UpcomingCharge | null {
  const amount = next && amountFor(context, next.minor, null, currency);
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
