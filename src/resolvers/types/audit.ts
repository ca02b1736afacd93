import { Field, ID, InputType } from 'type-graphql';
import { BigIntScalar, DateTimeScalar, nullable, SimpleType } from '../../entities';

@InputType({ description: 'Which entries of the audit trail.' })
export class AuditFilter {
  @Field(() => ID, nullable('Done by, or to, this user.'))
  userId?: string | null;

  @Field(() => ID, nullable('About this account.'))
  accountId?: string | null;

  @Field(() => ID, nullable('About this order.'))
  orderId?: string | null;

  @Field(() => ID, nullable('About this subscription.'))
  subscriptionId?: string | null;

  @Field(() => [String], nullable('Of these types, like `order.placed`.'))
  types?: string[] | null;

  @Field(() => DateTimeScalar, nullable('At this moment or later.'))
  since?: Date | null;

  @Field(() => DateTimeScalar, nullable('Before this moment.'))
  until?: Date | null;
}

@SimpleType('Who did what to what. Written with the change; never altered.')
export class AuditEntry {
  @Field(() => BigIntScalar, {
    description: 'Position in the log: dense, in the order in which changes became visible.',
  })
  seq!: number;

  @Field({ description: 'What happened, for programs: `order.placed`, `user.changed`.' })
  type!: string;

  @Field(() => DateTimeScalar, { description: 'When.' })
  occurredAt!: Date;

  @Field({ description: 'What happened, for people.' })
  message!: string;

  @Field(() => ID, nullable('Of the order that it is about.'))
  orderId!: string | null;

  @Field(() => ID, nullable('Of the subscription that it is about.'))
  subscriptionId!: string | null;

  @Field(() => ID, nullable('Of the operation that it is about.'))
  operationId!: string | null;

  @Field(() => ID, nullable('Of the cancellation request that it is about.'))
  cancellationRequestId!: string | null;

  /** Resolved to who did it. */
  byId!: string | null;

  /** Resolved to the account that it is about. */
  accountId!: string | null;
}
