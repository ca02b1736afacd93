import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { CancellationRequest, CancellationRequestState, CloudSubscription, User } from '../entities';
import { type ActorContext, type Context, mutationContext, requireActor } from '../services/context';
import { findCancellationRequests } from '../services/lists/cancellation-requests';
import { decideCancellation } from '../services/subscriptions/decide-cancellation';
import { requestCancellation } from '../services/subscriptions/request-cancellation';
import { withdrawCancellation } from '../services/subscriptions/withdraw-cancellation';
import { CancellationRequestConnection } from './types/connection';
import { DecideCancellationInput, RequestCancellationInput, WithdrawCancellationInput } from './types/inputs';
import { PageArgs } from './types/page-args';
import { CancellationRequestPayload, payloadOf } from './types/payloads';

function payload(
  context: Context,
  work: (context: ActorContext) => Promise<string>,
): Promise<CancellationRequestPayload> {
  const caller = mutationContext(context);
  return payloadOf<CancellationRequestPayload>({ cancellationRequest: null }, async () => ({
    cancellationRequest: await caller.load.visible.request.load(await work(caller)),
  }));
}

@Resolver(() => CancellationRequest)
export class CancellationResolver {
  @Query(() => CancellationRequestConnection, {
    description: 'Cancellation requests that the viewer can see, newest first.',
  })
  async cancellationRequests(
    @Arg('states', () => [CancellationRequestState], {
      nullable: true,
      description: 'States to include. Defaults to all.',
    })
    states: CancellationRequestState[] | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ) {
    return CancellationRequestConnection.of(
      await findCancellationRequests(requireActor(context), states, page),
    );
  }

  @Mutation(() => CancellationRequestPayload, { description: 'Requests the cancellation of a subscription.' })
  requestCancellation(
    @Arg('input', () => RequestCancellationInput, { description: 'Parameters of the mutation.' })
    input: RequestCancellationInput,
    @Ctx() context: Context,
  ) {
    return payload(context, caller => requestCancellation(caller, input));
  }

  @Mutation(() => CancellationRequestPayload, {
    description: 'Withdraws a cancellation request before it is carried out.',
  })
  withdrawCancellation(
    @Arg('input', () => WithdrawCancellationInput, { description: 'Parameters of the mutation.' })
    input: WithdrawCancellationInput,
    @Ctx() context: Context,
  ) {
    return payload(context, caller => withdrawCancellation(caller, input));
  }

  @Mutation(() => CancellationRequestPayload, {
    description: 'Accepts or rejects a cancellation request. The first decision is final.',
  })
  decideCancellation(
    @Arg('input', () => DecideCancellationInput, { description: 'Parameters of the mutation.' })
    input: DecideCancellationInput,
    @Ctx() context: Context,
  ) {
    return payload(context, caller => decideCancellation(caller, input));
  }

  @FieldResolver(() => CloudSubscription, { description: 'Subscription to cancel.' })
  subscription(@Root() request: CancellationRequest, @Ctx() { load }: Context): Promise<CloudSubscription> {
    return load.subscription.load(request.subscriptionId);
  }

  @FieldResolver(() => User, { description: 'User who opened the request.' })
  requestedBy(@Root() request: CancellationRequest, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(request.requestedById);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'User who decided. Null if no decision was needed, or before the decision.',
  })
  decidedBy(
    @Root() { decidedById }: CancellationRequest,
    @Ctx() { load }: Context,
  ): Promise<User | null> | null {
    return decidedById === null ? null : load.user.load(decidedById);
  }
}
