import { Field, ID, InputType } from 'type-graphql';
import { CloudSubscriptionState, SyncState } from '../../../entities';
import { Optional, VersionedInput } from '../fields';

@InputType({ description: 'New name of a subscription.' })
export class RenameSubscriptionInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the subscription.' })
  subscriptionId!: string;

  @Field({ description: 'New name, up to 100 characters.' })
  friendlyName!: string;
}

@InputType({
  description: 'Filter of subscriptions. A subscription has to match every condition that is set.',
})
export class CloudSubscriptionFilter {
  @Optional(() => [CloudSubscriptionState], 'States to include. Defaults to all.')
  states?: CloudSubscriptionState[] | null;

  @Optional(() => [SyncState], 'Sync states to include. Defaults to all.')
  syncStates?: SyncState[] | null;

  @Optional(() => ID, 'Id of the account.')
  accountId?: string | null;

  @Optional(() => String, 'Text in the friendly name, case-insensitive.')
  search?: string | null;
}
