import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { type CatalogSnapshot, listTariff, ownRetailPrices, type PriceTable, retailTariff } from '../catalog';
import { Account, Addon, Category, ChangeKind, nullable, Product, Provider, Service } from '../entities';
import { changePoliciesOf, isStaff, ownRetailAccount, seesAmounts } from '../policies';
import { type Context, requireActor } from '../services/context';
import { findProducts, findSoldProduct, productsWith } from '../services/lists/products';
import { providersOf } from '../services/lists/providers';
import { loadVisible } from './load-visible';
import { required } from './per-context';
import { ChangePolicy } from './types/changes';
import { ProductConnection } from './types/connection';
import { ProductFilter } from './types/inputs';
import { PageArgs } from './types/page-args';
import { Price } from './types/shown';

const PRICES =
  'Prices, one for each billing cycle. An end customer sees the retail prices of its reseller. Where there is none, the list is empty, or has the public price if the setting RETAIL_FALLBACK is `list`.';
const RETAIL_PRICES =
  'Retail prices for end customers, one for each billing cycle. A reseller sees its own, an end customer the same as in `prices`. Empty for everybody else.';
const PAYER_PRICES =
  'Prices of an order for an account, one for each billing cycle: those on the price list of its payer, which is its reseller if it has one. Empty unless the viewer works for the distributor and can see the account.';
const RECIPIENT = { description: 'Id of the account that receives the service.' };

/** Prices as they are shown, made once for each table of a catalog. */
const shown = new WeakMap<object, Price[]>();

/** Returns the prices of an item on the viewer's price list, or on the public one without a token. */
function listPricesOf(itemId: string, { catalog: { current }, actor }: Context): Price[] {
  const list = current.priceList(actor?.priceListId ?? null);
  const table = current.pricesOf(itemId, list);
  const known = shown.get(table);
  if (known) return known;
  const prices = toPrices(table, list.currency, current);
  shown.set(table, prices);
  return prices;
}

const toPrices = (table: PriceTable, currency: string, current: CatalogSnapshot): Price[] =>
  [...table].map(([billingCycle, unitMinor]) => ({
    billingCycle,
    unitPrice: current.money(unitMinor, currency),
  }));

/** Prices of an item for the viewer: for an end customer the retail prices of its reseller, and never the cost. */
const pricesOf = (itemId: string, context: Context): Price[] | Promise<Price[]> =>
  context.actor && !seesAmounts(context.actor)
    ? retailPricesOf(itemId, context)
    : listPricesOf(itemId, context);

/** Retail prices of an item: those that the viewer has set as a reseller, or those for it as an end customer. */
async function retailPricesOf(
  itemId: string,
  { actor, load, catalog: { current } }: Context,
): Promise<Price[]> {
  const isCustomer = actor !== null && !seesAmounts(actor);
  const resellerId = isCustomer ? actor.resellerId : actor && ownRetailAccount(actor);
  if (resellerId === null) return [];
  const reseller = await load.retail.load(resellerId);
  const tariff = isCustomer ? retailTariff(current, reseller) : ownRetailPrices(current, reseller);
  return toPrices(tariff.pricesOf(itemId), tariff.currency, current);
}

/** Prices that an order of staff for a recipient has: those of its buyer. */
async function payerPricesOf(itemId: string, recipientId: string, context: Context): Promise<Price[]> {
  if (!context.actor || !isStaff(context.actor)) return [];
  const recipient = await loadVisible(requireActor(context), Account, recipientId);
  if (!recipient) return [];
  const { resellerId } = recipient;
  const payer = resellerId === null ? recipient : required(await context.load.account.load(resellerId));
  const { current } = context.catalog;
  const { currency, pricesOf } = listTariff(current, current.priceList(payer.priceListId));
  return toPrices(pricesOf(itemId), currency, current);
}

@Resolver(() => Category)
export class CategoryResolver {
  @Query(() => [Category], { description: 'Top-level categories of the catalog.' })
  categories(@Ctx() { catalog }: Context): Category[] {
    return catalog.current.categories.filter(category => category.parentId === null);
  }

  @Query(() => Category, nullable('The category with a slug. Null if there is none.'))
  category(
    @Arg('slug', () => String, { description: 'Slug of the category.' }) slug: string,
    @Ctx() { catalog }: Context,
  ): Category | null {
    return catalog.current.categories.find(category => category.slug === slug) ?? null;
  }

  @FieldResolver(() => Category, nullable('Parent category. Null for a top-level category.'))
  parent(@Root() { parentId }: Category, @Ctx() { catalog }: Context): Category | null {
    return parentId === null ? null : (catalog.current.category(parentId) ?? null);
  }

  @FieldResolver(() => [Category], { description: 'Child categories.' })
  children(@Root() { id }: Category, @Ctx() { catalog }: Context): Category[] {
    return catalog.current.categories.filter(category => category.parentId === id);
  }

  @FieldResolver(() => ProductConnection, { description: 'Published products in the category.' })
  products(@Root() category: Category, @Args() page: PageArgs, @Ctx() { catalog }: Context) {
    return ProductConnection.of(productsWith(catalog.current, { categoryId: category.id }, page));
  }
}

@Resolver(() => Service)
export class ServiceResolver {
  @Query(() => [Service], { description: 'Cloud services of the catalog.' })
  services(@Ctx() { catalog }: Context): Service[] {
    return [...catalog.current.allServices()];
  }

  @Query(() => [Provider], { description: 'Providers of the services of the catalog, by name.' })
  providers(@Ctx() { catalog }: Context): readonly Provider[] {
    return providersOf(catalog.current);
  }

  @FieldResolver(() => Provider, { description: 'Provider of the service.' })
  provider(@Root() service: Service, @Ctx() { catalog }: Context): Provider {
    return required(providersOf(catalog.current).find(({ name }) => name === service.provider));
  }

  @FieldResolver(() => [ChangePolicy], { description: 'Policies for changes, one for each kind.' })
  changePolicies(@Root() service: Service): ChangePolicy[] {
    const policies = changePoliciesOf(service);
    return Object.values(ChangeKind).map(kind => ({ kind, decision: policies[kind] }));
  }

  @FieldResolver(() => ProductConnection, { description: 'Published products of the service.' })
  products(@Root() { id }: Service, @Args() page: PageArgs, @Ctx() { catalog }: Context) {
    return ProductConnection.of(productsWith(catalog.current, { serviceId: id }, page));
  }
}

@Resolver(() => Product)
export class ProductResolver {
  @Query(() => ProductConnection, { description: 'Published products.' })
  products(
    @Arg('filter', () => ProductFilter, nullable('Filter of the list.')) filter: ProductFilter | null,
    @Args() page: PageArgs,
    @Ctx() { catalog }: Context,
  ) {
    return ProductConnection.of(findProducts(catalog.current, filter ?? {}, page));
  }

  @Query(() => Product, nullable('The published product with an id or a SKU. Null if there is none.'))
  product(
    @Arg('id', () => ID, nullable('Id of the product.')) id: string | null,
    @Arg('sku', () => String, nullable('SKU of the product.')) sku: string | null,
    @Ctx() { catalog }: Context,
  ): Product | null {
    return findSoldProduct(catalog.current, { id, sku });
  }

  @FieldResolver(() => [Price], { description: PRICES })
  prices(@Root() { id }: Product, @Ctx() context: Context): Price[] | Promise<Price[]> {
    return pricesOf(id, context);
  }

  @FieldResolver(() => [Price], { description: RETAIL_PRICES })
  retailPrices(@Root() { id }: Product, @Ctx() context: Context): Promise<Price[]> {
    return retailPricesOf(id, context);
  }

  @FieldResolver(() => [Price], { description: PAYER_PRICES })
  payerPrices(
    @Root() { id }: Product,
    @Arg('recipientId', () => ID, RECIPIENT) recipientId: string,
    @Ctx() context: Context,
  ): Promise<Price[]> {
    return payerPricesOf(id, recipientId, context);
  }
}

@Resolver(() => Addon)
export class AddonResolver {
  @FieldResolver(() => [Price], { description: PRICES })
  prices(@Root() { id }: Addon, @Ctx() context: Context): Price[] | Promise<Price[]> {
    return pricesOf(id, context);
  }

  @FieldResolver(() => [Price], { description: RETAIL_PRICES })
  retailPrices(@Root() { id }: Addon, @Ctx() context: Context): Promise<Price[]> {
    return retailPricesOf(id, context);
  }

  @FieldResolver(() => [Price], { description: PAYER_PRICES })
  payerPrices(
    @Root() { id }: Addon,
    @Arg('recipientId', () => ID, RECIPIENT) recipientId: string,
    @Ctx() context: Context,
  ): Promise<Price[]> {
    return payerPricesOf(id, recipientId, context);
  }
}
