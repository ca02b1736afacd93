import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import {
  Account,
  BillingDetails,
  CloudSubscription,
  Money,
  nullable,
  OperationState,
  Order,
  OrderLine,
  orderNumber,
  Product,
  ProvisioningOperation,
  User,
} from '../entities';
import { actionError, seesAmounts } from '../policies';
import { checkout } from '../services/basket/checkout';
import { type ActorContext, type Context, requireActor } from '../services/context';
import { findOrder } from '../services/lists/orders';
import { cancelOrder } from '../services/orders/cancel-order';
import { executeOrder } from '../services/orders/execute-order';
import { executionErrors } from '../services/orders/execution-errors';
import { orderActions } from '../services/orders/order-actions';
import { placeOrder } from '../services/orders/place-order';
import { findOrdersPage } from '../store';
import { amountFor, DUE, recurringAmountsFor } from './amounts';
import { batchPerContext } from './per-context';
import { activityOf } from './subscription.resolver';
import { OrderActionAvailability } from './types/availability';
import { OrderConnection } from './types/connection';
import { Input, PAYER_ONLY, RETAIL_WHEN_ORDERED } from './types/fields';
import {
  CancelOrderInput,
  CheckoutInput,
  ExecuteOrderInput,
  OrderFilter,
  OrderSort,
  PlaceOrderInput,
} from './types/inputs';
import { PageArgs } from './types/page-args';
import { changedObject, loadedPayload, PayloadMutation } from './types/payloads';
import { OrderAddon, RecurringAmount } from './types/shown';

const ORDER = { order: changedObject(Order) };

const changed = loadedPayload('order', ({ load }, id) => load.visible.order.load(id));

@Resolver(() => Order)
export class OrderResolver {
  @Query(() => OrderConnection, { description: 'Orders that the viewer can see, newest first.' })
  async orders(
    @Arg('filter', () => OrderFilter, nullable('Filter of the list.')) filter: OrderFilter | null,
    @Arg('sort', () => OrderSort, nullable('Sort order. Defaults to PLACED_AT, descending.'))
    sort: OrderSort | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return OrderConnection.of(await findOrdersPage(db, actor, filter ?? {}, { ...page, sort }));
  }

  @Query(
    () => Order,
    nullable('The order with an id or a number. Null if there is none that the viewer can see.'),
  )
  order(
    @Arg('id', () => ID, nullable('Id of the order.')) id: string | null,
    @Arg('number', () => String, nullable('Order number, such as ORD-2026-000042.')) number: string | null,
    @Ctx() context: Context,
  ): Promise<Order | null> {
    return findOrder(requireActor(context), { id, number });
  }

  @PayloadMutation(
    ORDER,
    'Turns the basket into an order and executes it. A basket becomes one order, however often the call is repeated.',
  )
  checkout(@Input() input: CheckoutInput, @Ctx() context: Context) {
    return changed(context, caller => checkout(caller, input));
  }

  @PayloadMutation(
    ORDER,
    'Places an order on behalf of a customer. The order waits for `executeOrder`. Account managers and administrators only.',
  )
  placeOrder(@Input() input: PlaceOrderInput, @Ctx() context: Context) {
    return changed(context, caller => placeOrder(caller, input));
  }

  @PayloadMutation(
    ORDER,
    'Executes a submitted order: creates its subscriptions and starts their provisioning. Fails with INVALID_STATE unless the order is submitted.',
  )
  executeOrder(@Input() input: ExecuteOrderInput, @Ctx() context: Context) {
    return changed(context, caller => executeOrder(caller, input));
  }

  @PayloadMutation(
    ORDER,
    'Cancels an order that has not been executed. Fails with INVALID_STATE once it has.',
  )
  cancelOrder(@Input() input: CancelOrderInput, @Ctx() context: Context) {
    return changed(context, caller => cancelOrder(caller, input));
  }

  @FieldResolver(() => String, {
    description: 'Human-readable order number: ORD-2026-000042. Grants no access to the order.',
  })
  number(@Root() order: Order): string {
    return orderNumber(order);
  }

  @FieldResolver(() => Account, { description: 'Account that receives the services.' })
  recipient(@Root() { recipientId }: Order, @Ctx() { load }: Context): Promise<Account> {
    return load.account.load(recipientId);
  }

  @FieldResolver(() => Account, nullable('Reseller of the recipient. Null if it has none.'))
  reseller(@Root() { resellerId }: Order, @Ctx() { load }: Context): Promise<Account | null> | null {
    return resellerId === null ? null : load.visible.account.load(resellerId);
  }

  @FieldResolver(() => User, { description: 'User who placed the order.' })
  placedBy(@Root() { placedById }: Order, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(placedById);
  }

  @FieldResolver(() => User, nullable('User who executed the order. Null until then.'))
  executedBy(@Root() { executedById }: Order, @Ctx() { load }: Context): Promise<User | null> | null {
    return executedById === null ? null : load.user.load(executedById);
  }

  @FieldResolver(() => [OrderLine], { description: 'Lines of the order.' })
  lines(@Root() { id }: Order, @Ctx() { load }: Context): Promise<OrderLine[]> {
    return load.orderLines.load(id);
  }

  @FieldResolver(() => BillingDetails, nullable(`Billing details at the time of the order.${PAYER_ONLY}`))
  billing(@Root() { billing }: Order, @Ctx() context: Context): BillingDetails | null {
    return seesAmounts(requireActor(context).actor) ? billing : null;
  }

  @FieldResolver(() => Money, nullable(`Sum of the totals of all lines.${RETAIL_WHEN_ORDERED}`))
  total(@Root() { totalMinor, retailTotalMinor, currency }: Order, @Ctx() context: Context): Money | null {
    return amountFor(context, totalMinor, retailTotalMinor, currency);
  }

  @FieldResolver(
    () => [RecurringAmount],
    nullable(`Recurring amounts, one for each billing cycle of the lines.${RETAIL_WHEN_ORDERED}`),
  )
  async recurring(@Root() { id, currency }: Order, @Ctx() context: Context) {
    return recurringAmountsFor(context, currency, await context.load.orderLines.load(id));
  }

  @FieldResolver(() => [ProvisioningOperation], { description: 'Provisioning operations of the order.' })
  operations(@Root() { id }: Order, @Ctx() { load }: Context): Promise<ProvisioningOperation[]> {
    return load.orderOperations.load(id);
  }

  @FieldResolver(() => [OrderActionAvailability], {
    description: 'Actions on the order, with their availability to the viewer.',
  })
  async availableActions(@Root() order: Order, @Ctx() context: Context): Promise<OrderActionAvailability[]> {
    const caller = requireActor(context);
    const [failed, executionError] = await Promise.all([
      failedOf(caller, order.id),
      actionError(caller.actor, 'executeOrder') ? null : executionErrorOf(caller, order),
    ]);
    return orderActions(caller.actor, { order, executionError, failed });
  }
}

async function failedOf(context: ActorContext, orderId: string) {
  const operations = await context.load.orderOperations.load(orderId);
  const failed = operations.filter(({ state }) => state === OperationState.FAILED);
  return Promise.all(
    failed.map(async operation => ({
      operation,
      activity: await activityOf(context, operation.subscriptionId),
    })),
  );
}

/** The first error that executing an order would give; the whole page's are read at once. */
const executionErrorOf = batchPerContext(
  async (context, orders: readonly Order[]) => {
    const { db, actor, catalog, load } = context;
    const executions = orders.map(async order => ({
      order,
      recipient: await load.account.load(order.recipientId),
      lines: await load.orderLines.load(order.id),
    }));
    const errors = await executionErrors(db, actor, await Promise.all(executions), catalog.current);
    return errors.map(([first]) => first ?? null);
  },
  ({ id }) => id,
);

@Resolver(() => OrderLine)
export class OrderLineResolver {
  @FieldResolver(() => Product, {
    description: 'Product of the line, or of the subscription that receives the add-ons.',
  })
  product(@Root() { productId }: OrderLine, @Ctx() { catalog }: Context): Product {
    return catalog.current.product(productId);
  }

  @FieldResolver(() => [OrderAddon], { description: 'Add-ons on the line.' })
  addons(@Root() { addons, currency }: OrderLine, @Ctx() context: Context): OrderAddon[] {
    return addons.map(({ addonId, quantity, unitMinor, retailMinor = null }) => ({
      addon: context.catalog.current.addon(addonId),
      quantity,
      unitPrice: amountFor(context, unitMinor, retailMinor, currency),
      total: amountFor(context, quantity * unitMinor, retailMinor && quantity * retailMinor, currency),
    }));
  }

  @FieldResolver(() => Money, nullable(`Price of one license for one billing cycle.${RETAIL_WHEN_ORDERED}`))
  unitPrice(@Root() { unitMinor, retailUnitMinor, currency }: OrderLine, @Ctx() context: Context) {
    return amountFor(context, unitMinor, retailUnitMinor, currency);
  }

  @FieldResolver(() => Money, nullable(`${DUE}${RETAIL_WHEN_ORDERED}`))
  total(@Root() { totalMinor, retailTotalMinor, currency }: OrderLine, @Ctx() context: Context) {
    return amountFor(context, totalMinor, retailTotalMinor, currency);
  }

  @FieldResolver(() => CloudSubscription, {
    nullable: true,
    description: 'Subscription that the execution created, or that receives the add-ons.',
  })
  subscription(@Root() { subscriptionId }: OrderLine, @Ctx() { load }: Context) {
    return subscriptionId === null ? null : load.visible.subscription.load(subscriptionId);
  }
}
