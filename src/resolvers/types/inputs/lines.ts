import { Field, ID, InputType, Int } from 'type-graphql';
import { BillingCycle } from '../../../entities';
import { OPTIONAL_KEY, Optional, VERSION } from '../fields';

@InputType({ description: 'So many units of an add-on.' })
export class AddonQuantityInput {
  @Field(() => ID, { description: 'The add-on.' })
  addonId!: string;

  @Field(() => Int, { defaultValue: 1, description: 'Units.' })
  quantity!: number;
}

@InputType()
abstract class LineFields {
  @Optional(() => ID, 'The product, for a new subscription.')
  productId?: string | null;

  @Optional(() => ID, 'The live subscription that the add-ons are for.')
  subscriptionId?: string | null;

  @Optional(
    () => BillingCycle,
    'How often it is due; the first that the product is sold with unless said otherwise.',
  )
  billingCycle?: BillingCycle | null;

  @Field(() => Int, {
    defaultValue: 1,
    description:
      'Licenses of the product. Defaults to 1. With `subscriptionId`, 1 has no effect, and other values are refused except 0.',
  })
  quantity!: number;

  @Optional(
    () => String,
    'What the subscription will be called: up to 100 characters. The product’s name otherwise.',
  )
  friendlyName?: string | null;

  @Optional(() => [AddonQuantityInput], 'Add-ons that fit the product, each once.')
  addons?: AddonQuantityInput[] | null;
}

@InputType({
  description: 'Either productId, for a new subscription, or subscriptionId, for add-ons to a live one.',
})
export class AddToBasketInput extends LineFields {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Either productId or subscriptionId, as in the basket.' })
export class OrderLineInput extends LineFields {}

@InputType({ description: 'What is to change of a line; what is left out stays.' })
export class UpdateBasketLineInput {
  @Field(() => ID, { description: 'The line.' })
  lineId!: string;

  @Optional(() => Int, 'Licenses of the product.')
  quantity?: number | null;

  @Optional(() => String, 'What the subscription will be called.')
  friendlyName?: string | null;

  @Optional(() => BillingCycle, 'How often it is due.')
  billingCycle?: BillingCycle | null;

  @Optional(() => [AddonQuantityInput], "Replaces the line's add-ons.")
  addons?: AddonQuantityInput[] | null;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'A line to take out.' })
export class RemoveBasketLineInput {
  @Field(() => ID, { description: 'The line.' })
  lineId!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}
