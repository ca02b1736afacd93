import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Addon, Category, nullable, Product } from '../entities';
import type { Context } from '../services/context';
import { findProducts, findSoldProduct, productsIn } from '../services/lists/products';
import { ProductConnection } from './types/connection';
import { PageArgs, SearchArgs } from './types/page-args';
import { Price } from './types/shown';

/** Prices as they are shown, made once for each table of a catalog. */
const shown = new WeakMap<object, Price[]>();

/** What an item costs on the viewer's price list; the public one without a token. */
function pricesOf(itemId: string, { catalog: { current }, actor }: Context): Price[] {
  const list = current.priceList(actor?.priceListId ?? null);
  const table = current.pricesOf(itemId, list);
  const known = shown.get(table);
  if (known) return known;
  const prices = [...table].map(([billingCycle, unitMinor]) => ({
    billingCycle,
    unitPrice: current.money(unitMinor, list.currency),
  }));
  shown.set(table, prices);
  return prices;
}

@Resolver(() => Category)
export class CategoryResolver {
  @Query(() => [Category], { description: 'The top of the catalog.' })
  categories(@Ctx() { catalog }: Context): Category[] {
    return catalog.current.categories.filter(category => category.parentId === null);
  }

  @Query(() => Category, nullable('A category by its slug.'))
  category(
    @Arg('slug', () => String, { description: 'The slug.' }) slug: string,
    @Ctx() { catalog }: Context,
  ): Category | null {
    return catalog.current.categories.find(category => category.slug === slug) ?? null;
  }

  @FieldResolver(() => Category, nullable('The category above it.'))
  parent(@Root() { parentId }: Category, @Ctx() { catalog }: Context): Category | null {
    return parentId === null ? null : (catalog.current.category(parentId) ?? null);
  }

  @FieldResolver(() => [Category], { description: 'The categories below it.' })
  children(@Root() { id }: Category, @Ctx() { catalog }: Context): Category[] {
    return catalog.current.categories.filter(category => category.parentId === id);
  }

  @FieldResolver(() => ProductConnection, { description: 'The products in it.' })
  products(@Root() category: Category, @Args() page: PageArgs, @Ctx() { catalog }: Context) {
    return ProductConnection.of(productsIn(catalog.current, category, page));
  }
}

@Resolver(() => Product)
export class ProductResolver {
  @Query(() => ProductConnection, { description: 'The products that are sold.' })
  products(
    @Arg('categorySlug', () => String, nullable('In this category, or below it.'))
    categorySlug: string | null,
    @Args() args: SearchArgs,
    @Ctx() { catalog }: Context,
  ) {
    return ProductConnection.of(findProducts(catalog.current, { ...args, categorySlug }));
  }

  @Query(() => Product, nullable('A product that is sold, by id or by SKU.'))
  product(
    @Arg('id', () => ID, nullable('Its id.')) id: string | null,
    @Arg('sku', () => String, nullable('Its SKU.')) sku: string | null,
    @Ctx() { catalog }: Context,
  ): Product | null {
    return findSoldProduct(catalog.current, { id, sku });
  }

  @FieldResolver(() => [Price], { description: 'One price for each billing cycle that it is sold with.' })
  prices(@Root() { id }: Product, @Ctx() context: Context): Price[] {
    return pricesOf(id, context);
  }
}

@Resolver(() => Addon)
export class AddonResolver {
  @FieldResolver(() => [Price], { description: 'One price for each billing cycle that it is sold with.' })
  prices(@Root() { id }: Addon, @Ctx() context: Context): Price[] {
    return pricesOf(id, context);
  }
}
