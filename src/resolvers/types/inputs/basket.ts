import { Field, ID, InputType } from 'type-graphql';
import { BillingDetails } from '../../../entities';
import { KEY, Optional, ORDER_REFERENCE, PURCHASE_ORDER, VersionedInput } from '../fields';

@InputType({ description: 'Choice of the account that receives the services.' })
export class ChooseRecipientInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of one of `basket.recipients`.' })
  accountId!: string;
}

@InputType({
  description: 'Billing details to confirm. The confirmation freezes the prices until checkout.',
})
export class ConfirmBillingInput extends VersionedInput {
  @Optional(() => BillingDetails, 'Billing details. Default: those that the basket proposes.')
  billing?: BillingDetails | null;
}

@InputType({ description: 'Basket to check out.' })
export class CheckoutInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the basket.' })
  basketId!: string;

  @Optional(() => String, ORDER_REFERENCE)
  externalReference?: string | null;

  @Optional(() => String, PURCHASE_ORDER)
  purchaseOrderNumber?: string | null;

  @Field({ description: KEY })
  idempotencyKey!: string;
}
