import {
  type Addon,
  BillingCycle,
  type Category,
  type Currency,
  type ListedPrice,
  Money,
  type PriceList,
  type Product,
  type ProductAddon,
  type Service,
} from '../entities';

/** The rows that the catalog is made of. */
export interface CatalogRows {
  version: number;
  services: Service[];
  categories: Category[];
  products: Product[];
  addons: Addon[];
  productAddons: ProductAddon[];
  currencies: Currency[];
  priceLists: PriceList[];
  prices: ListedPrice[];
}

/** What an item costs on one price list, in minor units, for each billing cycle that it is sold with, shortest first. */
export type PriceTable = ReadonlyMap<BillingCycle, number>;

const NO_PRICES: PriceTable = new Map();

/** The catalog at one version: immutable, in memory, everything found by a key. */
export class CatalogSnapshot {
  readonly version: number;
  /** In the order of the storefront. */
  readonly categories: readonly Category[];
  /** Sold or not, in the order of the storefront. */
  readonly allProducts: readonly Product[];
  /** What is sold, in the order of the storefront. */
  readonly published: readonly Product[];
  /** Sold or not. */
  readonly allAddons: readonly Addon[];
  readonly allPriceLists: readonly PriceList[];
  readonly defaultList: PriceList;
  private readonly services: ReadonlyMap<string, Service>;
  private readonly categoryById: ReadonlyMap<string, Category>;
  private readonly products: ReadonlyMap<string, Product>;
  private readonly addons: ReadonlyMap<string, Addon>;
  private readonly lists: ReadonlyMap<string, PriceList>;
  private readonly currencies: ReadonlyMap<string, Currency>;
  private readonly assigned = new Map<string, Addon[]>();
  private readonly listed = new Map<string, ListedPrice[]>();
  /** By price list and item. */
  private readonly prices = new Map<string, Map<string, Map<BillingCycle, number>>>();

  constructor(rows: CatalogRows) {
    this.version = rows.version;
    this.services = byId(rows.services);
    this.categories = rows.categories;
    this.categoryById = byId(rows.categories);
    this.products = byId(rows.products);
    this.addons = byId(rows.addons);
    this.lists = byId(rows.priceLists);
    this.currencies = new Map(rows.currencies.map(currency => [currency.code, currency]));
    const place = new Map(rows.categories.map(({ id }, index) => [id, index]));
    this.allProducts = rows.products.toSorted(
      (a, b) => (place.get(a.categoryId) ?? 0) - (place.get(b.categoryId) ?? 0),
    );
    this.published = this.allProducts.filter(product => product.published);
    this.allAddons = rows.addons;
    this.allPriceLists = rows.priceLists;
    this.defaultList = rows.priceLists.find(list => list.isDefault) ?? missing('public price list');
    this.link(rows);
    const cycles = Object.values(BillingCycle);
    const byCycle = (a: ListedPrice, b: ListedPrice) =>
      cycles.indexOf(a.billingCycle) - cycles.indexOf(b.billingCycle);
    for (const price of rows.prices.toSorted(byCycle)) {
      const { priceListId, itemId, billingCycle, unitMinor } = price;
      append(this.listed, itemId, price);
      const items = this.prices.get(priceListId) ?? new Map();
      this.prices.set(
        priceListId,
        items.set(itemId, (items.get(itemId) ?? new Map()).set(billingCycle, unitMinor)),
      );
    }
  }

  /** Throws for an id that no service has: ids of services come from our own rows. */
  service(id: string): Service {
    return this.services.get(id) ?? missing(`service ${id}`);
  }

  /** Every service. */
  allServices(): Iterable<Service> {
    return this.services.values();
  }

  category(id: string): Category | undefined {
    return this.categoryById.get(id);
  }

  /** Sold or not: what was ordered once can always be shown. */
  findProduct(id: string): Product | undefined {
    return this.products.get(id);
  }

  /** A product that one of our own rows names. */
  product(id: string): Product {
    return this.products.get(id) ?? missing(`product ${id}`);
  }

  /** Sold or not. */
  findAddon(id: string): Addon | undefined {
    return this.addons.get(id);
  }

  /** An add-on that one of our own rows names. */
  addon(id: string): Addon {
    return this.addons.get(id) ?? missing(`add-on ${id}`);
  }

  /** The add-ons that were assigned to a product, published or not. */
  assignedAddonsOf(productId: string): readonly Addon[] {
    return this.assigned.get(productId) ?? [];
  }

  /** What a product or an add-on costs on every list that names it. */
  listedPricesOf(itemId: string): readonly ListedPrice[] {
    return this.listed.get(itemId) ?? [];
  }

  findPriceList(id: string): PriceList | undefined {
    return this.lists.get(id);
  }

  /** The list with this id, or the public one. */
  priceList(id: string | null): PriceList {
    return (id === null ? undefined : this.lists.get(id)) ?? this.defaultList;
  }

  /** The currency with this code, with the decimal places in which its amounts are stored. */
  currency(code: string): Currency {
    return this.currencies.get(code) ?? missing(`currency ${code}`);
  }

  /** Minor units of a currency as an amount. */
  money(minor: number, currency: string): Money {
    return Money.of(minor, this.currency(currency));
  }

  /** What a product or an add-on costs on `list`; what the list does not name has its public price there. */
  pricesOf(itemId: string, list: PriceList): PriceTable {
    return (
      this.prices.get(list.id)?.get(itemId) ??
      (list.currency === this.defaultList.currency
        ? this.prices.get(this.defaultList.id)?.get(itemId)
        : undefined) ??
      NO_PRICES
    );
  }

  /** Gives every product its service, its category and the published add-ons that fit it. */
  private link({ products, productAddons }: CatalogRows): void {
    for (const { productId, addonId } of productAddons) append(this.assigned, productId, this.addon(addonId));
    for (const product of products) {
      const { id, serviceId, categoryId } = product;
      const category = this.categoryById.get(categoryId) ?? missing(`category ${categoryId}`);
      const addons = this.assignedAddonsOf(id).filter(addon => addon.published);
      Object.assign(product, { service: this.service(serviceId), category, addons });
    }
  }
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map(row => [row.id, row]));
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const items = lists.get(key);
  if (items) items.push(item);
  else lists.set(key, [item]);
}

function missing(what: string): never {
  throw new Error(`The catalog has no ${what}.`);
}
