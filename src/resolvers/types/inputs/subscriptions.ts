import { Field, ID, InputType, Int } from 'type-graphql';
import { CloudSubscriptionState, SyncState } from '../../../entities';
import { Optional, VERSION } from '../fields';

@InputType({ description: 'Another name for a subscription.' })
export class RenameSubscriptionInput {
  @Field(() => ID, { description: 'The subscription.' })
  subscriptionId!: string;

  @Field({ description: 'Up to 100 characters.' })
  friendlyName!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Which subscriptions; every condition has to hold.' })
export class CloudSubscriptionFilter {
  @Optional(() => [CloudSubscriptionState], 'In one of these states.')
  states?: CloudSubscriptionState[] | null;

  @Optional(() => [SyncState], 'In one of these sync states.')
  syncStates?: SyncState[] | null;

  @Optional(() => ID, 'Of this account.')
  accountId?: string | null;

  @Optional(() => String, 'Whose friendly name contains this text, in any case.')
  search?: string | null;
}
