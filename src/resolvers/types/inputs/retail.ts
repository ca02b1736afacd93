import { Field, ID, InputType } from 'type-graphql';
import { BillingCycle, DecimalScalar } from '../../../entities';
import { Optional } from '../fields';

@InputType({ description: 'Retail price of one unit of a product or an add-on.' })
export class SetRetailPriceInput {
  @Optional(() => ID, 'Id of the product. Set either `productId` or `addonId`.')
  productId?: string | null;

  @Optional(() => ID, 'Id of the add-on. Set either `productId` or `addonId`.')
  addonId?: string | null;

  @Field(() => BillingCycle, { description: 'Billing cycle.' })
  billingCycle!: BillingCycle;

  @Optional(
    () => DecimalScalar,
    "Price in the currency of the reseller's price list, 0 or more. Null removes the price. Left out, it stays as it is.",
  )
  unitPrice?: string | null;
}
