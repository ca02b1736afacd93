import { Field, ID, InputType } from 'type-graphql';
import { CancellationDecision, CancellationTiming } from '../../../entities';
import { KEY, Optional, VersionedInput } from '../fields';

@InputType({ description: 'Subscription to cancel.' })
export class RequestCancellationInput {
  @Field(() => ID, { description: 'Id of the subscription.' })
  subscriptionId!: string;

  @Field(() => CancellationTiming, {
    defaultValue: CancellationTiming.IMMEDIATE,
    description: 'Time at which the cancellation takes effect.',
  })
  timing!: CancellationTiming;

  @Optional(() => String, 'Reason, up to 1,000 characters.')
  reason?: string | null;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Cancellation request to withdraw.' })
export class WithdrawCancellationInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the request.' })
  requestId!: string;
}

@InputType({ description: 'Decision on a cancellation request.' })
export class DecideCancellationInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the request.' })
  requestId!: string;

  @Field(() => CancellationDecision, { description: 'Decision.' })
  decision!: CancellationDecision;

  @Optional(() => String, 'Reason, up to 1,000 characters. Shown to the requester.')
  note?: string | null;

  @Field({ description: KEY })
  idempotencyKey!: string;
}
