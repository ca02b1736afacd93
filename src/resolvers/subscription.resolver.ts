import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import {
  Account,
  Addon,
  CancellationRequest,
  CloudSubscription,
  CloudSubscriptionAddon,
  DateTimeScalar,
  Money,
  nullable,
  Order,
  Product,
  ProvisioningOperation,
  SubscriptionChange,
} from '../entities';
import { runningPeriodEnd } from '../ledger';
import { seesAmounts } from '../policies';
import { type ActorContext, type Context, requireActor } from '../services/context';
import type { SubscriptionActivity } from '../services/subscriptions/activity';
import { nextCharge } from '../services/subscriptions/next-charge';
import { renameSubscription } from '../services/subscriptions/rename-subscription';
import { subscriptionActions } from '../services/subscriptions/subscription-actions';
import {
  hasSuspension,
  resumeSubscription,
  suspendSubscription,
} from '../services/subscriptions/suspend-subscription';
import { chargesOfSubscription, findSubscriptionsPage, sumChargesOf } from '../store';
import { amountFor, upcomingFor } from './amounts';
import { loadVisible } from './load-visible';
import { ownedPages } from './owned-page';
import { batchPerContext } from './per-context';
import { CloudSubscriptionActionAvailability } from './types/availability';
import { UpcomingCharge } from './types/charges';
import { ChargeConnection, CloudSubscriptionConnection } from './types/connection';
import { Input, PAYER_ONLY, RETAIL_WHEN_ORDERED } from './types/fields';
import {
  CloudSubscriptionFilter,
  CloudSubscriptionSort,
  RenameSubscriptionInput,
  ResumeSubscriptionInput,
  SuspendSubscriptionInput,
} from './types/inputs';
import { PageArgs } from './types/page-args';
import { changedObject, loadedPayload, PayloadMutation } from './types/payloads';

const chargesPage = ownedPages(chargesOfSubscription);
const chargesSum = batchPerContext(
  ({ db, actor }, ids: readonly string[]) => sumChargesOf(db, actor, ids),
  id => id,
);

const SUBSCRIPTION = { subscription: changedObject(CloudSubscription) };

/** Loads a subscription with its operations, its open request and its open change. Batched: a page costs what one costs. */
export async function activityOf(
  { load }: ActorContext,
  subscriptionId: string,
): Promise<SubscriptionActivity> {
  const [subscription, operations, requests, changes] = await Promise.all([
    load.subscription.load(subscriptionId),
    load.subscriptionOperations.load(subscriptionId),
    load.openRequests.load(subscriptionId),
    load.openChanges.load(subscriptionId),
  ]);
  return { subscription, operations, request: requests[0] ?? null, change: changes[0] ?? null };
}

const changed = loadedPayload('subscription', ({ load }, id) => load.visible.subscription.load(id));

@Resolver(() => CloudSubscription)
export class SubscriptionResolver {
  @Query(() => CloudSubscriptionConnection, {
    description: 'Subscriptions that the viewer can see, newest first.',
  })
  async subscriptions(
    @Arg('filter', () => CloudSubscriptionFilter, nullable('Filter of the list.'))
    filter: CloudSubscriptionFilter | null,
    @Arg('sort', () => CloudSubscriptionSort, nullable('Sort order. Defaults to CREATED_AT, descending.'))
    sort: CloudSubscriptionSort | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    const found = await findSubscriptionsPage(db, actor, filter ?? {}, { ...page, sort });
    return CloudSubscriptionConnection.of(found);
  }

  @Query(
    () => CloudSubscription,
    nullable('The subscription with an id. Null if there is none that the viewer can see.'),
  )
  subscription(
    @Arg('id', () => ID, { description: 'Id of the subscription.' }) id: string,
    @Ctx() context: Context,
  ): Promise<CloudSubscription | null> {
    return loadVisible(requireActor(context), CloudSubscription, id);
  }

  @PayloadMutation(SUBSCRIPTION, 'Renames a subscription.')
  renameSubscription(@Input() input: RenameSubscriptionInput, @Ctx() context: Context) {
    return changed(context, caller => renameSubscription(caller, input));
  }

  @PayloadMutation(
    SUBSCRIPTION,
    'Suspends an active subscription at its provider. It is SUSPENDED when the provider has confirmed. Fails with INVALID_STATE if the provider has no suspension. For account managers and administrators.',
  )
  suspendSubscription(@Input() input: SuspendSubscriptionInput, @Ctx() context: Context) {
    return changed(context, caller => suspendSubscription(caller, input));
  }

  @PayloadMutation(
    SUBSCRIPTION,
    'Ends the suspension of a subscription at its provider. It is ACTIVE again when the provider has confirmed, or PENDING_CANCELLATION if an accepted cancellation takes effect at the end of the billing period. For account managers and administrators.',
  )
  resumeSubscription(@Input() input: ResumeSubscriptionInput, @Ctx() context: Context) {
    return changed(context, caller => resumeSubscription(caller, input));
  }

  @FieldResolver(() => Account, { description: 'Account that owns the subscription.' })
  account(@Root() { accountId }: CloudSubscription, @Ctx() { load }: Context): Promise<Account> {
    return load.account.load(accountId);
  }

  @FieldResolver(
    () => Account,
    nullable('Reseller through which the subscription was bought. Null if there is none.'),
  )
  reseller(@Root() { resellerId }: CloudSubscription, @Ctx() { load }: Context) {
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

  @FieldResolver(
    () => Money,
    nullable(`Amount due per billing cycle for the granted licenses and add-ons.${RETAIL_WHEN_ORDERED}`),
  )
  recurringTotal(
    @Root() { recurringMinor, retailMinor, currency }: CloudSubscription,
    @Ctx() context: Context,
  ) {
    return amountFor(context, recurringMinor, retailMinor, currency);
  }

  @FieldResolver(
    () => String,
    nullable(`Reason of the suspension. Null unless the subscription is SUSPENDED.${PAYER_ONLY}`),
  )
  suspensionReason(@Root() { suspensionReason }: CloudSubscription, @Ctx() context: Context): string | null {
    return seesAmounts(requireActor(context).actor) ? suspensionReason : null;
  }

  @FieldResolver(
    () => UpcomingCharge,
    nullable(
      `Charges of the next billing period as things stand. Null if none follows, and before the activation.${PAYER_ONLY}`,
    ),
  )
  async nextCharge(@Root() subscription: CloudSubscription, @Ctx() context: Context) {
    const { id, currency } = subscription;
    const [requests, changes] = await Promise.all([
      context.load.openRequests.load(id),
      context.load.openChanges.load(id),
    ]);
    const open = { subscription, request: requests[0] ?? null, change: changes[0] ?? null };
    return upcomingFor(context, nextCharge(open, context.clock()), currency);
  }

  @FieldResolver(() => ChargeConnection, {
    description:
      'Charges of the subscription in the order of `seq`. Empty unless the viewer is the payer, one of its account managers or an administrator.',
  })
  async charges(@Root() { id }: CloudSubscription, @Args() page: PageArgs, @Ctx() context: Context) {
    const caller = requireActor(context);
    const found = await chargesPage(caller, id, null, page);
    return Object.assign(ChargeConnection.of(found), { sum: () => chargesSum(caller, id) });
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

  @FieldResolver(() => CancellationRequest, nullable('Open cancellation request. Null if there is none.'))
  async cancellationRequest(@Root() { id }: CloudSubscription, @Ctx() { load }: Context) {
    return (await load.openRequests.load(id))[0] ?? null;
  }

  @FieldResolver(() => SubscriptionChange, nullable('Open change. Null if there is none.'))
  async change(@Root() { id }: CloudSubscription, @Ctx() { load }: Context) {
    return (await load.openChanges.load(id))[0] ?? null;
  }

  @FieldResolver(() => [CloudSubscriptionActionAvailability], {
    description: 'Actions on the subscription, with their availability to the viewer.',
  })
  async availableActions(@Root() { id }: CloudSubscription, @Ctx() context: Context) {
    const caller = requireActor(context);
    const activity = await activityOf(caller, id);
    const service = context.catalog.current.service(activity.subscription.serviceId);
    const open = [activity.request, activity.change].filter(one => one !== null);
    return subscriptionActions(caller.actor, activity, {
      hasSuspension: hasSuspension(caller.providers, service),
      requesters: await Promise.all(open.map(({ requestedById }) => caller.load.user.load(requestedById))),
    });
  }
}

@Resolver(() => CloudSubscriptionAddon)
export class SubscriptionAddonResolver {
  @FieldResolver(() => Addon, { description: 'The add-on.' })
  addon(@Root() { addonId }: CloudSubscriptionAddon, @Ctx() { catalog }: Context): Addon {
    return catalog.current.addon(addonId);
  }
}
