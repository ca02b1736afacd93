import { Field, Int, ObjectType } from 'type-graphql';
import { Addon, BillingCycle, Money, nullable, ProvisioningErrorCode, SimpleType } from '../../entities';

@SimpleType('What one unit costs for one billing cycle.')
export class Price {
  @Field(() => BillingCycle, { description: 'The billing cycle.' })
  billingCycle!: BillingCycle;

  @Field(() => Money, { description: "For one unit and one billing cycle, on the viewer's price list." })
  unitPrice!: Money;
}

@ObjectType({ simpleResolvers: true })
abstract class PricedAddon {
  @Field(() => Addon, { simple: true, description: 'The add-on.' })
  addon!: Addon;

  @Field(() => Int, { simple: true, description: 'Units.' })
  quantity!: number;

  @Field(() => Money, { simple: true, description: 'For one unit and one billing cycle.' })
  unitPrice!: Money;

  @Field(() => Money, { simple: true, description: 'For all units and one billing cycle.' })
  total!: Money;
}

@SimpleType('An add-on on a line of the basket.')
export class BasketAddon extends PricedAddon {}

@SimpleType('An add-on on a line of an order, at the price that was confirmed.')
export class OrderAddon extends PricedAddon {}

@SimpleType('What went wrong with a step.')
export class ProvisioningError {
  @Field(() => ProvisioningErrorCode, { description: 'For programs.' })
  code!: ProvisioningErrorCode;

  @Field({ description: 'For people: what happened, with the words of the provider.' })
  message!: string;

  @Field(() => Int, nullable("The provider's own code."))
  providerCode!: number | null;

  @Field({ description: 'Whether it passes by itself: such a step is tried again before it fails.' })
  retryable!: boolean;
}
