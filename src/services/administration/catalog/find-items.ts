import type { CatalogSnapshot } from '../../../catalog';
import { type Addon, type LifecycleState, type PriceList, type Product } from '../../../entities';
import { type KeyOrder, type Page, type PageRequest, pageOf, searchWords } from '../../../store';
import type { ActorContext } from '../../context';
import { hasWords } from '../../lists/item-words';
import { storefrontOrder } from '../../lists/products';

/** Filter and page of products or add-ons. */
export interface ItemSearch extends PageRequest {
  states?: readonly LifecycleState[] | null;
  search?: string | null;
}

/** Current catalog, including changes that other processes have just committed. */
const currentCatalog = ({ catalog, db }: ActorContext): Promise<CatalogSnapshot> => catalog.snapshotFor(db);

const PRODUCTS = storefrontOrder('catalog-products');

/** Order by id, oldest first. */
const byId = (name: string): KeyOrder<{ id: string }> => ({ name, parts: ['string'], key: ({ id }) => [id] });

const ADDONS = byId('catalog-addons');
const PRICE_LISTS = byId('price-lists');

/** Finds products in any state, in storefront order. */
export async function findCatalogProducts(context: ActorContext, search: ItemSearch): Promise<Page<Product>> {
  return pageOf(matching((await currentCatalog(context)).allProducts, search), PRODUCTS, search);
}

/** Finds add-ons in any state, oldest first. */
export async function findCatalogAddons(context: ActorContext, search: ItemSearch): Promise<Page<Addon>> {
  return pageOf(matching((await currentCatalog(context)).allAddons, search), ADDONS, search);
}

/** Finds all price lists, oldest first. */
export async function findPriceLists(context: ActorContext, page: PageRequest): Promise<Page<PriceList>> {
  return pageOf((await currentCatalog(context)).allPriceLists, PRICE_LISTS, page);
}

function matching<T extends Product | Addon>(items: readonly T[], { states, search }: ItemSearch): T[] {
  const words = searchWords(search);
  return items.filter(item => (!states || states.includes(item.state)) && (!words || hasWords(item, words)));
}
