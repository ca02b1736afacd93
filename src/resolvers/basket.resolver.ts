import { Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
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
import { perContext, required } from './per-context';
import { AccountConnection } from './types/connection';
import { Input } from './types/fields';
import {
  AddToBasketInput,
  ChooseRecipientInput,
  ConfirmBillingInput,
  RemoveBasketLineInput,
  UpdateBasketLineInput,
} from './types/inputs';
import { SearchArgs } from './types/page-args';
import { BasketPayload } from './types/payloads';
import { BasketAddon } from './types/shown';

const viewOf = perContext(async ({ db, actor, catalog }: ActorContext, basketId) => {
  const basket = required(await findById(db, Basket, basketId));
  return viewBasket(db, actor, basket, catalog.current);
});

const view = (basketId: string, context: Context): Promise<BasketView> =>
  viewOf(requireActor(context), basketId);

async function shownLine({ id, basketId }: BasketLine, context: Context) {
  const { lines, list } = await view(basketId, context);
  return { ...required(lines.find(({ line }) => line.id === id)), currency: list.currency };
}

@Resolver(() => Basket)
export class BasketResolver {
  @Query(() => Basket, {
    nullable: true,
    description: "The viewer's open basket; an empty one where there is none yet. Null for BSS staff.",
  })
  async basket(@Ctx() context: Context): Promise<Basket | null> {
    const { actor, db } = requireActor(context);
    return isStaff(actor) ? null : openBasket(db, actor.userId);
  }

  @Mutation(() => BasketPayload, {
    description: 'Adds a product with add-ons, or add-ons for a live subscription.',
  })
  addToBasket(@Input() input: AddToBasketInput, @Ctx() context: Context) {
    return BasketPayload.of(context, caller => addToBasket(caller, input));
  }

  @Mutation(() => BasketPayload, { description: 'Changes a line.' })
  updateBasketLine(@Input() input: UpdateBasketLineInput, @Ctx() context: Context) {
    return BasketPayload.of(context, caller => updateBasketLine(caller, input));
  }

  @Mutation(() => BasketPayload, { description: 'Takes a line out.' })
  removeBasketLine(@Input() input: RemoveBasketLineInput, @Ctx() context: Context) {
    return BasketPayload.of(context, caller => removeBasketLine(caller, input));
  }

  @Mutation(() => BasketPayload, { description: 'Takes every line out.' })
  emptyBasket(@Ctx() context: Context) {
    return BasketPayload.of(context, caller => emptyBasket(caller));
  }

  @Mutation(() => BasketPayload, { description: 'Says whom the services are for.' })
  chooseRecipient(@Input() input: ChooseRecipientInput, @Ctx() context: Context) {
    return BasketPayload.of(context, caller => chooseRecipient(caller, input));
  }

  @Mutation(() => BasketPayload, { description: 'Confirms billing information and prices.' })
  confirmBilling(@Input() input: ConfirmBillingInput, @Ctx() context: Context) {
    return BasketPayload.of(context, caller => confirmBilling(caller, input));
  }

  @FieldResolver(() => CheckoutStep, { description: 'The step of the checkout that it waits for.' })
  async step(@Root() { id }: Basket, @Ctx() context: Context): Promise<CheckoutStep> {
    return checkoutStep(await view(id, context));
  }

  @FieldResolver(() => [BasketLine], { description: 'What is in it.' })
  async lines(@Root() { id }: Basket, @Ctx() context: Context): Promise<BasketLine[]> {
    return (await view(id, context)).lines.map(({ line }) => line);
  }

  @FieldResolver(() => Account, nullable('Whom the services are for.'))
  async recipient(@Root() { id }: Basket, @Ctx() context: Context): Promise<Account | null> {
    return (await view(id, context)).recipient;
  }

  @FieldResolver(() => AccountConnection, {
    description:
      "What the recipient step may choose from; one entry, the viewer's own account, for a direct customer.",
  })
  async recipients(@Args() args: SearchArgs, @Ctx() context: Context) {
    return AccountConnection.of(await findRecipients(requireActor(context), args));
  }

  @FieldResolver(() => BillingDetails, nullable('What was confirmed, or what is proposed.'))
  async billing(@Root() { id }: Basket, @Ctx() context: Context): Promise<BillingDetails | null> {
    return (await view(id, context)).billing;
  }

  @FieldResolver(() => Money, { description: 'All lines, for one billing cycle each.' })
  async total(@Root() { id }: Basket, @Ctx() context: Context): Promise<Money> {
    const { totalMinor, list } = await view(id, context);
    return context.catalog.current.money(totalMinor, list.currency);
  }

  @FieldResolver(() => [UserError], {
    description: 'What checkout would refuse right now, by the same rules. `path` begins at the basket.',
  })
  async problems(@Root() { id }: Basket, @Ctx() context: Context): Promise<readonly UserError[]> {
    return (await view(id, context)).problems;
  }
}

@Resolver(() => BasketLine)
export class BasketLineResolver {
  @FieldResolver(() => Product, {
    description: 'The product; that of the subscription where add-ons are added.',
  })
  product(@Root() { productId }: BasketLine, @Ctx() { catalog }: Context): Product {
    return catalog.current.product(productId);
  }

  @FieldResolver(() => CloudSubscription, {
    nullable: true,
    description:
      'Set when the line adds add-ons to this subscription; the line then has quantity 0 of the product.',
  })
  subscription(@Root() { subscriptionId }: BasketLine, @Ctx() { load }: Context) {
    return subscriptionId === null ? null : load.visible.subscription.load(subscriptionId);
  }

  @FieldResolver(() => [BasketAddon], { description: 'The add-ons on the line.' })
  async addons(@Root() line: BasketLine, @Ctx() context: Context): Promise<BasketAddon[]> {
    const { addons, currency } = await shownLine(line, context);
    return addons.map(({ addonId, quantity, unitMinor }) => ({
      addon: context.catalog.current.addon(addonId),
      quantity,
      unitPrice: context.catalog.current.money(unitMinor, currency),
      total: context.catalog.current.money(quantity * unitMinor, currency),
    }));
  }

  @FieldResolver(() => Money, { description: 'For one license and one billing cycle.' })
  async unitPrice(@Root() line: BasketLine, @Ctx() context: Context): Promise<Money> {
    const { unitMinor, currency } = await shownLine(line, context);
    return context.catalog.current.money(unitMinor, currency);
  }

  @FieldResolver(() => Money, { description: 'Product and add-ons.' })
  async total(@Root() line: BasketLine, @Ctx() context: Context): Promise<Money> {
    const { totalMinor, currency } = await shownLine(line, context);
    return context.catalog.current.money(totalMinor, currency);
  }

  @FieldResolver(() => BigIntScalar, {
    description: 'Storage that the line brings, in bytes (1 TB = 10^12).',
  })
  capacityBytes(@Root() line: BasketLine, @Ctx() { catalog: { current } }: Context): number {
    return line.addons.reduce(
      (sum, { addonId, quantity }) => exact(sum + current.addon(addonId).incrementBytes * quantity),
      exact(current.product(line.productId).capacityBytes * line.quantity),
    );
  }
}
