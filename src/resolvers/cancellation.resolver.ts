import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  nullable,
  User,
} from '../entities';
import { type Context, requireActor } from '../services/context';
import { decideCancellation } from '../services/subscriptions/decide-cancellation';
import { requestCancellation } from '../services/subscriptions/request-cancellation';
import { withdrawCancellation } from '../services/subscriptions/withdraw-cancellation';
import { findRequestsPage } from '../store';
import { CancellationRequestConnection } from './types/connection';
import { Input } from './types/fields';
import { DecideCancellationInput, RequestCancellationInput, WithdrawCancellationInput } from './types/inputs';
import { PageArgs } from './types/page-args';
import { CancellationRequestPayload } from './types/payloads';

const changed = CancellationRequestPayload.byId(({ load }, id) => load.visible.request.load(id));

@Resolver(() => CancellationRequest)
export class CancellationResolver {
  @Query(() => CancellationRequestConnection, {
    description: 'Cancellation requests that the viewer can see, newest first.',
  })
  async cancellationRequests(
    @Arg('states', () => [CancellationRequestState], nullable('States to include. Defaults to all.'))
    states: CancellationRequestState[] | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return CancellationRequestConnection.of(await findRequestsPage(db, actor, states, page));
  }

  @Mutation(() => CancellationRequestPayload, { description: 'Requests the cancellation of a subscription.' })
  requestCancellation(@Input() input: RequestCancellationInput, @Ctx() context: Context) {
    return changed(context, caller => requestCancellation(caller, input));
  }

  @Mutation(() => CancellationRequestPayload, {
    description: 'Withdraws a cancellation request before it is carried out.',
  })
  withdrawCancellation(@Input() input: WithdrawCancellationInput, @Ctx() context: Context) {
    return changed(context, caller => withdrawCancellation(caller, input));
  }

  @Mutation(() => CancellationRequestPayload, {
    description: 'Accepts or rejects a cancellation request. The first decision is final.',
  })
  decideCancellation(@Input() input: DecideCancellationInput, @Ctx() context: Context) {
    return changed(context, caller => decideCancellation(caller, input));
  }

  @FieldResolver(() => CloudSubscription, { description: 'Subscription to cancel.' })
  subscription(@Root() request: CancellationRequest, @Ctx() { load }: Context): Promise<CloudSubscription> {
    return load.subscription.load(request.subscriptionId);
  }

  @FieldResolver(() => User, { description: 'User who opened the request.' })
  requestedBy(@Root() request: CancellationRequest, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(request.requestedById);
  }

  @FieldResolver(
    () => User,
    nullable('User who decided. Null if no decision was needed, or before the decision.'),
  )
  decidedBy(@Root() { decidedById }: CancellationRequest, @Ctx() { load }: Context) {
    return decidedById === null ? null : load.user.load(decidedById);
  }
}
