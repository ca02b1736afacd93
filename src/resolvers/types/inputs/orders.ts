import { Field, ID, InputType } from 'type-graphql';
import { BillingDetails } from '../../../entities';
import { KEY, Optional, ORDER_REFERENCE, PURCHASE_ORDER, VersionedInput } from '../fields';
import { OrderLineInput } from './lines';

@InputType({ description: 'Order on behalf of a customer.' })
export class PlaceOrderInput {
  @Field(() => ID, { description: 'Id of the account that receives the services.' })
  recipientId!: string;

  @Field(() => [OrderLineInput], { description: 'Lines of the order, at least one.' })
  lines!: OrderLineInput[];

  @Optional(
    () => BillingDetails,
    'Billing details. Defaults to those of the customer, or of its reseller if it has one.',
  )
  billing?: BillingDetails | null;

  @Optional(() => String, ORDER_REFERENCE)
  externalReference?: string | null;

  @Optional(() => String, PURCHASE_ORDER)
  purchaseOrderNumber?: string | null;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Order to execute.' })
export class ExecuteOrderInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the order.' })
  orderId!: string;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Order to cancel before its execution.' })
export class CancelOrderInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the order.' })
  orderId!: string;

  @Optional(() => String, 'Reason, up to 1,000 characters.')
  reason?: string | null;
}

@InputType({ description: 'Failed operation to abandon.' })
export class AbandonOperationInput {
  @Field(() => ID, { description: 'Id of the operation.' })
  operationId!: string;

  @Field({ description: 'Reason, 1 to 1,000 characters. Part of the audit trail.' })
  reason!: string;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Failed operation to retry.' })
export class RetryProvisioningInput {
  @Field(() => ID, { description: 'Id of the operation.' })
  operationId!: string;

  @Field({ description: KEY })
  idempotencyKey!: string;
}
