import { Field, InputType } from 'type-graphql';
import { SimpleType } from '../../../entities';

@SimpleType('An attribute that the provider requires with an order.')
export class ProviderAttribute {
  @Field({ description: 'Name of the attribute at the provider.' })
  name!: string;

  @Field({ description: 'Value that is sent to the provider.' })
  value!: string;
}

@InputType({ description: 'An attribute that the provider requires with an order.' })
export class ProviderAttributeInput {
  @Field({ description: 'Name of the attribute at the provider, up to 64 characters.' })
  name!: string;

  @Field({ description: 'Value that is sent to the provider, up to 255 characters.' })
  value!: string;
}

/** A record as a list that can be shown. */
export const attributeList = (attributes: Readonly<Record<string, string>>): ProviderAttribute[] =>
  Object.entries(attributes).map(([name, value]) => ({ name, value }));
