import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  Account,
  CloudSubscription,
  Money,
  nullable,
  OperationState,
  Order,
  OrderLine,
  Product,
  ProvisioningOperation,
  User,
} from '../entities';
import { actionError } from '../policies';
import { checkout } from '../services/basket/checkout';
import { type ActorContext, type Context, requireActor } from '../services/context';
import { findOrder, orderNumber } from '../services/lists/orders';
import { cancelOrder } from '../services/orders/cancel-order';
import { executeOrder } from '../services/orders/execute-order';
import { executionErrors } from '../services/orders/execution-errors';
import { orderActions } from '../services/orders/order-actions';
import { placeOrder } from '../services/orders/place-order';
import { findOrdersPage } from '../store';
import { batchPerContext } from './per-context';
import { activityOf } from './subscription.resolver';
import { OrderActionAvailability } from './types/availability';
import { OrderConnection } from './types/connection';
import { Input } from './types/fields';
import {
  CancelOrderInput,
  CheckoutInput,
  ExecuteOrderInput,
  OrderFilter,
  PlaceOrderInput,
} from './types/inputs';
import { PageArgs } from './types/page-args';
import { OrderPayload } from './types/payloads';
import { OrderAddon } from './types/shown';

const changed = OrderPayload.byId(({ load }, id) => load.visible.order.load(id));

@Resolver(() => Order)
export class OrderResolver {
  @Query(() => OrderConnection, { description: 'The orders that the viewer may see, newest first.' })
  async orders(
    @Arg('filter', () => OrderFilter, nullable('Which of them.')) filter: OrderFilter | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return OrderConnection.of(await findOrdersPage(db, actor, filter ?? {}, page));
  }

  @Query(() => Order, nullable('An order by id or by number.'))
  order(
    @Arg('id', () => ID, nullable('Its id.')) id: string | null,
    @Arg('number', () => String, nullable('Its number, like ORD-2026-000042.')) number: string | null,
    @Ctx() context: Context,
  ): Promise<Order | null> {
    return findOrder(requireActor(context), { id, number });
  }

  @Mutation(() => OrderPayload, {
    description:
      'Turns the basket into an order and executes it. However often a basket is checked out, it makes one.',
  })
  checkout(@Input() input: CheckoutInput, @Ctx() context: Context) {
    return changed(context, caller => checkout(caller, input));
  }

  @Mutation(() => OrderPayload, {
    description: "An account manager's order on behalf of a customer; it waits for executeOrder.",
  })
  placeOrder(@Input() input: PlaceOrderInput, @Ctx() context: Context) {
    return changed(context, caller => placeOrder(caller, input));
  }

  @Mutation(() => OrderPayload, {
    description: 'Executes a submitted order: its subscriptions are created and provisioned.',
  })
  executeOrder(@Input() input: ExecuteOrderInput, @Ctx() context: Context) {
    return changed(context, caller => executeOrder(caller, input));
  }

  @Mutation(() => OrderPayload, { description: 'Withdraws an order before it is executed.' })
  cancelOrder(@Input() input: CancelOrderInput, @Ctx() context: Context) {
    return changed(context, caller => cancelOrder(caller, input));
  }

  @FieldResolver(() => String, { description: 'For people: ORD-2026-000042. Never an access token.' })
  number(@Root() order: Order): string {
    return orderNumber(order);
  }

  @FieldResolver(() => Account, { description: 'Whom the services are for.' })
  recipient(@Root() { recipientId }: Order, @Ctx() { load }: Context): Promise<Account> {
    return load.account.load(recipientId);
  }

  @FieldResolver(() => Account, nullable("The recipient's reseller."))
  reseller(@Root() { resellerId }: Order, @Ctx() { load }: Context): Promise<Account | null> | null {
    return resellerId === null ? null : load.visible.account.load(resellerId);
  }

  @FieldResolver(() => User, { description: 'Who placed it.' })
  placedBy(@Root() { placedById }: Order, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(placedById);
  }

  @FieldResolver(() => User, nullable('Who executed it.'))
  executedBy(@Root() { executedById }: Order, @Ctx() { load }: Context): Promise<User | null> | null {
    return executedById === null ? null : load.user.load(executedById);
  }

  @FieldResolver(() => [OrderLine], { description: 'What was bought.' })
  lines(@Root() { id }: Order, @Ctx() { load }: Context): Promise<OrderLine[]> {
    return load.orderLines.load(id);
  }

  @FieldResolver(() => Money, { description: 'All lines, for one billing cycle each.' })
  total(@Root() { totalMinor, currency }: Order, @Ctx() { catalog }: Context): Money {
    return catalog.current.money(totalMinor, currency);
  }

  @FieldResolver(() => [ProvisioningOperation], { description: 'What is being done about it.' })
  operations(@Root() { id }: Order, @Ctx() { load }: Context): Promise<ProvisioningOperation[]> {
    return load.orderOperations.load(id);
  }

  @FieldResolver(() => [OrderActionAvailability], { description: 'What the viewer can do to it right now.' })
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
      matters: await activityOf(context, operation.subscriptionId),
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
    description: 'The product; that of the subscription where add-ons were added.',
  })
  product(@Root() { productId }: OrderLine, @Ctx() { catalog }: Context): Product {
    return catalog.current.product(productId);
  }

  @FieldResolver(() => [OrderAddon], { description: 'The add-ons.' })
  addons(@Root() { addons, currency }: OrderLine, @Ctx() { catalog }: Context): OrderAddon[] {
    return addons.map(({ addonId, quantity, unitMinor }) => ({
      addon: catalog.current.addon(addonId),
      quantity,
      unitPrice: catalog.current.money(unitMinor, currency),
      total: catalog.current.money(quantity * unitMinor, currency),
    }));
  }

  @FieldResolver(() => Money, { description: 'For one license and one billing cycle.' })
  unitPrice(@Root() { unitMinor, currency }: OrderLine, @Ctx() { catalog }: Context): Money {
    return catalog.current.money(unitMinor, currency);
  }

  @FieldResolver(() => Money, { description: 'Product and add-ons.' })
  total(@Root() { totalMinor, currency }: OrderLine, @Ctx() { catalog }: Context): Money {
    return catalog.current.money(totalMinor, currency);
  }

  @FieldResolver(() => CloudSubscription, {
    nullable: true,
    description: 'Created by execution, or the existing one that the add-ons go to.',
  })
  subscription(@Root() { subscriptionId }: OrderLine, @Ctx() { load }: Context) {
    return subscriptionId === null ? null : load.visible.subscription.load(subscriptionId);
  }
}
