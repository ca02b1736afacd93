import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { BigIntScalar, CloudSubscriptionAddon, Money, nullable, Product } from '../entities';
import type { Context } from '../services/context';
import { amountFor } from './amounts';
import { SubscriptionContents } from './types/changes';
import { RETAIL_WHEN_ORDERED } from './types/fields';

@Resolver(() => SubscriptionContents)
export class ContentsResolver {
  @FieldResolver(() => Product, { description: 'Base product.' })
  product(@Root() { contents }: SubscriptionContents, @Ctx() { catalog }: Context): Product {
    return catalog.current.product(contents.productId);
  }

  @FieldResolver(() => [CloudSubscriptionAddon], { description: 'Add-ons with their totals.' })
  addons(@Root() { contents, subscriptionId }: SubscriptionContents): CloudSubscriptionAddon[] {
    return contents.addons.map(addon =>
      Object.assign(new CloudSubscriptionAddon(), { ...addon, subscriptionId }),
    );
  }

  @FieldResolver(() => BigIntScalar, { description: 'Storage, in bytes (1 TB = 10^12).' })
  capacityBytes(@Root() { contents }: SubscriptionContents): number {
    return contents.capacityBytes;
  }

  @FieldResolver(() => Money, nullable(`Amount due per billing cycle.${RETAIL_WHEN_ORDERED}`))
  recurringTotal(@Root() { contents, currency }: SubscriptionContents, @Ctx() context: Context) {
    return amountFor(context, contents.recurringMinor, contents.retailMinor, currency);
  }
}
