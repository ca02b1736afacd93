import { type CatalogSnapshot, listTariff, retailTariff, type Tariff } from '../../catalog';
import type { Session } from '../../database';
import type { LineAddon, OrderLine } from '../../entities';
import { type Actor, seesAmounts } from '../../policies';
import { findResellerPrices, type ResellerPrices } from '../../store';
import type { DraftLine, Facts } from './draft';
import { MAX_MINOR } from './overflow-rules';
import { dueNow, type Priceable, type PricedLine } from './prices';

/** Retail prices of a line at the time of its order, in minor units. Null for none. */
export type RetailAmounts = Pick<OrderLine, 'retailUnitMinor' | 'retailTotalMinor'>;

const NO_RETAIL: ResellerPrices = { priceListId: null, prices: [] };

/** Reads the prices for the end customers of a reseller. */
async function readTariffOf(session: Session, catalog: CatalogSnapshot, resellerId: string): Promise<Tariff> {
  const [reseller = NO_RETAIL] = await findResellerPrices(session, [resellerId]);
  return retailTariff(catalog, reseller);
}

/** Reads the prices for the end customers of a reseller. Null without a reseller. */
export const readRetailTariff = async (
  session: Session,
  catalog: CatalogSnapshot,
  resellerId: string | null,
): Promise<Tariff | null> => (resellerId === null ? null : await readTariffOf(session, catalog, resellerId));

/** Prices for a basket of `actor`: those of its price list, or the retail prices of its reseller for an end customer. */
export async function readBasketTariff(
  session: Session,
  catalog: CatalogSnapshot,
  actor: Actor,
): Promise<Tariff> {
  const { resellerId, priceListId } = actor;
  return resellerId === null || seesAmounts(actor)
    ? listTariff(catalog, catalog.priceList(priceListId))
    : readTariffOf(session, catalog, resellerId);
}

/** Adds the retail prices to a line that is ordered. A line that would come to more than can be counted has none. */
export function withRetail<T extends DraftLine & PricedLine>(
  line: T,
  retail: Tariff | null,
  { tariff, targets }: Pick<Facts, 'tariff' | 'targets'>,
  now: Date,
): T & RetailAmounts {
  const priced = retail?.currency === tariff.currency ? retail : null;
  const price = (itemId: string) => priced?.pricesOf(itemId).get(line.billingCycle) ?? null;
  const retailUnitMinor = line.quantity > 0 ? price(line.productId) : null;
  const addons = line.addons.map(addon => ({ ...addon, retailMinor: price(addon.addonId) }));
  const atRetail = retailLine({ ...line, retailUnitMinor, addons });
  if (!atRetail) return { ...line, addons, retailUnitMinor, retailTotalMinor: null };
  const units = [{ quantity: line.quantity, unitMinor: atRetail.unitMinor }, ...atRetail.addons];
  if (units.reduce((sum, { quantity, unitMinor }) => sum + quantity * unitMinor, 0) > MAX_MINOR)
    return { ...line, retailUnitMinor: null, retailTotalMinor: null };
  return { ...line, addons, retailUnitMinor, retailTotalMinor: dueNow(atRetail, targets, now) };
}

/** Line of an order at its retail prices. Null if a part has none. */
export function retailLine<
  T extends Priceable & Pick<RetailAmounts, 'retailUnitMinor'> & { addons: LineAddon[] },
>(line: T): T | null {
  const { quantity, retailUnitMinor } = line;
  if (quantity > 0 && retailUnitMinor === null) return null;
  const addons = line.addons.flatMap(({ retailMinor = null, ...addon }) =>
    retailMinor === null ? [] : [{ ...addon, unitMinor: retailMinor }],
  );
  if (addons.length < line.addons.length) return null;
  return { ...line, unitMinor: retailUnitMinor ?? 0, addons };
}
