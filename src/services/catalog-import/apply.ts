import { typeid } from 'typeid-js';
import type { Transaction } from '../../database';
import {
  AccountKind,
  Addon,
  type BillingCycle,
  CatalogChangeKind,
  CatalogItemKind,
  Category,
  ImportedItem,
  ListedPrice,
  Product,
  ProductAddon,
  Service,
} from '../../entities';
import type { Item, Values } from './offered';
import { keyOf, type Own } from './own';
import type { Plan } from './plan';

const { SERVICE, PRODUCT, ADDON } = CatalogItemKind;

/** Writes a plan that was made in the same transaction. */
export async function applyPlan(
  tx: Transaction,
  provider: string,
  offered: readonly Item[],
  own: Own,
  plan: Plan,
): Promise<void> {
  const of = (kind: CatalogChangeKind) => plan.changes.filter(change => change.kind === kind);
  const added = new Set(of(CatalogChangeKind.ADD).map(({ item, code }) => keyOf({ kind: item, code })));
  const isNew = (item: Item) => added.has(keyOf(item));
  // Services before products, and products before the add-ons that go with them: the order in which they are offered.
  for (const item of offered.filter(isNew)) await insert(tx, provider, item, own);
  for (const { item: kind, code, field } of of(CatalogChangeKind.UPDATE)) {
    const item = offered.find(it => it.kind === kind && it.code === code);
    const ours = own.items.get(keyOf({ kind, code }));
    if (item && ours && field) await set(tx, kind, ours.id, { [field]: item.values[field] }, own);
  }
  for (const { item: kind, code } of of(CatalogChangeKind.WITHDRAW)) {
    const ours = own.items.get(keyOf({ kind, code }));
    if (!ours || kind === SERVICE) continue;
    const patch = { published: false };
    if (kind === PRODUCT) await tx.update(Product, patch, 't.id = ?', [ours.id]);
    else await tx.update(Addon, patch, 't.id = ?', [ours.id]);
  }
  await note(tx, provider, plan);
}

/** Remembers what the provider says now, against which the next import compares. */
export async function note(tx: Transaction, provider: string, { noted, gone }: Plan): Promise<void> {
  for (const { kind, code } of [...noted, ...gone]) {
    await tx.execute('DELETE FROM imported_items WHERE provider = ? AND kind = ? AND code = ?', [
      provider,
      kind,
      code,
    ]);
  }
  const importedAt = new Date();
  await tx.insert(
    ImportedItem,
    noted.map(({ kind, code, values: said }) => ({ provider, kind, code, said, importedAt })),
  );
}

async function insert(tx: Transaction, provider: string, item: Item, own: Own): Promise<void> {
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
  if (kind !== SERVICE) await set(tx, kind, id, values, own);
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

/** Writes values of one item where our catalog has them. */
async function set(
  tx: Transaction,
  kind: CatalogItemKind,
  id: string,
  values: Values,
  own: Own,
): Promise<void> {
  for (const [field, value] of Object.entries(values)) {
    const [, cycle] = /^price (\w+)$/.exec(field) ?? [];
    if (cycle) await setPrice(tx, own.publicList.id, id, cycle as BillingCycle, Number(value));
    else if (field === 'fits') await setFits(tx, id, value as string[], own);
    else if (kind === SERVICE) await tx.update(Service, { [field]: value }, 't.id = ?', [id]);
    else if (kind === PRODUCT)
      await tx.update(Product, renamed(field, value, 'capacityBytes'), 't.id = ?', [id]);
    else await tx.update(Addon, renamed(field, value, 'incrementBytes'), 't.id = ?', [id]);
  }
}

const renamed = (field: string, value: unknown, bytes: string) => ({
  [field === 'bytes' ? bytes : field === 'attributes' ? 'providerAttributes' : field]: value,
});

async function setPrice(
  tx: Transaction,
  priceListId: string,
  itemId: string,
  billingCycle: BillingCycle,
  unitMinor: number,
): Promise<void> {
  const key = [priceListId, itemId, billingCycle];
  const condition = 't.priceListId = ? AND t.itemId = ? AND t.billingCycle = ?';
  if ((await tx.update(ListedPrice, { unitMinor }, condition, key)) > 0) return;
  await tx.insert(ListedPrice, [{ priceListId, itemId, billingCycle, unitMinor }]);
}

async function setFits(tx: Transaction, addonId: string, skus: readonly string[], own: Own): Promise<void> {
  await tx.execute('DELETE FROM product_addons WHERE addonId = ?', [addonId]);
  const products = skus.flatMap(code => own.items.get(keyOf({ kind: PRODUCT, code }))?.id ?? []);
  const [last] = await tx.rows<{ position: number }>(
    'SELECT COALESCE(MAX(position), 0) AS position FROM product_addons',
  );
  const position = Number(last?.position ?? 0) + 1;
  await tx.insert(
    ProductAddon,
    products.map(productId => ({ productId, addonId, position })),
  );
}

/** `ImpossibleCloudStorage` is `impossible-cloud-storage`. */
const slugOf = (text: string) =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 56) || 'service';
