import type { Session } from '../../database';
import { CatalogItemKind, type Currency, type PriceList, type Service } from '../../entities';
import {
  findAddonsOf,
  findCurrency,
  findImportedItems,
  findPrices,
  findProductAddons,
  findProductsOf,
  findPublicPriceList,
  findServiceOfType,
} from '../../store';
import type { Item, Values } from './offer';

/** A service of ours with all that belongs to it, and what its provider said of each item when it was last imported. */
export interface LocalCatalog {
  service: Service | null;
  items: Map<string, Item & { id: string; published: boolean; elsewhere: boolean }>;
  imported: Map<string, Values>;
  publicList: PriceList;
  currency: Currency;
}

/** The key of an item in maps. */
export const keyOf = ({ kind, code }: Pick<Item, 'kind' | 'code'>) => `${kind} ${code}`;

/** Reads what is here of a provider's service, and of `codes`, whichever service they belong to. */
export async function readLocalCatalog(
  session: Session,
  provider: string,
  type: string,
  codes: readonly string[],
): Promise<LocalCatalog> {
  const service = await findServiceOfType(session, provider, type);
  const publicList = await findPublicPriceList(session);
  if (!publicList) throw new Error('There is no public price list.');
  const currency = await findCurrency(session, publicList.currency);
  if (!currency) throw new Error(`The currency ${publicList.currency} is not stored.`);
  const known = await findImportedItems(session, provider);
  const products = await findProductsOf(session, service?.id ?? '', codes);
  const ids = products.map(({ id }) => id);
  const links = await findProductAddons(session, ids);
  const addonIds = links.map(({ addonId }) => addonId);
  const addons = await findAddonsOf(session, addonIds, codes);
  const prices = await findPrices(session, publicList.id, [...ids, ...addons.map(({ id }) => id)]);
  const pricesOf = (itemId: string) =>
    Object.fromEntries(
      prices
        .filter(price => price.itemId === itemId)
        .map(price => [`price ${price.billingCycle}`, price.unitMinor]),
    );
  const items: LocalCatalog['items'] = new Map();
  const keep = (item: Item, more: { id: string; published: boolean; elsewhere: boolean }) =>
    void items.set(keyOf(item), { ...item, ...more });
  if (service) {
    const { name, quantityLimit, allowMultipleSubscriptions, cancellationPolicy } = service;
    const values = { name, quantityLimit, allowMultipleSubscriptions, cancellationPolicy };
    const item = { kind: CatalogItemKind.SERVICE, code: type, values };
    keep(item, { id: service.id, published: true, elsewhere: false });
  }
  for (const product of products) {
    const { id, sku, name, capacityBytes, providerAttributes, published } = product;
    const values = { name, bytes: capacityBytes, attributes: providerAttributes, ...pricesOf(id) };
    const elsewhere = product.serviceId !== service?.id;
    keep({ kind: CatalogItemKind.PRODUCT, code: sku, values }, { id, published, elsewhere });
  }
  const own = new Map(products.map(product => [product.id, product]));
  for (const { id, sku, name, incrementBytes, providerAttributes, published } of addons) {
    const fitting = links.flatMap(link => (link.addonId === id ? (own.get(link.productId) ?? []) : []));
    const fits = fitting.map(product => product.sku).sort();
    const values = { name, bytes: incrementBytes, attributes: providerAttributes, fits, ...pricesOf(id) };
    const elsewhere = !fitting.some(product => product.serviceId === service?.id);
    keep({ kind: CatalogItemKind.ADDON, code: sku, values }, { id, published, elsewhere });
  }
  const said = new Map(
    known.map(item => [keyOf({ kind: item.kind as CatalogItemKind, code: item.code }), item.said]),
  );
  return { service, items, imported: said, publicList, currency };
}
