import type { CatalogSnapshot } from '../../catalog';
import type { Category, Product } from '../../entities';
import { requestError } from '../../errors';
import { type KeyOrder, type Page, type PageRequest, pageOf, searchWords } from '../../store';
import { isGiven } from '../input';
import { hasWords } from './item-words';

/** Filter of products. */
export interface ProductSearch {
  search?: string | null;
  categorySlug?: string | null;
  serviceId?: string | null;
}

/** Storefront order, for the list that its cursors name. */
export const storefrontOrder = (name: string): KeyOrder<Product> => ({
  name,
  parts: ['number', 'string', 'number', 'string'],
  key: ({ id, position, category }) => [category.position, category.id, position, id],
});

const SOLD = storefrontOrder('products');

/** Finds published products, in storefront order. A category includes its descendants. */
export function findProducts(
  catalog: CatalogSnapshot,
  { categorySlug, serviceId, search }: ProductSearch,
  page: PageRequest,
): Page<Product> {
  const inCategory = isGiven(categorySlug);
  const root = inCategory ? catalog.categories.find(({ slug }) => slug === categorySlug) : undefined;
  const ids = root && withDescendants(catalog, root);
  const words = searchWords(search);
  if (!inCategory && !isGiven(serviceId) && !words) return pageOf(catalog.published, SOLD, page);
  const found = catalog.published.filter(
    product =>
      (!inCategory || ids?.has(product.categoryId)) &&
      (!isGiven(serviceId) || product.serviceId === serviceId) &&
      (!words || hasWords(product, words)),
  );
  return pageOf(found, SOLD, page);
}

/** Finds a published product by id, by SKU, or by both. */
export function findSoldProduct(
  catalog: CatalogSnapshot,
  { id, sku }: { id?: string | null; sku?: string | null },
): Product | null {
  const found = catalog.published.find(product => (isGiven(id) ? product.id === id : product.sku === sku));
  if (!found || !isGiven(sku) || found.sku === sku) return found ?? null;
  throw requestError('BAD_USER_INPUT', '`id` and `sku` belong to different products. Set only one of them.');
}

/** Finds published products with these values, in storefront order. A category is without its descendants. */
export function productsWith(
  catalog: CatalogSnapshot,
  values: Partial<Pick<Product, 'categoryId' | 'serviceId'>>,
  page: PageRequest,
): Page<Product> {
  const wanted = Object.entries(values) as [keyof Product, string][];
  const found = catalog.published.filter(product => wanted.every(([name, value]) => product[name] === value));
  return pageOf(found, SOLD, page);
}

function withDescendants(catalog: CatalogSnapshot, category: Category): Set<string> {
  const below = catalog.categories.filter(({ parentId }) => parentId === category.id);
  return new Set([category.id, ...below.flatMap(child => [...withDescendants(catalog, child)])]);
}
