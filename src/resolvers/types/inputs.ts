import { Field, ID, InputType, Int } from 'type-graphql';
import {
  BillingCycle,
  CancellationDecision,
  CancellationTiming,
  CloudSubscriptionState,
  OrderSource,
  OrderState,
  SyncState,
} from '../../entities';
import { Optional, VERSION } from './fields';

const KEY =
  'Yours, up to 255 characters, kept for at least a day: a repetition with the same key gets the first answer.';

@InputType({ description: 'E-mail and password.' })
export class SignInInput {
  @Field({ description: 'In any case.' })
  email!: string;

  @Field({ description: 'As it was set, or as it was given to begin with.' })
  password!: string;

  @Optional(
    () => String,
    'Takes the place of a password that was given to begin with, and of no other: from 12 to 200 characters.',
  )
  newPassword?: string | null;
}

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

  @Field(() => Int, { defaultValue: 1, description: 'Licenses of the product.' })
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

@InputType({ description: 'Whom the services are for.' })
export class ChooseRecipientInput {
  @Field(() => ID, { description: 'One of `basket.recipients`.' })
  accountId!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Who is billed, and where.' })
export class BillingDetailsInput {
  @Field({ description: 'The name of the company.' })
  company!: string;

  @Field(() => String, { nullable: true, description: 'Value added tax number.' })
  vatNumber!: string | null;

  @Field({ description: 'Where invoices go.' })
  email!: string;

  @Field({ description: 'Street and number.' })
  addressLine1!: string;

  @Field(() => String, { nullable: true, description: 'What the first line has no room for.' })
  addressLine2!: string | null;

  @Field({ description: 'City.' })
  city!: string;

  @Field({ description: 'Postal code, as the country writes it.' })
  postalCode!: string;

  @Field({ description: 'ISO 3166-1 alpha-2.' })
  country!: string;
}

@InputType({
  description:
    'Confirms what the basket shows, or what is given here instead. Freezes the prices until checkout.',
})
export class ConfirmBillingInput {
  @Optional(() => BillingDetailsInput, 'Instead of what the basket proposes.')
  billing?: BillingDetailsInput | null;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'The basket to turn into an order.' })
export class CheckoutInput {
  @Field(() => ID, { description: 'The basket.' })
  basketId!: string;

  @Field({ description: KEY })
  idempotencyKey!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

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

@InputType({ description: 'A subscription to end.' })
export class RequestCancellationInput {
  @Field(() => ID, { description: 'The subscription.' })
  subscriptionId!: string;

  @Field(() => CancellationTiming, {
    defaultValue: CancellationTiming.IMMEDIATE,
    description: 'When it shall end.',
  })
  timing!: CancellationTiming;

  @Optional(() => String, 'Why: up to 1,000 characters.')
  reason?: string | null;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A cancellation request to take back.' })
export class WithdrawCancellationInput {
  @Field(() => ID, { description: 'The request.' })
  requestId!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'A decision about a cancellation request.' })
export class DecideCancellationInput {
  @Field(() => ID, { description: 'The request.' })
  requestId!: string;

  @Field(() => CancellationDecision, { description: 'The decision; the first one stands.' })
  decision!: CancellationDecision;

  @Optional(() => String, 'Why: up to 1,000 characters, shown to the requester.')
  note?: string | null;

  @Field({ description: KEY })
  idempotencyKey!: string;

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

@InputType({ description: 'Another name for a subscription.' })
export class RenameSubscriptionInput {
  @Field(() => ID, { description: 'The subscription.' })
  subscriptionId!: string;

  @Field({ description: 'Up to 100 characters.' })
  friendlyName!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
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

@InputType({ description: 'Which subscriptions; every condition has to hold.' })
export class CloudSubscriptionFilter {
  @Optional(() => [CloudSubscriptionState], 'In one of these states.')
  states?: CloudSubscriptionState[] | null;

  @Optional(() => [SyncState], 'In one of these sync states.')
  syncStates?: SyncState[] | null;

  @Optional(() => ID, 'Of this account.')
  accountId?: string | null;

  @Optional(() => String, 'Whose friendly name contains this text, in any case.')
  search?: string | null;
}
