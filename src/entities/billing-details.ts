import { Field, InputType } from 'type-graphql';
import { nullable, SimpleType } from './fields';
import { CountryCodeScalar } from './scalars';

/** Both an output and an input: a client sends back what it was shown. */
@SimpleType('Company to bill and its address.')
@InputType('BillingDetailsInput', { description: 'Company to bill and its address.' })
export class BillingDetails {
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

  @Field(() => CountryCodeScalar, { description: 'Country.' })
  country!: string;
}
