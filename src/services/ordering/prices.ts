import type { CatalogSnapshot } from '../../catalog';
import { exact, type LineAddon, type PriceList } from '../../entities';
import type { DraftLine } from './draft';

/** Price of a line for one billing cycle, in minor units of the list's currency. */
export interface PricedLine {
  unitMinor: number;
  addons: LineAddon[];
  totalMinor: number;
}

/** Prices a line from `list`. Items without a price cost 0, and the rules refuse them. */
export function priceLine(line: DraftLine, catalog: CatalogSnapshot, list: PriceList): PricedLine {
  const price = (itemId: string) => catalog.pricesOf(itemId, list).get(line.billingCycle) ?? 0;
  const addons = line.addons.map(({ addonId, quantity }) => ({
    addonId,
    quantity,
    unitMinor: price(addonId),
  }));
  const unitMinor = price(line.productId);
  return { unitMinor, addons, totalMinor: lineTotal(line.quantity, unitMinor, addons) };
}

/** Total of the product and add-ons of a line. */
export function lineTotal(quantity: number, unitMinor: number, addons: readonly LineAddon[]): number {
  return addons.reduce(
    (sum, addon) => exact(sum + exact(addon.quantity * addon.unitMinor)),
    exact(quantity * unitMinor),
  );
}

/** Whether all prices of `line` are current, in the same currency. */
export function pricesHold(
  line: DraftLine & { unitMinor: number; currency: string; addons: readonly LineAddon[] },
  catalog: CatalogSnapshot,
  list: PriceList,
): boolean {
  if (line.currency !== list.currency) return false;
  const now = priceLine(line, catalog, list);
  const product = line.quantity === 0 || now.unitMinor === line.unitMinor;
  return product && now.addons.every((addon, index) => addon.unitMinor === line.addons[index]?.unitMinor);
}
