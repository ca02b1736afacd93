import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { BillingCycle, CurrencyCodeScalar, DecimalScalar, ListedPrice, PriceList } from '../../../entities';
import { OPTIONAL_KEY, Optional } from '../../types/fields';
import { PageArgs } from '../../types/page-args';
import { definePayload } from '../../types/payloads';

@InputType({ description: 'What a price list is to be.' })
export class CreatePriceListInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: 'Small letters and digits with hyphens, up to 40 characters. Unique.' })
  code!: string;

  @Field(() => CurrencyCodeScalar, { description: 'Of all its prices; never changes.' })
  currency!: string;
}

@InputType({ description: 'What one unit of something is to cost.' })
export class SetPriceInput {
  @Field(() => ID, { description: 'One of `priceLists`.' })
  priceListId!: string;

  @Field(() => ID, { description: 'A product or an add-on.' })
  itemId!: string;

  @Field(() => BillingCycle, { description: 'How often it is due.' })
  billingCycle!: BillingCycle;

  @Optional(
    () => DecimalScalar,
    "In the list's currency; null takes the price off the list, so that it is not sold there with this cycle.",
  )
  unitPrice?: string | null;

  @Optional(
    () => Int,
    'The version of the price that you read, 0 for one that is not there; refused otherwise.',
  )
  expectedVersion?: number | null;
}

@ArgsType()
export class PastPricesArgs extends PageArgs {
  @Field(() => ID, { description: 'On this list.' })
  priceListId!: string;

  @Field(() => ID, { description: 'Of this product or add-on.' })
  itemId!: string;

  @Field(() => BillingCycle, { description: 'With this cycle.' })
  billingCycle!: BillingCycle;
}

export const PriceListPayload = definePayload('priceList', PriceList, 'What became of a price list.', {
  field: 'The list; null where nothing was done.',
});

export const PricePayload = definePayload('price', ListedPrice, 'What became of a price.', {
  field: 'As it is now; null where it was taken off the list, or nothing was done.',
});
