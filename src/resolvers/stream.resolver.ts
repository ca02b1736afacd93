import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { CloudSubscriptionMessage, nullable, OrderMessage, StreamCursorScalar } from '../entities';
import { requireActor } from '../services/context';
import { openStream } from '../services/streams/log-stream';
import { orderStream } from '../services/streams/order-stream';
import { subscriptionStream } from '../services/streams/subscription-stream';
import { AFTER } from './types/fields';

@Resolver()
export class StreamResolver {
  @Subscription(() => OrderMessage, {
    subscribe: ({ args, context }) => openStream(orderStream, requireActor(context), args),
    description:
      'Streams changes of orders. With `after`, replays exactly the messages that follow the cursor, then continues live. Without it, starts with a snapshot.',
  })
  orderUpdates(
    @Arg('orderId', () => ID, nullable('Id of an order. Limits the stream to it.')) _orderId: string | null,
    @Arg('after', () => StreamCursorScalar, nullable(AFTER)) _after: string | null,
    @Root() message: object,
  ): object {
    return message;
  }

  @Subscription(() => CloudSubscriptionMessage, {
    subscribe: ({ args, context }) => openStream(subscriptionStream, requireActor(context), args),
    description:
      'Streams changes of subscriptions and of their cancellation requests. With `after`, replays exactly the messages that follow the cursor, then continues live. Without it, starts with a snapshot.',
  })
  subscriptionUpdates(
    @Arg('subscriptionId', () => ID, nullable('Id of a subscription. Limits the stream to it.'))
    _subscriptionId: string | null,
    @Arg('after', () => StreamCursorScalar, nullable(AFTER)) _after: string | null,
    @Root() message: object,
  ): object {
    return message;
  }
}
