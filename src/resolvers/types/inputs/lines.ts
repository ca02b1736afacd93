import { Field, ID, InputType, Int } from 'type-graphql';
import { BillingCycle } from '../../../entities';
import { OPTIONAL_KEY, Optional, VERSION, VersionedInput } from '../fields';

@InputType({ description: 'Quantity of an add-on.' })
export class AddonQuantityInput {
  @Field(() => ID, { description: 'Id of the add-on.' })
  addonId!: string;

  @Field(() => Int, { defaultValue: 1, description: 'Number of units.' })
  quantity!: number;
}

@InputType()
abstract class LineFields {
  @Optional(() => ID, 'Id of the product. Set it to order a new subscription.')
  productId?: string | null;

  @Optional(() => ID, 'Id of the live subscription that receives the add-ons.')
  subscriptionId?: string | null;

  @Optional(
    () => BillingCycle,
    'Billing cycle. Defaults to the first cycle in which the product has a price.',
  )
  billingCycle?: BillingCycle | null;

  @Field(() => Int, {
    defaultValue: 1,
    description:
      'Number of licenses of the product. Defaults to 1. With `subscriptionId`, 0 and 1 have no effect and other values are rejected.',
  })
  quantity!: number;

  @Optional(
    () => String,
    'Name of the new subscription, up to 100 characters. Defaults to the name of the product.',
  )
  friendlyName?: string | null;

  @Optional(() => [AddonQuantityInput], 'Add-ons of the product. Each add-on can occur once.')
  addons?: AddonQuantityInput[] | null;
}

@InputType({
  description:
    'Line to add: either `productId` for a new subscription, or `subscriptionId` for add-ons to a live one.',
})
export class AddToBasketInput extends LineFields {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Line of an order: either `productId` or `subscriptionId`, as in the basket.' })
export class OrderLineInput extends LineFields {}

@InputType({ description: 'Changes of a line. Omitted fields keep their value.' })
export class UpdateBasketLineInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the line.' })
  lineId!: string;

  @Optional(() => Int, 'Number of licenses of the product.')
  quantity?: number | null;

  @Optional(() => String, 'Name of the new subscription, up to 100 characters.')
  friendlyName?: string | null;

  @Optional(() => BillingCycle, 'Billing cycle.')
  billingCycle?: BillingCycle | null;

  @Optional(() => [AddonQuantityInput], 'Add-ons that replace those of the line.')
  addons?: AddonQuantityInput[] | null;
}

@InputType({ description: 'Basket to empty.' })
export class EmptyBasketInput extends VersionedInput {}

@InputType({ description: 'Line to remove.' })
export class RemoveBasketLineInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the line.' })
  lineId!: string;
}
