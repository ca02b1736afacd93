import { CancellationPolicy, CatalogItemKind } from '../../entities';
import type { ProviderItem, ProviderService } from '../../provisioning';

/** Values of an item by their names, as they are compared: `name`, `bytes`, `price MONTHLY`. */
export type Values = Record<string, unknown>;

/** An item as one side has it. */
export interface Item {
  kind: CatalogItemKind;
  /** The provider's own id of it. */
  code: string;
  values: Values;
}

/** What the provider offers of one service, in the words of our catalog; prices in `currency` only. */
export function itemsOf(service: ProviderService, currency: string): Item[] {
  const { type, name, quantityLimit, allowMultiple, cancelsAtOnce, products, addons } = service;
  const { AUTOMATIC, REQUIRES_DECISION } = CancellationPolicy;
  const cancellationPolicy = cancelsAtOnce ? AUTOMATIC : REQUIRES_DECISION;
  const rules = { quantityLimit, allowMultipleSubscriptions: allowMultiple, cancellationPolicy };
  return [
    { kind: CatalogItemKind.SERVICE, code: type, values: { name, ...rules } },
    ...products.map(product => ({
      kind: CatalogItemKind.PRODUCT,
      code: product.sku,
      values: valuesOf(product, currency),
    })),
    ...addons.map(addon => ({
      kind: CatalogItemKind.ADDON,
      code: addon.sku,
      values: { ...valuesOf(addon, currency), fits: addon.fits.toSorted() },
    })),
  ];
}

function valuesOf({ name, bytes, attributes, prices }: ProviderItem, currency: string): Values {
  const listed = prices.filter(price => price.currency === currency);
  return {
    name,
    bytes,
    attributes,
    ...Object.fromEntries(listed.map(({ billingCycle, unitMinor }) => [`price ${billingCycle}`, unitMinor])),
  };
}
