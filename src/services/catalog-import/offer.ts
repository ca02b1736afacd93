import { CancellationPolicy, CatalogItemKind, type Currency, minorUnits } from '../../entities';
import type { ProviderItem, ProviderService, RejectedEntry } from '../../providers';
import { MAX_MINOR } from '../ordering/overflow-rules';

/** Values of an item by their names, as they are compared: `name`, `bytes`, `price MONTHLY`. */
export type Values = Record<string, unknown>;

/** An item as one side has it. */
export interface Item {
  kind: CatalogItemKind;
  /** The provider's own id of it. */
  code: string;
  values: Values;
}

/** Offer of one service in the terms of our catalog, and the entries that cannot be imported. */
export interface Offer {
  items: Item[];
  rejected: RejectedEntry[];
}

/** Reads the offer of one service, with prices in `currency` only. `isHere` returns whether a product is known. */
export function offerOf(
  service: ProviderService,
  currency: Currency,
  isKnown: (sku: string) => boolean,
): Offer {
  const { type, name, quantityLimit, allowMultiple, cancelsAtOnce, products, addons } = service;
  const { AUTOMATIC, REQUIRES_DECISION } = CancellationPolicy;
  const { SERVICE, PRODUCT, ADDON } = CatalogItemKind;
  const cancellationPolicy = cancelsAtOnce ? AUTOMATIC : REQUIRES_DECISION;
  const rules = { quantityLimit, allowMultipleSubscriptions: allowMultiple, cancellationPolicy };
  const offer: Offer = { items: [{ kind: SERVICE, code: type, values: { name, ...rules } }], rejected: [] };
  const take = (kind: CatalogItemKind, item: ProviderItem, more: Values = {}) => {
    const { position, sku: code } = item;
    const prices = pricesOf(item, currency);
    if (typeof prices === 'string') offer.rejected.push({ position, kind, type, code, reason: prices });
    else offer.items.push({ kind, code, values: { ...commonOf(item), ...prices, ...more } });
  };
  for (const product of products) take(PRODUCT, product);
  const offered = new Set(offer.items.flatMap(({ kind, code }) => (kind === PRODUCT ? [code] : [])));
  for (const addon of addons) {
    const fits = [...new Set(addon.fits)].filter(sku => offered.has(sku) || isKnown(sku)).sort();
    take(ADDON, addon, { fits });
    for (const sku of addon.fits.filter(fit => !fits.includes(fit))) {
      const { position, sku: code } = addon;
      const reason = `It fits ${sku.slice(0, 64)}, which is not offered; that is left out.`;
      offer.rejected.push({ position, kind: ADDON, type, code, reason });
    }
  }
  return offer;
}

const commonOf = ({ name, bytes, attributes }: ProviderItem): Values => ({ name, bytes, attributes });

/** The prices in `currency` in minor units, or why they cannot be ours. */
function pricesOf({ prices }: ProviderItem, currency: Currency): Values | string {
  const values: Values = {};
  for (const { billingCycle, amount } of prices.filter(price => price.currency === currency.code)) {
    const minor = minorUnits(amount, currency);
    if (minor === undefined || minor > MAX_MINOR) {
      return `${amount} is not an amount of ${currency.code} that something can cost.`;
    }
    values[`price ${billingCycle}`] = minor;
  }
  return values;
}
