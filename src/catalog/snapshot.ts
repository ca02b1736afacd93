import {
  type Addon,
  BillingCycle,
  type Category,
  type Currency,
  type ListedPrice,
  Money,
  PriceList,
  type Product,
  type ProductAddon,
  type Service,
} from '../entities';

/** Rows of the catalog. */
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

/** Prices of an item on one list by billing cycle, shortest first, in minor units. */
export type PriceTable = ReadonlyMap<BillingCycle, number>;

/** Prices for end customers whose reseller has set none: no price, or that of the public list. */
export type RetailFallback = 'hidden' | 'list';

const NO_PRICES: PriceTable = new Map();

/** Empty price list of a database that was not set up. XXX is "no currency" in ISO 4217. */
const NO_LIST: PriceList = Object.assign(new PriceList(), {
  id: '',
  code: '',
  currency: 'XXX',
  isDefault: true,
});

/** Immutable snapshot of one version of the catalog, in memory, with lookups by key. */
export class CatalogSnapshot {
  readonly version: number;
  /** Categories in storefront order. */
  readonly categories: readonly Category[];
  /** All products, published or not, in storefront order. */
  readonly allProducts: readonly Product[];
  /** Published products in storefront order. */
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
  /** Prices by price list and item. */
  private readonly prices = new Map<string, Map<string, Map<BillingCycle, number>>>();

  constructor(
    rows: CatalogRows,
    readonly retailFallback: RetailFallback,
  ) {
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
    this.defaultList =
      rows.priceLists.length === 0
        ? NO_LIST
        : (rows.priceLists.find(list => list.isDefault) ?? missing('public price list'));
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

  /** False until the `setup` command has created the public price list. The catalog is empty until then. */
  get isSetUp(): boolean {
    return this.defaultList !== NO_LIST;
  }

  /** Finds a service by an id from the database. Throws if it is missing. */
  service(id: string): Service {
    return this.services.get(id) ?? missing(`service ${id}`);
  }

  /** All services. */
  allServices(): Iterable<Service> {
    return this.services.values();
  }

  category(id: string): Category | undefined {
    return this.categoryById.get(id);
  }

  /** Finds a product, published or not, because past orders show it. */
  findProduct(id: string): Product | undefined {
    return this.products.get(id);
  }

  /** Finds a product by an id from the database. Throws if it is missing. */
  product(id: string): Product {
    return this.products.get(id) ?? missing(`product ${id}`);
  }

  /** Sold or not. */
  findAddon(id: string): Addon | undefined {
    return this.addons.get(id);
  }

  /** Finds an add-on by an id from the database. Throws if it is missing. */
  addon(id: string): Addon {
    return this.addons.get(id) ?? missing(`add-on ${id}`);
  }

  /** Add-ons of a product, published or not. */
  assignedAddonsOf(productId: string): readonly Addon[] {
    return this.assigned.get(productId) ?? [];
  }

  /** Prices of an item on all lists. */
  listedPricesOf(itemId: string): readonly ListedPrice[] {
    return this.listed.get(itemId) ?? [];
  }

  findPriceList(id: string): PriceList | undefined {
    return this.lists.get(id);
  }

  /** Finds a price list, or the public one if it is null or unknown. */
  priceList(id: string | null): PriceList {
    return (id === null ? undefined : this.lists.get(id)) ?? this.defaultList;
  }

  /** Finds a currency by its code. Throws if it is missing. */
  currency(code: string): Currency {
    return this.currencies.get(code) ?? missing(`currency ${code}`);
  }

  /** Converts minor units of a currency to an amount. */
  money(minor: number | bigint, currency: string): Money {
    return Money.of(minor, this.currency(currency));
  }

  /** Prices of an item on `list`, or the public ones if it has none and the same currency. */
  pricesOf(itemId: string, list: PriceList): PriceTable {
    return (
      this.prices.get(list.id)?.get(itemId) ??
      (list.currency === this.defaultList.currency
        ? this.prices.get(this.defaultList.id)?.get(itemId)
        : undefined) ??
      NO_PRICES
    );
  }

  /** Links every product to its service, its category and its published add-ons. */
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
