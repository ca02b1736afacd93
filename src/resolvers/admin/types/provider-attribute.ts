import { Field, InputType } from 'type-graphql';
import { SimpleType } from '../../../entities';

@SimpleType('A characteristic that the provider wants with an order.')
export class ProviderAttribute {
  @Field({ description: 'As the provider calls it.' })
  name!: string;

  @Field({ description: 'As it is sent.' })
  value!: string;
}

@InputType({ description: 'A characteristic that the provider wants with an order.' })
export class ProviderAttributeInput {
  @Field({ description: 'As the provider calls it: up to 64 characters.' })
  name!: string;

  @Field({ description: 'As it is sent: up to 255 characters.' })
  value!: string;
}

/** A record as a list that can be shown. */
export const attributeList = (attributes: Readonly<Record<string, string>>): ProviderAttribute[] =>
  Object.entries(attributes).map(([name, value]) => ({ name, value }));
