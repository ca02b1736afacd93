import { createUnionType, Field } from 'type-graphql';
import { CloudSubscription } from './cloud-subscription';
import { SimpleType } from './fields';
import { Order } from './order';
import { DateTimeScalar, StreamCursorScalar } from './scalars';
import { CURSOR, StreamReset, TRUNCATED } from './stream-messages';

@SimpleType('Orders at the position of the cursor. The first message of a stream without `after`.')
export class OrderSnapshot {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => [Order], {
    description:
      'The requested order. Without one, the orders that are SUBMITTED, EXECUTING or FAILED, newest first, at most 500.',
  })
  orders!: Order[];

  @Field({ description: TRUNCATED })
  truncated!: boolean;
}

@SimpleType('One change of one order.')
export class OrderUpdate {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field({ description: 'Type of the event, such as `order.completed`.' })
  type!: string;

  @Field(() => DateTimeScalar, { description: 'Time of the change.' })
  occurredAt!: Date;

  @Field(() => Order, { description: 'Current state of the object.' })
  order!: Order;
}

/** Message of `orderUpdates`. */
export const OrderMessage = createUnionType({
  name: 'OrderMessage',
  description:
    'Message of `orderUpdates`: a snapshot, then updates. If messages were lost, a reset followed by a snapshot.',
  types: () => [OrderSnapshot, OrderUpdate, StreamReset] as const,
});

@SimpleType('Subscriptions at the position of the cursor. The first message of a stream without `after`.')
export class CloudSubscriptionSnapshot {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => [CloudSubscription], {
    description:
      'The requested subscription. Without one, the subscriptions that are neither ACTIVE nor CANCELLED, or have an open cancellation request, newest first, at most 500.',
  })
  subscriptions!: CloudSubscription[];

  @Field({ description: TRUNCATED })
  truncated!: boolean;
}

@SimpleType('One change of one subscription, or of its cancellation request.')
export class CloudSubscriptionUpdate {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field({ description: 'Type of the event, such as `subscription.activated`.' })
  type!: string;

  @Field(() => DateTimeScalar, { description: 'Time of the change.' })
  occurredAt!: Date;

  @Field(() => CloudSubscription, { description: 'Current state of the object.' })
  subscription!: CloudSubscription;
}

/** Message of `subscriptionUpdates`. */
export const CloudSubscriptionMessage = createUnionType({
  name: 'CloudSubscriptionMessage',
  description:
    'Message of `subscriptionUpdates`: a snapshot, then updates. If messages were lost, a reset followed by a snapshot.',
  types: () => [CloudSubscriptionSnapshot, CloudSubscriptionUpdate, StreamReset] as const,
});
