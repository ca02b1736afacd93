import { list, type Session } from '../../database';
import {
  Addon,
  CatalogItemKind,
  Currency,
  ImportedItem,
  ListedPrice,
  PriceList,
  Product,
  ProductAddon,
  Service,
} from '../../entities';
import type { Item, Values } from './offered';

/** A service of ours with all that belongs to it, and what its provider said of each item when it was last imported. */
export interface Own {
  service: Service | undefined;
  items: Map<string, Item & { id: string; published: boolean; elsewhere: boolean }>;
  said: Map<string, Values>;
  publicList: PriceList;
  currency: Currency;
}

/** The key of an item in maps. */
export const keyOf = ({ kind, code }: Pick<Item, 'kind' | 'code'>) => `${kind} ${code}`;

/** Reads what is here of a provider's service, and of `codes`, whichever service they belong to. */
export async function readOwn(
  session: Session,
  provider: string,
  type: string,
  codes: readonly string[],
): Promise<Own> {
  const service = await session.one(Service, 'WHERE t.provider = ? AND t.providerServiceType = ?', [
    provider,
    type,
  ]);
  const publicList = await session.one(PriceList, 'WHERE t.isDefault = true');
  if (!publicList) throw new Error('There is no public price list.');
  const currency = await session.one(Currency, 'WHERE t.code = ?', [publicList.currency]);
  if (!currency) throw new Error(`The currency ${publicList.currency} is not stored.`);
  const known = await session.many(ImportedItem, 'WHERE t.provider = ?', [provider]);
  const products = await session.many(Product, `WHERE t.serviceId = ? OR t.sku IN ${list(codes)}`, [
    service?.id ?? '',
    ...codes,
  ]);
  const ids = products.map(({ id }) => id);
  const links = await session.many(
    ProductAddon,
    `WHERE t.productId IN ${list(ids)} ORDER BY t.position`,
    ids,
  );
  const addonIds = links.map(({ addonId }) => addonId);
  const addons = await session.many(Addon, `WHERE t.id IN ${list(addonIds)} OR t.sku IN ${list(codes)}`, [
    ...addonIds,
    ...codes,
  ]);
  const all = [...ids, ...addons.map(({ id }) => id)];
  const prices = await session.many(ListedPrice, `WHERE t.priceListId = ? AND t.itemId IN ${list(all)}`, [
    publicList.id,
    ...all,
  ]);
  const pricesOf = (itemId: string) =>
    Object.fromEntries(
      prices
        .filter(price => price.itemId === itemId)
        .map(price => [`price ${price.billingCycle}`, price.unitMinor]),
    );
  const items: Own['items'] = new Map();
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
  return { service, items, said, publicList, currency };
}
