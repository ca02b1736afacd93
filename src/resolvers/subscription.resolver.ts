import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  Account,
  Addon,
  CancellationRequest,
  CloudSubscription,
  CloudSubscriptionAddon,
  DateTimeScalar,
  Money,
  Order,
  Product,
  ProvisioningOperation,
} from '../entities';
import { type ActorContext, type Context, mutationContext, requireActor } from '../services/context';
import { findSubscriptions } from '../services/lists/subscriptions';
import { runningPeriodEnd } from '../services/subscriptions/billing-period';
import { renameSubscription } from '../services/subscriptions/rename-subscription';
import { subscriptionActions } from '../services/subscriptions/subscription-actions';
import type { SubscriptionActivity } from '../services/subscriptions/subscription-rules';
import { findVisible } from '../store';
import { CloudSubscriptionActionAvailability } from './types/availability';
import { CloudSubscriptionConnection } from './types/connection';
import { CloudSubscriptionFilter, RenameSubscriptionInput } from './types/inputs';
import { PageArgs } from './types/page-args';
import { payloadOf, SubscriptionPayload } from './types/payloads';

/** Loads a subscription with its operations and its open request. Batched: a page costs what one costs. */
export async function activityOf(
  { load }: ActorContext,
  subscriptionId: string,
): Promise<SubscriptionActivity> {
  const [subscription, operations, requests] = await Promise.all([
    load.subscription.load(subscriptionId),
    load.subscriptionOperations.load(subscriptionId),
    load.openRequests.load(subscriptionId),
  ]);
  return { subscription, operations, request: requests[0] ?? null };
}

@Resolver(() => CloudSubscription)
export class SubscriptionResolver {
  @Query(() => CloudSubscriptionConnection, {
    description: 'Subscriptions that the viewer can see, newest first.',
  })
  async subscriptions(
    @Arg('filter', () => CloudSubscriptionFilter, { nullable: true, description: 'Filter of the list.' })
    filter: CloudSubscriptionFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ) {
    return CloudSubscriptionConnection.of(await findSubscriptions(requireActor(context), filter ?? {}, page));
  }

  @Query(() => CloudSubscription, {
    nullable: true,
    description: 'The subscription with an id. Null if there is none that the viewer can see.',
  })
  async subscription(
    @Arg('id', () => ID, { description: 'Id of the subscription.' }) id: string,
    @Ctx() context: Context,
  ): Promise<CloudSubscription | null> {
    const { db, actor } = requireActor(context);
    return (await findVisible(db, actor, CloudSubscription, id)) ?? null;
  }

  @Mutation(() => SubscriptionPayload, { description: 'Renames a subscription.' })
  renameSubscription(
    @Arg('input', () => RenameSubscriptionInput, { description: 'Parameters of the mutation.' })
    input: RenameSubscriptionInput,
    @Ctx() context: Context,
  ): Promise<SubscriptionPayload> {
    const caller = mutationContext(context);
    return payloadOf<SubscriptionPayload>({ subscription: null }, async () => ({
      subscription: await caller.load.visible.subscription.load(await renameSubscription(caller, input)),
    }));
  }

  @FieldResolver(() => Account, { description: 'Account that owns the subscription.' })
  account(@Root() { accountId }: CloudSubscription, @Ctx() { load }: Context): Promise<Account> {
    return load.account.load(accountId);
  }

  @FieldResolver(() => Account, {
    nullable: true,
    description: 'Reseller through which the subscription was bought. Null if there is none.',
  })
  reseller(
    @Root() { resellerId }: CloudSubscription,
    @Ctx() { load }: Context,
  ): Promise<Account | null> | null {
    return resellerId === null ? null : load.visible.account.load(resellerId);
  }

  @FieldResolver(() => Product, { description: 'Base product.' })
  product(@Root() { productId }: CloudSubscription, @Ctx() { catalog }: Context): Product {
    return catalog.current.product(productId);
  }

  @FieldResolver(() => [CloudSubscriptionAddon], {
    description: 'Add-ons that the provider has granted.',
  })
  addons(@Root() { id }: CloudSubscription, @Ctx() { load }: Context): Promise<CloudSubscriptionAddon[]> {
    return load.subscriptionAddons.load(id);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true })
  currentPeriodEnd(@Root() subscription: CloudSubscription, @Ctx() { clock }: Context): Date | null {
    return runningPeriodEnd(subscription, clock());
  }

  @FieldResolver(() => Money, {
    description: 'Amount due per billing cycle for the granted licenses and add-ons.',
  })
  recurringTotal(
    @Root() { recurringMinor, currency }: CloudSubscription,
    @Ctx() { catalog }: Context,
  ): Money {
    return catalog.current.money(recurringMinor, currency);
  }

  @FieldResolver(() => Order, { description: 'Order that created the subscription.' })
  order(@Root() { orderId }: CloudSubscription, @Ctx() { load }: Context): Promise<Order> {
    return load.order.load(orderId);
  }

  @FieldResolver(() => [ProvisioningOperation], {
    description: 'Provisioning operations of the subscription, oldest first.',
  })
  operations(@Root() { id }: CloudSubscription, @Ctx() { load }: Context): Promise<ProvisioningOperation[]> {
    return load.subscriptionOperations.load(id);
  }

  @FieldResolver(() => CancellationRequest, {
    nullable: true,
    description: 'Open cancellation request. Null if there is none.',
  })
  async cancellationRequest(
    @Root() { id }: CloudSubscription,
    @Ctx() { load }: Context,
  ): Promise<CancellationRequest | null> {
    return (await load.openRequests.load(id))[0] ?? null;
  }

  @FieldResolver(() => [CloudSubscriptionActionAvailability], {
    description: 'Actions on the subscription, with their availability to the viewer.',
  })
  async availableActions(
    @Root() { id }: CloudSubscription,
    @Ctx() context: Context,
  ): Promise<CloudSubscriptionActionAvailability[]> {
    const caller = requireActor(context);
    return subscriptionActions(caller.actor, await activityOf(caller, id));
  }
}

@Resolver(() => CloudSubscriptionAddon)
export class SubscriptionAddonResolver {
  @FieldResolver(() => Addon, { description: 'The add-on.' })
  addon(@Root() { addonId }: CloudSubscriptionAddon, @Ctx() { catalog }: Context): Addon {
    return catalog.current.addon(addonId);
  }
}
