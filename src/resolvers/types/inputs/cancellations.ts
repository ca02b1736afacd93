import { Field, ID, InputType, Int } from 'type-graphql';
import { CancellationDecision, CancellationTiming } from '../../../entities';
import { KEY, Optional, VERSION } from '../fields';

@InputType({ description: 'A subscription to end.' })
export class RequestCancellationInput {
  @Field(() => ID, { description: 'The subscription.' })
  subscriptionId!: string;

  @Field(() => CancellationTiming, {
    defaultValue: CancellationTiming.IMMEDIATE,
    description: 'When it shall end.',
  })
  timing!: CancellationTiming;

  @Optional(() => String, 'Why: up to 1,000 characters.')
  reason?: string | null;

  @Field({ description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A cancellation request to take back.' })
export class WithdrawCancellationInput {
  @Field(() => ID, { description: 'The request.' })
  requestId!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'A decision about a cancellation request.' })
export class DecideCancellationInput {
  @Field(() => ID, { description: 'The request.' })
  requestId!: string;

  @Field(() => CancellationDecision, { description: 'The decision; the first one stands.' })
  decision!: CancellationDecision;

  @Optional(() => String, 'Why: up to 1,000 characters, shown to the requester.')
  note?: string | null;

  @Field({ description: KEY })
  idempotencyKey!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}
