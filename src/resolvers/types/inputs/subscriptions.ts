import { Field, ID, InputType } from 'type-graphql';
import { VersionedInput } from '../fields';

@InputType({ description: 'New name of a subscription.' })
export class RenameSubscriptionInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the subscription.' })
  subscriptionId!: string;

  @Field({ description: 'New name, up to 100 characters.' })
  friendlyName!: string;
}
