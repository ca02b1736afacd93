import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CancellationRequest, CloudSubscription } from '../entities';
import { ActiveSubscriptionExistsError, CancellationAlreadyRequestedError } from '../errors';
import { type Context, signedIn } from '../services/context';
import { present } from './per-context';
import { visible } from './visible';

@Resolver(() => ActiveSubscriptionExistsError)
export class ActiveSubscriptionExistsResolver {
  @FieldResolver(() => CloudSubscription, {
    nullable: true,
    description: 'The subscription that is in the way; null where the viewer may not see it.',
  })
  async subscription(
    @Root() { subscriptionId }: ActiveSubscriptionExistsError,
    @Ctx() context: Context,
  ): Promise<CloudSubscription | null> {
    return subscriptionId === null ? null : visible(signedIn(context), CloudSubscription, subscriptionId);
  }
}

@Resolver(() => CancellationAlreadyRequestedError)
export class CancellationAlreadyRequestedResolver {
  @FieldResolver(() => CancellationRequest, { description: 'The open request.' })
  async request(
    @Root() { requestId }: CancellationAlreadyRequestedError,
    @Ctx() { load }: Context,
  ): Promise<CancellationRequest> {
    return present(await load.request.load(requestId));
  }
}
