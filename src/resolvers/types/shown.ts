import { Field, Int, ObjectType } from 'type-graphql';
import { Addon, BillingCycle, Money, nullable, ProvisioningErrorCode, SimpleType } from '../../entities';
import { Optional, RETAIL_WHEN_ORDERED } from './fields';

@SimpleType('Price of one unit for one billing cycle.')
export class Price {
  @Field(() => BillingCycle, { description: 'Billing cycle of the price.' })
  billingCycle!: BillingCycle;

  @Field(() => Money, {
    description:
      "Price of one unit for one billing cycle, from the viewer's price list. An end customer sees the retail price of its reseller.",
  })
  unitPrice!: Money;
}

@SimpleType('Amount that is due in every billing cycle.')
export class RecurringAmount {
  @Field(() => BillingCycle, { description: 'Billing cycle.' })
  billingCycle!: BillingCycle;

  @Field(() => Money, { description: 'Amount per billing cycle.' })
  amount!: Money;
}

@SimpleType('A type of event that webhooks and the audit trail name.')
export class EventTypeInfo {
  @Field({ description: 'Name: `order.completed`.' })
  name!: string;

  @Field({ description: 'Change that the event reports.' })
  description!: string;

  @Field({ description: 'True if only webhooks of every account can receive the type.' })
  everyAccount!: boolean;
}

@ObjectType({ simpleResolvers: true })
abstract class AddonQuantity {
  @Field(() => Addon, { simple: true, description: 'The add-on.' })
  addon!: Addon;

  @Field(() => Int, { simple: true, description: 'Number of units.' })
  quantity!: number;
}

const UNIT_PRICE = 'Price of one unit for one billing cycle.';
const TOTAL = 'Price of all units for one billing cycle.';

@SimpleType('An add-on on a line of the basket.')
export class BasketAddon extends AddonQuantity {
  @Field(() => Money, { description: UNIT_PRICE })
  unitPrice!: Money;

  @Field(() => Money, { description: TOTAL })
  total!: Money;
}

@SimpleType('An add-on on a line of an order, at the confirmed price.')
export class OrderAddon extends AddonQuantity {
  @Field(() => Money, nullable(`${UNIT_PRICE}${RETAIL_WHEN_ORDERED}`))
  unitPrice!: Money | null;

  @Field(() => Money, nullable(`${TOTAL}${RETAIL_WHEN_ORDERED}`))
  total!: Money | null;
}

@SimpleType('Error of a provisioning step.')
export class ProvisioningError {
  @Field(() => ProvisioningErrorCode, { description: 'Machine-readable code.' })
  code!: ProvisioningErrorCode;

  @Field({ description: 'Human-readable explanation. Quotes the message of the provider.' })
  message!: string;

  @Optional(() => Int, 'Error code of the provider. Null if the provider sent none.')
  providerCode!: number | null;

  @Field({ description: 'True if the error is temporary. The gateway retries such a step before it fails.' })
  retryable!: boolean;
}
