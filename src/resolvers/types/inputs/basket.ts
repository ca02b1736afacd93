import { Field, ID, InputType, Int } from 'type-graphql';
import { nullable } from '../../../entities';
import { KEY, Optional, VERSION } from '../fields';

@InputType({ description: 'Choice of the account that receives the services.' })
export class ChooseRecipientInput {
  @Field(() => ID, { description: 'Id of one of `basket.recipients`.' })
  accountId!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Company to bill and its address.' })
export class BillingDetailsInput {
  @Field({ description: 'Company name.' })
  company!: string;

  @Field(() => String, nullable('Value added tax (VAT) number.'))
  vatNumber!: string | null;

  @Field({ description: 'E-mail address that receives invoices.' })
  email!: string;

  @Field({ description: 'Street and number.' })
  addressLine1!: string;

  @Field(() => String, nullable('Second line of the address.'))
  addressLine2!: string | null;

  @Field({ description: 'City.' })
  city!: string;

  @Field({ description: 'Postal code in the format of the country.' })
  postalCode!: string;

  @Field({ description: 'Country code, ISO 3166-1 alpha-2.' })
  country!: string;
}

@InputType({
  description: 'Billing details to confirm. The confirmation freezes the prices until checkout.',
})
export class ConfirmBillingInput {
  @Optional(() => BillingDetailsInput, 'Billing details. Default: those that the basket proposes.')
  billing?: BillingDetailsInput | null;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Basket to check out.' })
export class CheckoutInput {
  @Field(() => ID, { description: 'Id of the basket.' })
  basketId!: string;

  @Field({ description: KEY })
  idempotencyKey!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}
