import { Field, ID, InputType } from 'type-graphql';
import { BigIntScalar, DateTimeScalar, SimpleType } from '../../entities';
import { Optional } from './fields';

@InputType({ description: 'Filter of the audit trail. An entry has to match every condition that is set.' })
export class AuditFilter {
  @Optional(() => ID, 'Id of a user who made the change or whom it concerns.')
  userId?: string | null;

  @Optional(() => ID, 'Id of the account that the change concerns.')
  accountId?: string | null;

  @Optional(() => ID, 'Id of the order that the change concerns.')
  orderId?: string | null;

  @Optional(() => ID, 'Id of the subscription that the change concerns.')
  subscriptionId?: string | null;

  @Optional(
    () => ID,
    'Id of any object that the change concerns: an account, an order, a subscription or a user as above, an operation, a cancellation request, a change, a charge, a product, an add-on, a category, a service, a price list, a catalog import, an API key, a webhook, a delivery, an invitation, a mail or a session.',
  )
  objectId?: string | null;

  @Optional(() => [String], 'Event types to include, such as `order.placed`. Defaults to all.')
  types?: string[] | null;

  @Optional(() => DateTimeScalar, 'Start of the period, inclusive.')
  since?: Date | null;

  @Optional(() => DateTimeScalar, 'End of the period, exclusive.')
  until?: Date | null;
}

@SimpleType(
  'An entry of the audit trail: a change and the user who made it. Written in the transaction of the change and never altered.',
)
export class AuditEntry {
  @Field(() => BigIntScalar, {
    description:
      'Position in the event log. Positions have no gaps and follow the order in which changes became visible.',
  })
  seq!: number;

  @Field({ description: 'Event type: `order.placed`, `user.changed`.' })
  type!: string;

  @Field(() => DateTimeScalar, { description: 'Time of the change.' })
  occurredAt!: Date;

  @Field({ description: 'Human-readable description of the change.' })
  message!: string;

  /** Ids of the objects that the change concerns, which are loaded if they are selected. */
  orderId!: string | null;
  subscriptionId!: string | null;
  operationId!: string | null;
  cancellationRequestId!: string | null;

  /** Resolved to who did it. */
  byId!: string | null;

  /** Resolved to the account that it is about. */
  accountId!: string | null;
}
