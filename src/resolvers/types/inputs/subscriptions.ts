import { Field, ID, InputType } from 'type-graphql';
import { KEY, VersionedInput } from '../fields';

@InputType({ description: 'New name of a subscription.' })
export class RenameSubscriptionInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the subscription.' })
  subscriptionId!: string;

  @Field({ description: 'New name, up to 100 characters.' })
  friendlyName!: string;
}

@InputType({ description: 'Subscription to suspend.' })
export class SuspendSubscriptionInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the subscription.' })
  subscriptionId!: string;

  @Field({ description: 'Reason, up to 1,000 characters. Hidden from end customers of a reseller.' })
  reason!: string;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Subscription to resume.' })
export class ResumeSubscriptionInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the subscription.' })
  subscriptionId!: string;

  @Field({ description: KEY })
  idempotencyKey!: string;
}
