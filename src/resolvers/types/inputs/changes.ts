import { Field, ID, InputType, Int } from 'type-graphql';
import { ChangeDecision, ChangeTiming, Decider, SubscriptionChangeState } from '../../../entities';
import { KEY, Optional, VERSION, VersionedInput } from '../fields';

@InputType({ description: 'Total that a subscription is to hold of an add-on.' })
class AddonTotalInput {
  @Field(() => ID, { description: 'Id of the add-on.' })
  addonId!: string;

  @Field(() => Int, { description: 'Total quantity after the change. 0 ends the add-on.' })
  quantity!: number;
}

@InputType()
abstract class WantedContents {
  @Field(() => ID, { description: 'Id of the subscription.' })
  subscriptionId!: string;

  @Optional(() => ID, 'Id of another product of the same service. Null keeps the product.')
  productId?: string | null;

  @Optional(
    () => [AddonTotalInput],
    'Totals of add-ons, up to 50. Add-ons that are not named stay as they are.',
  )
  addons?: AddonTotalInput[] | null;

  @Field(() => ChangeTiming, {
    defaultValue: ChangeTiming.IMMEDIATE,
    description: 'Time at which the change takes effect.',
  })
  timing!: ChangeTiming;
}

@InputType({ description: 'Change of a subscription to preview.' })
export class PreviewSubscriptionChangeInput extends WantedContents {}

@InputType({ description: 'Change of a subscription.' })
export class RequestSubscriptionChangeInput extends WantedContents {
  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;

  @Optional(() => String, 'Reason, up to 1,000 characters.')
  reason?: string | null;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Decision on a change of a subscription.' })
export class DecideSubscriptionChangeInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the change.' })
  changeId!: string;

  @Field(() => ChangeDecision, { description: 'Decision. The first decision of each decider is final.' })
  decision!: ChangeDecision;

  @Optional(() => String, 'Reason, up to 1,000 characters. Shown to the requester.')
  note?: string | null;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Change of a subscription to withdraw.' })
export class WithdrawSubscriptionChangeInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the change.' })
  changeId!: string;
}

@InputType({
  description: 'Filter of changes of subscriptions. A change has to match every condition that is set.',
})
export class SubscriptionChangeFilter {
  @Optional(() => [SubscriptionChangeState], 'States to include. Defaults to all.')
  states?: SubscriptionChangeState[] | null;

  @Optional(() => ID, 'Changes of subscriptions of this account.')
  accountId?: string | null;

  @Optional(() => ID, 'Changes of this subscription.')
  subscriptionId?: string | null;

  @Optional(() => Decider, 'Pending changes that await this decider.')
  awaiting?: Decider | null;
}
