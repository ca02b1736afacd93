import { In } from 'typeorm';
import { columns, type EntityClass, placeholders, type Session, type Transaction } from '../database';
import { Addon, Category, Product, ProductAddon, Service } from '../entities';

const c = columns(Category, 'c');
const category = columns(Category);
const p = columns(Product, 'p');
const product = columns(Product);
const productT = columns(Product, 't');
const addonT = columns(Addon, 't');
const link = columns(ProductAddon);

/** Finds the service with this type at a provider. */
export const findServiceOfType = ({ manager }: Session, provider: string, providerServiceType: string) =>
  manager.findOneBy(Service, { provider, providerServiceType });

/** Finds a service by its code. */
export const findServiceByCode = ({ manager }: Session, code: string) => manager.findOneBy(Service, { code });

/** Finds the provider's types of its services, in the order of their codes. */
export async function findServiceTypes({ manager }: Session, provider: string): Promise<string[]> {
  const services = await manager.find(Service, { where: { provider }, order: { code: 'ASC' } });
  return services.map(({ providerServiceType }) => providerServiceType);
}

/** Finds products of a service, and products with these SKUs. */
export const findProductsOf = (session: Session, serviceId: string, skus: readonly string[]) =>
  session.many(Product, `WHERE ${productT.serviceId} = ? OR ${productT.sku} IN ${placeholders(skus)}`, [
    serviceId,
    ...skus,
  ]);

/** Finds add-ons with these ids, and add-ons with these SKUs. */
export const findAddonsOf = (session: Session, ids: readonly string[], skus: readonly string[]) =>
  session.many(
    Addon,
    `WHERE ${addonT.id} IN ${placeholders(ids)} OR ${addonT.sku} IN ${placeholders(skus)}`,
    [...ids, ...skus],
  );

/** Finds add-ons by id. */
export const findAddons = ({ manager }: Session, ids: readonly string[]) =>
  manager.find(Addon, { where: { id: In([...ids]) } });

/** Finds the links from these products to their add-ons, in display order. */
export const findProductAddons = ({ manager }: Session, productIds: readonly string[]) =>
  manager.find(ProductAddon, { where: { productId: In([...productIds]) }, order: { position: 'ASC' } });

/** Finds the category for the next product of a service, and its position there. */
export async function findProductPlace(
  session: Session,
  { id, code }: Pick<Service, 'id' | 'code'>,
): Promise<{ categoryId: string; position: number } | undefined> {
  const [place] = await session.rows<{ categoryId: string; position: number | string }>(
    `SELECT ${c.id} AS categoryId, COALESCE(MAX(${p.position}), 0) + 1 AS position
     FROM ${c.table} LEFT JOIN ${p.table} ON ${p.categoryId} = ${c.id}
     WHERE ${c.id} = (SELECT ${product.categoryId} FROM ${product.table} WHERE ${product.serviceId} = ? LIMIT 1)
       OR ${c.slug} = ?
     GROUP BY ${c.id} ORDER BY ${c.slug} = ? LIMIT 1`,
    [id, code, code],
  );
  return place && { categoryId: place.categoryId, position: Number(place.position) };
}

/** Position after the last category. */
export const nextCategoryPosition = (session: Session) => nextPosition(session, category);

/** Position after the last add-on of any product. */
const nextAddonPosition = (session: Session) => nextPosition(session, link);

async function nextPosition(
  session: Session,
  { position, table }: { position: string; table: string },
): Promise<number> {
  const [last] = await session.rows<{ next: number | string }>(
    `SELECT COALESCE(MAX(${position}), 0) + 1 AS next FROM ${table}`,
  );
  return Number(last?.next ?? 1);
}

/** Increments the version of a product or an add-on that an import has changed. */
export const incrementItemVersion = (
  { manager }: Transaction,
  entity: EntityClass<Product | Addon>,
  id: string,
) => manager.update(entity, { id }, { version: () => `${columns(entity).version} + 1` });

/** Replaces the add-ons of a product, in this order. */
export async function replaceAddonsOf(
  { manager }: Transaction,
  productId: string,
  addonIds: readonly string[],
): Promise<void> {
  await manager.delete(ProductAddon, { productId });
  const rows = addonIds.map((addonId, index) => ({ productId, addonId, position: index + 1 }));
  await manager.insert(ProductAddon, rows);
}

/** Replaces the products of an add-on. The add-on is shown last among those of each product. */
export async function replaceProductsOf(
  tx: Transaction,
  addonId: string,
  productIds: readonly string[],
): Promise<void> {
  await tx.manager.delete(ProductAddon, { addonId });
  const position = await nextAddonPosition(tx);
  const rows = productIds.map(productId => ({ productId, addonId, position }));
  await tx.manager.insert(ProductAddon, rows);
}

/** Column of the catalog with unique values. */
export type UniqueColumn = 'sku' | 'slug' | 'code';

/** Whether a row other than `exceptId` has this value in a unique column. */
export async function isTaken<T extends { id: string }>(
  session: Session,
  entity: EntityClass<T>,
  column: UniqueColumn & keyof T,
  value: string,
  exceptId: string,
): Promise<boolean> {
  const t = columns(entity, 't');
  return (await session.count(entity, `WHERE ${t[column]} = ? AND ${t.id} <> ?`, [value, exceptId])) > 0;
}
