import type { Tariff } from '../../catalog';
import { BillingCycle, exact, type LineAddon } from '../../entities';
import { prorate, runningPeriod } from '../../ledger';
import type { DraftLine, Facts } from './draft';

/** Prices of a line, in minor units of the tariff's currency. */
export interface PricedLine {
  /** Price of one license for one billing cycle. */
  unitMinor: number;
  addons: LineAddon[];
  /** Amount due when the order completes. */
  totalMinor: number;
}

const CYCLES = Object.values(BillingCycle);

/** Parts of a line that its price depends on. */
export type Priceable = Pick<DraftLine, 'quantity' | 'subscriptionId'> &
  Pick<PricedLine, 'unitMinor' | 'addons'>;

/** Current unit prices of a line. Items without a price cost 0, and the rules refuse them. */
export function unitPrices(line: DraftLine, tariff: Tariff): Pick<PricedLine, 'unitMinor' | 'addons'> {
  const price = (itemId: string) => tariff.pricesOf(itemId).get(line.billingCycle) ?? 0;
  const addons = line.addons.map(({ addonId, quantity }) => ({
    addonId,
    quantity,
    unitMinor: price(addonId),
  }));
  return { unitMinor: price(line.productId), addons };
}

/** Prices a line at current prices, at the time `now`. */
export function priceLine(
  line: DraftLine,
  { tariff, targets }: Pick<Facts, 'tariff' | 'targets'>,
  now: Date,
): PricedLine {
  const prices = unitPrices(line, tariff);
  return { ...prices, totalMinor: dueNow({ ...line, ...prices }, targets, now) };
}

/** Price of the product and the add-ons of a line for one billing cycle. */
function recurringTotal({ quantity, unitMinor, addons }: Omit<Priceable, 'subscriptionId'>): number {
  return addons.reduce(
    (sum, addon) => exact(sum + exact(addon.quantity * addon.unitMinor)),
    exact(quantity * unitMinor),
  );
}

/**
 * Amount that is due for a line when its order completes: the first billing cycle of a new subscription, or the rest of
 * the running period for add-ons to a live one.
 */
export function dueNow(line: Priceable, targets: Facts['targets'], now: Date): number {
  const target = line.subscriptionId === null ? undefined : targets.get(line.subscriptionId);
  const period = target && runningPeriod(target.subscription, now);
  if (!period) return recurringTotal(line);
  return line.addons.reduce((sum, addon) => exact(sum + prorate(addon, period, now)), 0);
}

/** Recurring amounts of lines by billing cycle, shortest first. */
export function recurringByCycle(
  lines: readonly (Omit<Priceable, 'subscriptionId'> & { billingCycle: BillingCycle })[],
): Map<BillingCycle, number> {
  const sums = new Map<BillingCycle, number>();
  for (const line of lines) {
    sums.set(line.billingCycle, exact((sums.get(line.billingCycle) ?? 0) + recurringTotal(line)));
  }
  return new Map([...sums].sort(([one], [other]) => CYCLES.indexOf(one) - CYCLES.indexOf(other)));
}

/** Whether all prices of `line` are current, in the same currency. */
export function pricesHold(
  line: DraftLine & { unitMinor: number; currency: string; addons: readonly LineAddon[] },
  tariff: Tariff,
): boolean {
  if (line.currency !== tariff.currency) return false;
  const now = unitPrices(line, tariff);
  const product = line.quantity === 0 || now.unitMinor === line.unitMinor;
  return product && now.addons.every((addon, index) => addon.unitMinor === line.addons[index]?.unitMinor);
}
