import { Field, ID, InputType } from 'type-graphql';
import { Optional } from '../fields';

@InputType({ description: 'External reference of an object.' })
export class SetExternalReferenceInput {
  @Field(() => ID, { description: 'Id of the account, the order or the subscription.' })
  id!: string;

  @Optional(() => String, 'Reference in another system, up to 100 characters. Null or blank clears it.')
  externalReference?: string | null;
}
