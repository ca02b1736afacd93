import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { ListedPrice, Money, PastPrice, PriceList, User } from '../../entities';
import { findPastPrices, findPriceLists } from '../../services/administration/catalog/find-items';
import { createPriceList, setPrice } from '../../services/administration/catalog/prices';
import { type Context, mutationContext, requireActor } from '../../services/context';
import { required } from '../per-context';
import { PastPriceConnection, PriceListConnection } from '../types/connection';
import { PageArgs } from '../types/page-args';
import { payloadOf } from '../types/payloads';
import { INPUT_DESCRIPTION } from './types/input-description';
import {
  CreatePriceListInput,
  PastPricesArgs,
  PriceListPayload,
  PricePayload,
  SetPriceInput,
} from './types/price';

@Resolver(() => PriceList)
export class PriceAdministrationResolver {
  @Query(() => PriceListConnection, { description: 'Price lists. Administrators only.' })
  async priceLists(@Args(() => PageArgs) page: PageArgs, @Ctx() context: Context) {
    return PriceListConnection.of(await findPriceLists(requireActor(context), page));
  }

  @Query(() => PastPriceConnection, {
    description:
      'Former prices of a product or an add-on, latest first. `listedPrices` has the current prices. Administrators only.',
  })
  async pastPrices(
    @Args(() => PastPricesArgs) { first, after, ...of }: PastPricesArgs,
    @Ctx() context: Context,
  ) {
    return PastPriceConnection.of(
      await findPastPrices(requireActor(context), of, { first: first ?? null, after: after ?? null }),
    );
  }

  @Mutation(() => PriceListPayload, { description: 'Creates a price list. Administrators only.' })
  createPriceList(
    @Arg('input', () => CreatePriceListInput, INPUT_DESCRIPTION) input: CreatePriceListInput,
    @Ctx() context: Context,
  ) {
    const caller = mutationContext(context);
    return payloadOf<PriceListPayload>({ priceList: null }, async () => {
      const id = await createPriceList(caller, input);
      return { priceList: required(caller.catalog.current.findPriceList(id)) };
    });
  }

  @Mutation(() => PricePayload, {
    description:
      'Sets the price of a product or an add-on. Existing orders and subscriptions keep their prices; baskets have to be confirmed again. Administrators only.',
  })
  setPrice(
    @Arg('input', () => SetPriceInput, INPUT_DESCRIPTION) input: SetPriceInput,
    @Ctx() context: Context,
  ) {
    const caller = mutationContext(context);
    return payloadOf<PricePayload>({ price: null }, async () => {
      const itemId = await setPrice(caller, input);
      const prices = caller.catalog.current.listedPricesOf(itemId);
      return { price: prices.find(price => isAt(price, input)) ?? null };
    });
  }
}

const isAt = (price: ListedPrice, { priceListId, billingCycle }: SetPriceInput): boolean =>
  price.priceListId === priceListId && price.billingCycle === billingCycle;

type Priced = Pick<ListedPrice, 'priceListId' | 'unitMinor' | 'setById'>;

const listOf = ({ priceListId }: Priced, { catalog }: Context): PriceList =>
  required(catalog.current.findPriceList(priceListId));

const moneyOf = (price: Priced, context: Context): Money =>
  context.catalog.current.money(price.unitMinor, listOf(price, context).currency);

const setterOf = ({ setById }: Priced, { load }: Context): Promise<User | null> | null =>
  setById === null ? null : load.user.load(setById);

@Resolver(() => ListedPrice)
export class ListedPriceResolver {
  @FieldResolver(() => PriceList, { description: 'Price list of the price.' })
  priceList(@Root() price: ListedPrice, @Ctx() context: Context): PriceList {
    return listOf(price, context);
  }

  @FieldResolver(() => Money, { description: 'Price of one unit for one billing cycle.' })
  unitPrice(@Root() price: ListedPrice, @Ctx() context: Context): Money {
    return moneyOf(price, context);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'User who set the price. Null for a price that came with the catalog.',
  })
  setBy(@Root() price: ListedPrice, @Ctx() context: Context) {
    return setterOf(price, context);
  }
}

@Resolver(() => PastPrice)
export class PastPriceResolver {
  @FieldResolver(() => PriceList, { description: 'Price list of the price.' })
  priceList(@Root() price: PastPrice, @Ctx() context: Context): PriceList {
    return listOf(price, context);
  }

  @FieldResolver(() => Money, { description: 'Price of one unit for one billing cycle.' })
  unitPrice(@Root() price: PastPrice, @Ctx() context: Context): Money {
    return moneyOf(price, context);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'User who set the price. Null for a price that came with the catalog.',
  })
  setBy(@Root() price: PastPrice, @Ctx() context: Context) {
    return setterOf(price, context);
  }
}
