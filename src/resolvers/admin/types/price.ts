import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { BillingCycle, CurrencyCodeScalar, DecimalScalar } from '../../../entities';
import { OPTIONAL_KEY, Optional } from '../../types/fields';
import { PageArgs } from '../../types/page-args';

@InputType({ description: 'Price list to create.' })
export class CreatePriceListInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: 'Unique code of lower-case letters, digits and hyphens, up to 40 characters.' })
  code!: string;

  @Field(() => CurrencyCodeScalar, { description: 'Currency of all prices on the list. Cannot be changed.' })
  currency!: string;
}

@InputType({ description: 'Price of one unit of a product or an add-on.' })
export class SetPriceInput {
  @Field(() => ID, { description: 'Id of one of `priceLists`.' })
  priceListId!: string;

  @Field(() => ID, { description: 'Id of the product or add-on.' })
  itemId!: string;

  @Field(() => BillingCycle, { description: 'Billing cycle.' })
  billingCycle!: BillingCycle;

  @Optional(
    () => DecimalScalar,
    'Price in the currency of the list. Null removes the price: the item is then not sold on this list with this billing cycle.',
  )
  unitPrice?: string | null;

  @Optional(
    () => Int,
    'Version of the price that you read, 0 for a price that does not exist. The mutation fails with VERSION_CONFLICT if the price has changed since.',
  )
  expectedVersion?: number | null;
}

@ArgsType()
export class PastPricesArgs extends PageArgs {
  @Field(() => ID, { description: 'Id of the price list.' })
  priceListId!: string;

  @Field(() => ID, { description: 'Id of the product or add-on.' })
  itemId!: string;

  @Field(() => BillingCycle, { description: 'Billing cycle.' })
  billingCycle!: BillingCycle;
}
