import { Field, Int, ObjectType } from 'type-graphql';
import { Addon, BillingCycle, Money, ProvisioningErrorCode, SimpleType } from '../../entities';
import { Optional } from './fields';

@SimpleType('Price of one unit for one billing cycle.')
export class Price {
  @Field(() => BillingCycle, { description: 'Billing cycle of the price.' })
  billingCycle!: BillingCycle;

  @Field(() => Money, {
    description: "Price of one unit for one billing cycle, from the viewer's price list.",
  })
  unitPrice!: Money;
}

@ObjectType({ simpleResolvers: true })
abstract class PricedAddon {
  @Field(() => Addon, { simple: true, description: 'The add-on.' })
  addon!: Addon;

  @Field(() => Int, { simple: true, description: 'Number of units.' })
  quantity!: number;

  @Field(() => Money, { simple: true, description: 'Price of one unit for one billing cycle.' })
  unitPrice!: Money;

  @Field(() => Money, { simple: true, description: 'Price of all units for one billing cycle.' })
  total!: Money;
}

@SimpleType('An add-on on a line of the basket.')
export class BasketAddon extends PricedAddon {}

@SimpleType('An add-on on a line of an order, at the confirmed price.')
export class OrderAddon extends PricedAddon {}

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
