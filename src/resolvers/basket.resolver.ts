import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import {
  Account,
  Basket,
  BasketLine,
  BigIntScalar,
  BillingDetails,
  CheckoutStep,
  CloudSubscription,
  exact,
  Money,
  nullable,
  Product,
} from '../entities';
import { UserError } from '../errors';
import { isStaff } from '../policies';
import { addToBasket } from '../services/basket/add-to-basket';
import { type BasketView, checkoutStep, viewBasket } from '../services/basket/basket-view';
import { openBasket } from '../services/basket/change-basket';
import { confirmBilling } from '../services/basket/confirm-billing';
import {
  chooseRecipient,
  emptyBasket,
  removeBasketLine,
  updateBasketLine,
} from '../services/basket/edit-basket';
import { type ActorContext, type Context, requireActor } from '../services/context';
import { findRecipients } from '../services/lists/accounts';
import { findById } from '../store';
import { DUE, recurringAmounts } from './amounts';
import { perContext, required } from './per-context';
import { AccountConnection } from './types/connection';
import { Input, OptionalInput } from './types/fields';
import {
  AddToBasketInput,
  ChooseRecipientInput,
  ConfirmBillingInput,
  EmptyBasketInput,
  RemoveBasketLineInput,
  UpdateBasketLineInput,
} from './types/inputs';
import { SearchArgs } from './types/page-args';
import { changedObject, objectPayload, PayloadMutation } from './types/payloads';
import { BasketAddon, RecurringAmount } from './types/shown';

const BASKET = { basket: changedObject(Basket) };

const viewOf = perContext(async ({ db, actor, catalog }: ActorContext, basketId) => {
  const basket = required(await findById(db, Basket, basketId));
  return viewBasket(db, actor, basket, catalog.current);
});

const view = (basketId: string, context: Context): Promise<BasketView> =>
  viewOf(requireActor(context), basketId);

async function shownLine({ id, basketId }: BasketLine, context: Context) {
  const { lines, tariff } = await view(basketId, context);
  return { ...required(lines.find(({ line }) => line.id === id)), currency: tariff.currency };
}

@Resolver(() => Basket)
export class BasketResolver {
  @Query(() => Basket, {
    nullable: true,
    description: "The viewer's open basket, empty at first. Null for BSS staff.",
  })
  async basket(@Ctx() context: Context): Promise<Basket | null> {
    const { actor, db } = requireActor(context);
    return isStaff(actor) ? null : openBasket(db, actor.userId);
  }

  @PayloadMutation(BASKET, 'Adds a product with add-ons, or add-ons for a live subscription, to the basket.')
  addToBasket(@Input() input: AddToBasketInput, @Ctx() context: Context) {
    return objectPayload('basket', context, caller => addToBasket(caller, input));
  }

  @PayloadMutation(BASKET, 'Updates a line of the basket.')
  updateBasketLine(@Input() input: UpdateBasketLineInput, @Ctx() context: Context) {
    return objectPayload('basket', context, caller => updateBasketLine(caller, input));
  }

  @PayloadMutation(BASKET, 'Removes a line from the basket.')
  removeBasketLine(@Input() input: RemoveBasketLineInput, @Ctx() context: Context) {
    return objectPayload('basket', context, caller => removeBasketLine(caller, input));
  }

  @PayloadMutation(BASKET, 'Removes all lines from the basket.')
  emptyBasket(
    @OptionalInput(() => EmptyBasketInput) input: EmptyBasketInput | null,
    @Ctx() context: Context,
  ) {
    return objectPayload('basket', context, caller => emptyBasket(caller, input ?? {}));
  }

  @PayloadMutation(BASKET, 'Sets the account that receives the services.')
  chooseRecipient(@Input() input: ChooseRecipientInput, @Ctx() context: Context) {
    return objectPayload('basket', context, caller => chooseRecipient(caller, input));
  }

  @PayloadMutation(BASKET, 'Confirms the billing information and the prices of the basket.')
  confirmBilling(@Input() input: ConfirmBillingInput, @Ctx() context: Context) {
    return objectPayload('basket', context, caller => confirmBilling(caller, input));
  }

  @FieldResolver(() => CheckoutStep, { description: 'Next step of the checkout.' })
  async step(@Root() { id }: Basket, @Ctx() context: Context): Promise<CheckoutStep> {
    return checkoutStep(await view(id, context));
  }

  @FieldResolver(() => [BasketLine], { description: 'Lines of the basket.' })
  async lines(@Root() { id }: Basket, @Ctx() context: Context): Promise<BasketLine[]> {
    return (await view(id, context)).lines.map(({ line }) => line);
  }

  @FieldResolver(() => Account, nullable('Account that receives the services. Null until it is chosen.'))
  async recipient(@Root() { id }: Basket, @Ctx() context: Context): Promise<Account | null> {
    return (await view(id, context)).recipient;
  }

  @FieldResolver(() => AccountConnection, {
    description: "Accounts that `chooseRecipient` accepts. For a direct customer: the viewer's own account.",
  })
  async recipients(@Args() args: SearchArgs, @Ctx() context: Context) {
    return AccountConnection.of(await findRecipients(requireActor(context), args));
  }

  @FieldResolver(
    () => BillingDetails,
    nullable('Confirmed billing details, or the proposed ones before confirmation.'),
  )
  async billing(@Root() { id }: Basket, @Ctx() context: Context): Promise<BillingDetails | null> {
    return (await view(id, context)).billing;
  }

  @FieldResolver(() => Money, { description: 'Sum of the totals of all lines.' })
  async total(@Root() { id }: Basket, @Ctx() context: Context): Promise<Money> {
    const { totalMinor, tariff } = await view(id, context);
    return context.catalog.current.money(totalMinor, tariff.currency);
  }

  @FieldResolver(() => [RecurringAmount], {
    description: 'Recurring amounts after the checkout, one for each billing cycle of the lines.',
  })
  async recurring(@Root() { id }: Basket, @Ctx() context: Context): Promise<RecurringAmount[]> {
    const { lines, tariff } = await view(id, context);
    return recurringAmounts(
      context.catalog.current,
      tariff.currency,
      lines.map(({ draft, unitMinor, addons }) => ({ ...draft, unitMinor, addons })),
    );
  }

  @FieldResolver(() => [UserError], {
    description: 'Errors that `checkout` would return now. `path` starts at the basket.',
  })
  async problems(@Root() { id }: Basket, @Ctx() context: Context): Promise<readonly UserError[]> {
    return (await view(id, context)).problems;
  }
}

@Resolver(() => BasketLine)
export class BasketLineResolver {
  @FieldResolver(() => Product, {
    description: 'Product of the line, or of the subscription that receives the add-ons.',
  })
  product(@Root() { productId }: BasketLine, @Ctx() { catalog }: Context): Product {
    return catalog.current.product(productId);
  }

  @FieldResolver(() => CloudSubscription, {
    nullable: true,
    description: 'Subscription that receives the add-ons. Null for a new subscription.',
  })
  subscription(@Root() { subscriptionId }: BasketLine, @Ctx() { load }: Context) {
    return subscriptionId === null ? null : load.visible.subscription.load(subscriptionId);
  }

  @FieldResolver(() => [BasketAddon], { description: 'Add-ons on the line.' })
  async addons(@Root() line: BasketLine, @Ctx() context: Context): Promise<BasketAddon[]> {
    const { addons, currency } = await shownLine(line, context);
    return addons.map(({ addonId, quantity, unitMinor }) => ({
      addon: context.catalog.current.addon(addonId),
      quantity,
      unitPrice: context.catalog.current.money(unitMinor, currency),
      total: context.catalog.current.money(quantity * unitMinor, currency),
    }));
  }

  @FieldResolver(() => Money, { description: 'Price of one license for one billing cycle.' })
  async unitPrice(@Root() line: BasketLine, @Ctx() context: Context): Promise<Money> {
    const { unitMinor, currency } = await shownLine(line, context);
    return context.catalog.current.money(unitMinor, currency);
  }

  @FieldResolver(() => Money, { description: DUE })
  async total(@Root() line: BasketLine, @Ctx() context: Context): Promise<Money> {
    const { totalMinor, currency } = await shownLine(line, context);
    return context.catalog.current.money(totalMinor, currency);
  }

  @FieldResolver(() => BigIntScalar, {
    description: 'Storage that the line adds, in bytes (1 TB = 10^12).',
  })
  capacityBytes(@Root() line: BasketLine, @Ctx() { catalog: { current } }: Context): number {
    return line.addons.reduce(
      (sum, { addonId, quantity }) => exact(sum + current.addon(addonId).incrementBytes * quantity),
      exact(current.product(line.productId).capacityBytes * line.quantity),
    );
  }
}
