import { Ctx, Resolver } from 'type-graphql';
import { Addon, Product } from '../entities';
import type { Context } from '../services/context';
import { mutationContext } from '../services/context';
import { setRetailPrice } from '../services/retail/set-retail-price';
import { Input } from './types/fields';
import { SetRetailPriceInput } from './types/inputs';
import { changedObject, PayloadMutation, payloadOf } from './types/payloads';

@Resolver()
export class RetailResolver {
  @PayloadMutation(
    {
      product: changedObject(
        Product,
        'Product after the change. Null if the price is for an add-on, or the mutation was rejected.',
      ),
      addon: changedObject(
        Addon,
        'Add-on after the change. Null if the price is for a product, or the mutation was rejected.',
      ),
    },
    'Sets or removes the retail price of a product or an add-on for the end customers of the reseller. Existing orders and subscriptions keep the prices of their time. Resellers only.',
  )
  setRetailPrice(@Input() input: SetRetailPriceInput, @Ctx() context: Context) {
    const caller = mutationContext(context);
    return payloadOf(() => setRetailPrice(caller, input));
  }
}
