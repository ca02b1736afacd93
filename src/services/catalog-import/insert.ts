import { typeid } from 'typeid-js';
import type { Transaction } from '../../database';
import {
  AccountKind,
  Addon,
  type CatalogImport,
  CatalogItemKind,
  Category,
  Product,
  Service,
} from '../../entities';
import { findProductPlace, findServiceByCode, insertInto, nextCategoryPosition } from '../../store';
import { keyOf, type LocalCatalog } from './local-catalog';
import type { Item } from './offer';
import { setValues } from './set-values';

const { SERVICE, PRODUCT, ADDON } = CatalogItemKind;

/** Writes an item that is new, and takes it up among our own, where those that come after it find it. */
export async function insertItem(
  tx: Transaction,
  { provider, userId }: Pick<CatalogImport, 'provider' | 'userId'>,
  item: Item,
  own: LocalCatalog,
): Promise<void> {
  const { kind, code, values } = item;
  const id = typeid({ SERVICE: 'svc', PRODUCT: 'prod', ADDON: 'add' }[kind]).toString();
  const name = String(values.name);
  if (kind === SERVICE) own.service = await insertService(tx, provider, id, item);
  if (kind === PRODUCT) {
    const { service } = own;
    if (!service) throw new Error(`${code} has no service`);
    const place = await findProductPlace(tx, service);
    const categoryId = place?.categoryId ?? (await insertCategory(tx, service));
    const slug = `${slugOf(code)}-${id.slice(-6)}`;
    const row = { id, sku: code, slug, name, serviceId: service.id, categoryId, published: false };
    const position = place?.position ?? 1;
    await insertInto(tx, Product, { ...row, capacityBytes: 0, providerAttributes: {}, position });
  }
  if (kind === ADDON) {
    const row = { id, sku: code, name, incrementBytes: 0, minQuantity: 1, published: false };
    await insertInto(tx, Addon, { ...row, maxQuantity: null, providerAttributes: {} });
  }
  own.items.set(keyOf(item), { ...item, id, published: false, elsewhere: false });
  if (kind !== SERVICE) await setValues(tx, kind, id, values, own, userId);
}

/** Kinds of account that can receive a new service: all but resellers, who order for others. */
const DEFAULT_RECIPIENT_KINDS = [AccountKind.CUSTOMER, AccountKind.AFFILIATE];

async function insertService(tx: Transaction, provider: string, id: string, item: Item): Promise<Service> {
  const { values, code: providerServiceType } = item;
  const slug = slugOf(providerServiceType);
  const taken = await findServiceByCode(tx, slug);
  const code = taken ? `${slug}-${id.slice(-6)}` : slug;
  const row = { ...values, id, code, provider, providerServiceType, recipientKinds: DEFAULT_RECIPIENT_KINDS };
  await insertInto(tx, Service, row as Partial<Service>);
  return Object.assign(new Service(), row);
}

async function insertCategory(tx: Transaction, { code, name }: Service): Promise<string> {
  const id = typeid('cat').toString();
  const position = await nextCategoryPosition(tx);
  await insertInto(tx, Category, { id, slug: code, name, description: null, parentId: null, position });
  return id;
}

/** `SomeCloudStorage` is `some-cloud-storage`. */
const slugOf = (text: string) =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 56) || 'service';
