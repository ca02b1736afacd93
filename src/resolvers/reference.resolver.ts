import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Account, CloudSubscription, Node, nullable, Order } from '../entities';
import { seesAmounts } from '../policies';
import { type Context, requireActor } from '../services/context';
import { setExternalReference } from '../services/references/set-external-reference';
import { loadVisible } from './load-visible';
import { Input, PAYER_ONLY } from './types/fields';
import { SetExternalReferenceInput } from './types/inputs';
import { loadedPayload, PayloadMutation } from './types/payloads';

const entities = { acc: Account, ord: Order, sub: CloudSubscription };

const changed = loadedPayload<Node>('node', (caller, id) =>
  loadVisible<Account | Order | CloudSubscription>(
    caller,
    entities[id.slice(0, 3) as keyof typeof entities],
    id,
  ),
);

/** Shows a reference to all but end customers: it belongs to their reseller. */
const shownTo = (context: Context, reference: string | null): string | null =>
  seesAmounts(requireActor(context).actor) ? (reference ?? null) : null;

@Resolver(() => Account)
export class AccountReferenceResolver {
  @PayloadMutation(
    {
      node: {
        type: () => Node,
        description: 'Account, order or subscription after the change. Null if the mutation was rejected.',
      },
    },
    'Sets the external reference of an account, an order or a subscription. Null or a blank reference clears it. Account managers and administrators set all; resellers those of their customers, orders and subscriptions; direct customers those of their orders and subscriptions. Fails with REFERENCE_TAKEN if another object of the same type and buyer has it.',
  )
  setExternalReference(@Input() input: SetExternalReferenceInput, @Ctx() context: Context) {
    return changed(context, caller => setExternalReference(caller, input));
  }

  @FieldResolver(
    () => String,
    nullable(
      `Reference of the account in another system, unique among the customers of its reseller, or among the accounts without a reseller.${PAYER_ONLY}`,
    ),
  )
  externalReference(@Root() { externalReference }: Account, @Ctx() context: Context): string | null {
    return shownTo(context, externalReference);
  }
}

@Resolver(() => Order)
export class OrderReferenceResolver {
  @FieldResolver(
    () => String,
    nullable(`Reference of the order in another system, unique among the orders of its buyer.${PAYER_ONLY}`),
  )
  externalReference(@Root() { externalReference }: Order, @Ctx() context: Context): string | null {
    return shownTo(context, externalReference);
  }

  @FieldResolver(() => String, nullable(`Purchase order number of the buyer.${PAYER_ONLY}`))
  purchaseOrderNumber(@Root() { purchaseOrderNumber }: Order, @Ctx() context: Context): string | null {
    return shownTo(context, purchaseOrderNumber);
  }
}

@Resolver(() => CloudSubscription)
export class SubscriptionReferenceResolver {
  @FieldResolver(
    () => String,
    nullable(
      `Reference of the subscription in another system, unique among the subscriptions of its buyer.${PAYER_ONLY}`,
    ),
  )
  externalReference(
    @Root() { externalReference }: CloudSubscription,
    @Ctx() context: Context,
  ): string | null {
    return shownTo(context, externalReference);
  }
}
