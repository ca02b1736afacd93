import { Field } from 'type-graphql';
import { nullable, SimpleType } from './fields';

@SimpleType('Who is billed, and where.')
export class BillingDetails {
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
