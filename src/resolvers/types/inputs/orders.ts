import { Field, ID, InputType, Int } from 'type-graphql';
import { OrderSource, OrderState } from '../../../entities';
import { KEY, Optional, VERSION } from '../fields';
import { BillingDetailsInput } from './basket';
import { OrderLineInput } from './lines';

@InputType({ description: 'An order on behalf of a customer.' })
export class PlaceOrderInput {
  @Field(() => ID, { description: 'The account that receives the services.' })
  recipientId!: string;

  @Field(() => [OrderLineInput], { description: 'At least one.' })
  lines!: OrderLineInput[];

  @Optional(() => BillingDetailsInput, "Instead of the customer's, or its reseller's.")
  billing?: BillingDetailsInput | null;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'An order to execute.' })
export class ExecuteOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field({ description: KEY })
  idempotencyKey!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'An order to withdraw before it is executed.' })
export class CancelOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Optional(() => String, 'Why: up to 1,000 characters.')
  reason?: string | null;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'A failed operation to try again.' })
export class RetryProvisioningInput {
  @Field(() => ID, { description: 'The operation.' })
  operationId!: string;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Which orders; every condition has to hold.' })
export class OrderFilter {
  @Optional(() => [OrderState], 'In one of these states.')
  states?: OrderState[] | null;

  @Optional(() => ID, 'For this account.')
  recipientId?: string | null;

  @Optional(() => OrderSource, 'Placed there.')
  source?: OrderSource | null;
}
