import { BillingCycle } from '../entities';
import type { ResellerPrices } from '../store';
import type { CatalogSnapshot, PriceTable } from './snapshot';
import type { Tariff } from './tariff';

const CYCLES = Object.values(BillingCycle);
const NO_PRICES: PriceTable = new Map();

/** Retail prices that a reseller has set in the currency of its present price list. Prices in another currency do not apply. */
export function ownRetailPrices(catalog: CatalogSnapshot, { priceListId, prices }: ResellerPrices): Tariff {
  const { currency } = catalog.priceList(priceListId);
  const tables = new Map<string, Map<BillingCycle, number>>();
  const byCycle = prices.toSorted((a, b) => CYCLES.indexOf(a.billingCycle) - CYCLES.indexOf(b.billingCycle));
  for (const { itemId, billingCycle, currency: set, unitMinor } of byCycle) {
    if (set !== currency) continue;
    tables.set(itemId, (tables.get(itemId) ?? new Map()).set(billingCycle, unitMinor));
  }
  return { currency, pricesOf: itemId => tables.get(itemId) ?? NO_PRICES };
}

/**
 * Prices for the end customers of a reseller: its retail prices and, with the fallback `list`, the prices of the public list
 * for billing cycles without one. The public list applies only in the currency of the reseller's list.
 */
export function retailTariff(catalog: CatalogSnapshot, reseller: ResellerPrices): Tariff {
  const own = ownRetailPrices(catalog, reseller);
  const { defaultList, retailFallback } = catalog;
  if (retailFallback === 'hidden' || defaultList.currency !== own.currency) return own;
  return { ...own, pricesOf: itemId => merge(catalog.pricesOf(itemId, defaultList), own.pricesOf(itemId)) };
}

/** Prices of both tables by billing cycle. Those of `over` take precedence. */
function merge(under: PriceTable, over: PriceTable): PriceTable {
  const prices = CYCLES.map(cycle => [cycle, over.get(cycle) ?? under.get(cycle)] as const);
  return new Map(prices.filter((price): price is [BillingCycle, number] => price[1] !== undefined));
}
