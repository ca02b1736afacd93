import { Field, ID, InputType, Int } from 'type-graphql';
import { nullable } from '../../../entities';
import { KEY, Optional, VERSION } from '../fields';

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

  @Field(() => String, nullable('Value added tax number.'))
  vatNumber!: string | null;

  @Field({ description: 'Where invoices go.' })
  email!: string;

  @Field({ description: 'Street and number.' })
  addressLine1!: string;

  @Field(() => String, nullable('What the first line has no room for.'))
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
