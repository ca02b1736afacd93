import type { PriceList } from '../entities';
import type { CatalogSnapshot, PriceTable } from './snapshot';

/** Prices for one buyer, in one currency: those of a price list, or the retail prices of a reseller. */
export interface Tariff {
  readonly currency: string;
  /** Prices of an item by billing cycle, shortest first. */
  pricesOf(itemId: string): PriceTable;
}

/** Tariff of a price list. */
export const listTariff = (catalog: CatalogSnapshot, list: PriceList): Tariff => ({
  currency: list.currency,
  pricesOf: itemId => catalog.pricesOf(itemId, list),
});
