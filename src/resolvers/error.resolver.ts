import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CancellationRequest, CloudSubscription, SubscriptionChange } from '../entities';
import {
  ActiveSubscriptionExistsError,
  CancellationAlreadyRequestedError,
  ChangeAlreadyRequestedError,
} from '../errors';
import { type Context, requireActor } from '../services/context';
import { loadVisible } from './load-visible';
import { required } from './per-context';

@Resolver(() => ActiveSubscriptionExistsError)
export class ActiveSubscriptionExistsResolver {
  @FieldResolver(() => CloudSubscription, {
    nullable: true,
    description: 'The existing subscription. Null if the viewer cannot see it.',
  })
  async subscription(@Root() { subscriptionId }: ActiveSubscriptionExistsError, @Ctx() context: Context) {
    return subscriptionId === null
      ? null
      : loadVisible(requireActor(context), CloudSubscription, subscriptionId);
  }
}

@Resolver(() => CancellationAlreadyRequestedError)
export class CancellationAlreadyRequestedResolver {
  @FieldResolver(() => CancellationRequest, { description: 'Open cancellation request.' })
  async request(@Root() { requestId }: CancellationAlreadyRequestedError, @Ctx() { load }: Context) {
    return required(await load.visible.request.load(requestId));
  }
}

@Resolver(() => ChangeAlreadyRequestedError)
export class ChangeAlreadyRequestedResolver {
  @FieldResolver(() => SubscriptionChange, { description: 'Open change.' })
  async change(@Root() { changeId }: ChangeAlreadyRequestedError, @Ctx() { load }: Context) {
    return required(await load.visible.change.load(changeId));
  }
}
