import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CancellationRequest, CloudSubscription } from '../entities';
import { ActiveSubscriptionExistsError, CancellationAlreadyRequestedError } from '../errors';
import { type Context, signedIn } from '../services/context';
import { findVisible } from '../store';
import { present } from './per-context';

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
    const { db, actor } = signedIn(context);
    if (subscriptionId === null) return null;
    return (await findVisible(db, actor, CloudSubscription, subscriptionId)) ?? null;
  }
}

@Resolver(() => CancellationAlreadyRequestedError)
export class CancellationAlreadyRequestedResolver {
  @FieldResolver(() => CancellationRequest, { description: 'The open request.' })
  async request(
    @Root() { requestId }: CancellationAlreadyRequestedError,
    @Ctx() { load }: Context,
  ): Promise<CancellationRequest> {
    return present(await load.visible.request.load(requestId));
  }
}
