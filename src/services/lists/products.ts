import type { CatalogSnapshot } from '../../catalog';
import type { Category, Product } from '../../entities';
import { type KeyOrder, type Page, type PageRequest, pageOf } from '../../store';

/** Which products. */
export interface ProductSearch extends PageRequest {
  categorySlug?: string | null;
  search?: string | null;
}

/** The order of the storefront, for the list that its cursors name. */
export const storefrontOrder = (name: string): KeyOrder<Product> => ({
  name,
  parts: ['number', 'string', 'number', 'string'],
  key: ({ id, position, category }) => [category.position, category.id, position, id],
});

const SOLD = storefrontOrder('products');

/** The products that are sold, in the order of the storefront; a category includes those below it. */
export function findProducts(
  catalog: CatalogSnapshot,
  { categorySlug, search, ...page }: ProductSearch,
): Page<Product> {
  const root = categorySlug ? catalog.categories.find(({ slug }) => slug === categorySlug) : undefined;
  const ids = root && withDescendants(catalog, root);
  const words = search?.trim().toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const found = catalog.published.filter(
    product =>
      (!categorySlug || ids?.has(product.categoryId)) &&
      words.every(word => searchable(product).includes(word)),
  );
  return pageOf(found, SOLD, page);
}

/** The products that are sold in a category itself, in the order of the storefront. */
export function productsIn(catalog: CatalogSnapshot, category: Category, page: PageRequest): Page<Product> {
  const found = catalog.published.filter(product => product.categoryId === category.id);
  return pageOf(found, SOLD, page);
}

function withDescendants(catalog: CatalogSnapshot, category: Category): Set<string> {
  const below = catalog.categories.filter(({ parentId }) => parentId === category.id);
  return new Set([category.id, ...below.flatMap(child => [...withDescendants(catalog, child)])]);
}

function searchable({ name, sku, description }: Product): string {
  return `${name} ${sku} ${description ?? ''}`.toLowerCase();
}
