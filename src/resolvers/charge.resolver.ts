import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import {
  Account,
  Addon,
  BigIntScalar,
  Charge,
  CloudSubscription,
  Money,
  nullable,
  Order,
  Product,
} from '../entities';
import { createAdjustment } from '../services/charges/create-adjustment';
import { type Context, requireActor } from '../services/context';
import { findChargesPage, type ChargeTotal as Sum, sumCharges } from '../store';
import { loadVisible } from './load-visible';
import { ChargeTotal } from './types/charges';
import { ChargeConnection } from './types/connection';
import { Input } from './types/fields';
import { ChargeFilter, CreateAdjustmentInput } from './types/inputs';
import { PageArgs } from './types/page-args';
import { changedObject, loadedPayload, PayloadMutation } from './types/payloads';

const created = loadedPayload('charge', (context, id) => loadVisible(context, Charge, id));

@Resolver(() => Charge)
export class ChargeResolver {
  @Query(() => ChargeConnection, {
    description:
      'Charges in the order of `seq`: those that the viewer pays, those of payers in its care, all for administrators.',
  })
  async charges(
    @Arg('filter', () => ChargeFilter, nullable('Filter of the list.')) filter: ChargeFilter | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    const search = filter ?? {};
    const found = await findChargesPage(db, actor, search, page);
    return Object.assign(ChargeConnection.of(found), { sum: () => sumCharges(db, actor, search) });
  }

  @PayloadMutation(
    { charge: changedObject(Charge, 'The adjustment. Null if the mutation was rejected.') },
    'Adds an amount to the ledger of a subscription, or gives money back. Administrators only.',
  )
  createAdjustment(@Input() input: CreateAdjustmentInput, @Ctx() context: Context) {
    return created(context, caller => createAdjustment(caller, input));
  }

  @FieldResolver(() => BigIntScalar, {
    description:
      'Number of its `charge.created` event. Charges appear in this order: none appears behind one that was read.',
  })
  seq(@Root() { seq }: Charge): number | null {
    return seq;
  }

  @FieldResolver(() => Account, { description: 'Payer: the reseller, or the direct customer.' })
  account(@Root() { accountId }: Charge, @Ctx() { load }: Context): Promise<Account> {
    return load.account.load(accountId);
  }

  @FieldResolver(() => CloudSubscription, { description: 'Subscription that the charge is for.' })
  subscription(@Root() { subscriptionId }: Charge, @Ctx() { load }: Context): Promise<CloudSubscription> {
    return load.subscription.load(subscriptionId);
  }

  @FieldResolver(
    () => Order,
    nullable('Order of the charged licenses or add-ons. Null for a change or an adjustment.'),
  )
  order(@Root() { orderId }: Charge, @Ctx() { load }: Context): Promise<Order> | null {
    return orderId === null ? null : load.order.load(orderId);
  }

  @FieldResolver(() => Product, nullable('Product of charged licenses. Null for add-ons and adjustments.'))
  product(@Root() { itemId }: Charge, @Ctx() { catalog }: Context): Product | null {
    return itemId?.startsWith('prod_') ? catalog.current.product(itemId) : null;
  }

  @FieldResolver(() => Addon, nullable('Charged add-on. Null for licenses and adjustments.'))
  addon(@Root() { itemId }: Charge, @Ctx() { catalog }: Context): Addon | null {
    return itemId?.startsWith('add_') ? catalog.current.addon(itemId) : null;
  }

  @FieldResolver(() => Money, {
    description: 'Price of one unit for one billing cycle. Of an adjustment, its amount.',
  })
  unitPrice(@Root() { unitMinor, currency }: Charge, @Ctx() { catalog }: Context): Money {
    return catalog.current.money(unitMinor, currency);
  }

  @FieldResolver(() => Money, { description: 'Amount that is owed. Negative for a credit.' })
  amount(@Root() { amountMinor, currency }: Charge, @Ctx() { catalog }: Context): Money {
    return catalog.current.money(amountMinor, currency);
  }

  @FieldResolver(
    () => Charge,
    nullable('Charge that a credit takes back, in part or whole. Null for other kinds.'),
  )
  reverses(@Root() { reversesId }: Charge, @Ctx() context: Context): Promise<Charge | null> | null {
    return reversesId === '' ? null : loadVisible(requireActor(context), Charge, reversesId);
  }
}

/** Connection of charges, with the sums of its list. */
interface SummedConnection {
  sum: () => Promise<Sum[]>;
}

@Resolver(() => ChargeConnection)
export class ChargeConnectionResolver {
  @FieldResolver(() => [ChargeTotal], {
    description:
      'Sums of the whole list by payer and currency. Runs an additional query; request it only when you need it.',
  })
  async totals(@Root() connection: SummedConnection, @Ctx() { catalog }: Context): Promise<ChargeTotal[]> {
    return (await connection.sum()).map(({ accountId, currency, minor, count }) =>
      Object.assign(new ChargeTotal(), { accountId, count, amount: catalog.current.money(minor, currency) }),
    );
  }
}

@Resolver(() => ChargeTotal)
export class ChargeTotalResolver {
  @FieldResolver(() => Account, { description: 'Payer.' })
  account(@Root() { accountId }: ChargeTotal, @Ctx() { load }: Context): Promise<Account> {
    return load.account.load(accountId);
  }
}
