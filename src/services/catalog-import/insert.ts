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
import type { Item } from './offered';
import { keyOf, type Own } from './own';
import { setValues } from './set-values';

const { SERVICE, PRODUCT, ADDON } = CatalogItemKind;

/** Writes an item that is new, and takes it up among our own, where those that come after it find it. */
export async function insertItem(
  tx: Transaction,
  { provider, userId }: Pick<CatalogImport, 'provider' | 'userId'>,
  item: Item,
  own: Own,
): Promise<void> {
  const { kind, code, values } = item;
  const id = typeid({ SERVICE: 'svc', PRODUCT: 'prod', ADDON: 'add' }[kind]).toString();
  const name = String(values.name);
  if (kind === SERVICE) own.service = await insertService(tx, provider, id, item);
  if (kind === PRODUCT) {
    const { service } = own;
    if (!service) throw new Error(`${code} has no service`);
    const [place] = await tx.rows<{ categoryId: string; position: number }>(
      `SELECT c.id AS categoryId, COALESCE(MAX(p.position), 0) + 1 AS position
       FROM categories c LEFT JOIN products p ON p.categoryId = c.id
       WHERE c.id = (SELECT categoryId FROM products WHERE serviceId = ? LIMIT 1) OR c.slug = ?
       GROUP BY c.id ORDER BY c.slug = ? LIMIT 1`,
      [service.id, service.code, service.code],
    );
    const categoryId = place?.categoryId ?? (await insertCategory(tx, service));
    const slug = `${slugOf(code)}-${id.slice(-6)}`;
    const row = { id, sku: code, slug, name, serviceId: service.id, categoryId, published: false };
    const position = Number(place?.position ?? 1);
    await tx.insert(Product, [{ ...row, capacityBytes: 0, providerAttributes: {}, position }]);
  }
  if (kind === ADDON) {
    const row = { id, sku: code, name, incrementBytes: 0, minQuantity: 1, published: false };
    await tx.insert(Addon, [{ ...row, maxQuantity: null, providerAttributes: {} }]);
  }
  own.items.set(keyOf(item), { ...item, id, published: false, elsewhere: false });
  if (kind !== SERVICE) await setValues(tx, kind, id, values, own, userId);
}

/** Who may receive a new service: everybody but resellers, who order for others, until somebody changes it. */
const RECIPIENTS = [AccountKind.CUSTOMER, AccountKind.AFFILIATE];

async function insertService(tx: Transaction, provider: string, id: string, item: Item): Promise<Service> {
  const { values, code: providerServiceType } = item;
  const slug = slugOf(providerServiceType);
  const taken = await tx.one(Service, 'WHERE t.code = ?', [slug]);
  const code = taken ? `${slug}-${id.slice(-6)}` : slug;
  const row = { ...values, id, code, provider, providerServiceType, recipientKinds: RECIPIENTS };
  await tx.insert(Service, [row as Partial<Service>]);
  return Object.assign(new Service(), row);
}

async function insertCategory(tx: Transaction, { code, name }: Service): Promise<string> {
  const id = typeid('cat').toString();
  const [last] = await tx.rows<{ position: number }>(
    'SELECT COALESCE(MAX(position), 0) AS position FROM categories',
  );
  const row = { id, slug: code, name, description: null, parentId: null };
  await tx.insert(Category, [{ ...row, position: Number(last?.position ?? 0) + 1 }]);
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
