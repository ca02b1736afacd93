import { Args, type ClassType, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ListedPrice, Money, nullable, PastPrice, PriceList, User } from '../../entities';
import { findPriceLists } from '../../services/administration/catalog/find-items';
import { createPriceList, setPrice } from '../../services/administration/catalog/prices';
import { type Context, requireActor } from '../../services/context';
import { findPastPricesPage } from '../../store';
import { required } from '../per-context';
import { PastPriceConnection, PriceListConnection } from '../types/connection';
import { Input } from '../types/fields';
import { PageArgs } from '../types/page-args';
import { changedObject, loadedPayload, objectPayload, PayloadMutation } from '../types/payloads';
import { CreatePriceListInput, PastPricesArgs, SetPriceInput } from './types/price';

const PRICE_LIST = {
  priceList: changedObject(PriceList, 'The price list. Null if the mutation was rejected.'),
};
const PRICE = {
  price: changedObject(
    ListedPrice,
    'Price after the change. Null if it was removed or the mutation was rejected.',
  ),
};

const createdList = loadedPayload('priceList', ({ catalog }, id) =>
  required(catalog.current.findPriceList(id)),
);

@Resolver(() => PriceList)
export class PriceAdministrationResolver {
  @Query(() => PriceListConnection, { description: 'Price lists. Administrators only.' })
  async priceLists(@Args() page: PageArgs, @Ctx() context: Context) {
    return PriceListConnection.of(await findPriceLists(requireActor(context), page));
  }

  @Query(() => PastPriceConnection, {
    description:
      'Former prices of a product or an add-on, latest first. `listedPrices` has the current prices. Administrators only.',
  })
  async pastPrices(@Args() args: PastPricesArgs, @Ctx() context: Context) {
    return PastPriceConnection.of(await findPastPricesPage(requireActor(context).db, args, args));
  }

  @PayloadMutation(PRICE_LIST, 'Creates a price list. Administrators only.')
  createPriceList(@Input() input: CreatePriceListInput, @Ctx() context: Context) {
    return createdList(context, caller => createPriceList(caller, input));
  }

  @PayloadMutation(
    PRICE,
    'Sets the price of a product or an add-on. Existing orders and subscriptions keep their prices; baskets have to be confirmed again. Administrators only.',
  )
  setPrice(@Input() input: SetPriceInput, @Ctx() context: Context) {
    return objectPayload('price', context, async caller => {
      const itemId = await setPrice(caller, input);
      const prices = caller.catalog.current.listedPricesOf(itemId);
      return prices.find(price => isAt(price, input)) ?? null;
    });
  }
}

const isAt = (price: ListedPrice, { priceListId, billingCycle }: SetPriceInput): boolean =>
  price.priceListId === priceListId && price.billingCycle === billingCycle;

type Priced = Pick<ListedPrice, 'priceListId' | 'unitMinor' | 'setById'>;

const listOf = ({ priceListId }: Priced, { catalog }: Context): PriceList =>
  required(catalog.current.findPriceList(priceListId));

/** Defines the resolver of a current or a former price. */
function definePriceResolver<T extends Priced>(entity: ClassType<T>) {
  @Resolver(() => entity)
  class PriceResolver {
    @FieldResolver(() => PriceList, { description: 'Price list of the price.' })
    priceList(@Root() price: Priced, @Ctx() context: Context): PriceList {
      return listOf(price, context);
    }

    @FieldResolver(() => Money, { description: 'Price of one unit for one billing cycle.' })
    unitPrice(@Root() price: Priced, @Ctx() context: Context): Money {
      return context.catalog.current.money(price.unitMinor, listOf(price, context).currency);
    }

    @FieldResolver(
      () => User,
      nullable('User who set the price. Null for a price that came with the catalog.'),
    )
    setBy(@Root() { setById }: Priced, @Ctx() { load }: Context): Promise<User | null> | null {
      return setById === null ? null : load.user.load(setById);
    }
  }
  return PriceResolver;
}

export const ListedPriceResolver = definePriceResolver(ListedPrice);
export const PastPriceResolver = definePriceResolver(PastPrice);
