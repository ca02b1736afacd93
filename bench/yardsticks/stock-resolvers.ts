import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import {
  Account,
  Addon,
  BillingCycle,
  Category,
  CloudSubscription,
  CloudSubscriptionAddon,
  ListedPrice,
  Money,
  Product,
  ProvisioningOperation,
} from '../../src/entities';
import type { StockContext } from './stock-loaders';

const EUR = { code: 'EUR', exponent: 2 };

@ObjectType('Price')
class StockPrice {
  @Field(() => BillingCycle)
  billingCycle!: BillingCycle;

  @Field(() => Money)
  unitPrice!: Money;
}

@ObjectType('ProductConnection')
class Products {
  @Field(() => [Product])
  nodes!: Product[];
}

@ObjectType('CloudSubscriptionConnection')
class Subscriptions {
  @Field(() => [CloudSubscription])
  nodes!: CloudSubscription[];
}

@Resolver(() => Product)
class StockProduct {
  @Query(() => Products)
  async products(
    @Arg('first', () => Int, { nullable: true }) first: number,
    @Ctx() { source }: StockContext,
  ): Promise<Products> {
    const nodes = await source
      .getRepository(Product)
      .find({ where: { published: true }, order: { position: 'ASC', id: 'ASC' }, take: first });
    return { nodes };
  }

  @Query(() => Category, { nullable: true, name: 'category' })
  findCategory(
    @Arg('slug', () => String) slug: string,
    @Ctx() { source }: StockContext,
  ): Promise<Category | null> {
    return source.getRepository(Category).findOneBy({ slug });
  }

  @FieldResolver(() => Category)
  category(@Root() { categoryId }: Product, @Ctx() { category }: StockContext): Promise<Category> {
    return category.load(categoryId);
  }

  @FieldResolver(() => [StockPrice])
  async prices(@Root() { id }: Product, @Ctx() { prices }: StockContext): Promise<StockPrice[]> {
    const listed: ListedPrice[] = await prices.load(id);
    return listed.map(({ billingCycle, unitMinor }) => ({
      billingCycle,
      unitPrice: Money.of(Number(unitMinor), EUR),
    }));
  }

  @FieldResolver(() => [Addon])
  addons(@Root() { id }: Product, @Ctx() { addons }: StockContext) {
    return addons(id);
  }
}

@Resolver(() => CloudSubscription)
class StockSubscription {
  @Query(() => Subscriptions)
  async subscriptions(
    @Arg('first', () => Int, { nullable: true }) first: number,
    @Ctx() { source, viewer }: StockContext,
  ): Promise<Subscriptions> {
    const nodes = await source
      .getRepository(CloudSubscription)
      .find({ where: { resellerId: viewer }, order: { createdAt: 'DESC', id: 'DESC' }, take: first });
    return { nodes };
  }

  @FieldResolver(() => Account)
  account(@Root() { accountId }: CloudSubscription, @Ctx() { account }: StockContext): Promise<Account> {
    return account.load(accountId);
  }

  @FieldResolver(() => Product)
  product(@Root() { productId }: CloudSubscription, @Ctx() { product }: StockContext): Promise<Product> {
    return product.load(productId);
  }

  @FieldResolver(() => [CloudSubscriptionAddon])
  addons(@Root() { id }: CloudSubscription, @Ctx() { granted }: StockContext) {
    return granted.load(id);
  }

  @FieldResolver(() => [ProvisioningOperation])
  operations(@Root() { id }: CloudSubscription, @Ctx() { operations }: StockContext) {
    return operations.load(id);
  }
}

@Resolver(() => CloudSubscriptionAddon)
class StockGranted {
  @FieldResolver(() => Addon)
  addon(@Root() { addonId }: CloudSubscriptionAddon, @Ctx() { addon }: StockContext): Promise<Addon> {
    return addon.load(addonId);
  }
}

/** Resolvers of the measured types. */
export const resolvers = [StockProduct, StockSubscription, StockGranted] as const;
