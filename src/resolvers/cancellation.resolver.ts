import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import {
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  Decider,
  nullable,
  User,
} from '../entities';
import { type Context, requireActor } from '../services/context';
import { decideCancellation } from '../services/subscriptions/decide-cancellation';
import { requestCancellation } from '../services/subscriptions/request-cancellation';
import { withdrawCancellation } from '../services/subscriptions/withdraw-cancellation';
import { findRequestsPage } from '../store';
import { loadVisible } from './load-visible';
import { CancellationRequestConnection } from './types/connection';
import { Input } from './types/fields';
import {
  CancellationRequestFilter,
  DecideCancellationInput,
  RequestCancellationInput,
  WithdrawCancellationInput,
} from './types/inputs';
import { PageArgs } from './types/page-args';
import { changedObject, loadedPayload, PayloadMutation } from './types/payloads';

const CANCELLATION_REQUEST = { cancellationRequest: changedObject(CancellationRequest) };

const changed = loadedPayload('cancellationRequest', ({ load }, id) => load.visible.request.load(id));

@Resolver(() => CancellationRequest)
export class CancellationResolver {
  @Query(() => CancellationRequestConnection, {
    description: 'Cancellation requests that the viewer can see, newest first.',
  })
  async cancellationRequests(
    @Arg('filter', () => CancellationRequestFilter, nullable('Filter of the list.'))
    filter: CancellationRequestFilter | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return CancellationRequestConnection.of(await findRequestsPage(db, actor, filter ?? {}, page));
  }

  @Query(
    () => CancellationRequest,
    nullable('The cancellation request with an id. Null if there is none that the viewer can see.'),
  )
  cancellationRequest(
    @Arg('id', () => ID, { description: 'Id of the request.' }) id: string,
    @Ctx() context: Context,
  ): Promise<CancellationRequest | null> {
    return loadVisible(requireActor(context), CancellationRequest, id);
  }

  @PayloadMutation(
    CANCELLATION_REQUEST,
    'Requests the cancellation of a subscription. Accepted at once if neither the reseller nor the distributor has to decide: see `CancellationPolicy`.',
  )
  requestCancellation(@Input() input: RequestCancellationInput, @Ctx() context: Context) {
    return changed(context, caller => requestCancellation(caller, input));
  }

  @PayloadMutation(
    CANCELLATION_REQUEST,
    'Withdraws a cancellation request before it is carried out. End customers withdraw the requests of users of their account.',
  )
  withdrawCancellation(@Input() input: WithdrawCancellationInput, @Ctx() context: Context) {
    return changed(context, caller => withdrawCancellation(caller, input));
  }

  @PayloadMutation(
    CANCELLATION_REQUEST,
    'Accepts or rejects a cancellation request. Account managers and administrators decide at any time, resellers while the request awaits them. Final, unless the request then awaits DISTRIBUTOR.',
  )
  decideCancellation(@Input() input: DecideCancellationInput, @Ctx() context: Context) {
    return changed(context, caller => decideCancellation(caller, input));
  }

  @FieldResolver(
    () => Decider,
    nullable('Party that has to decide next. Null unless the request is PENDING.'),
  )
  awaiting(@Root() { state, awaiting }: CancellationRequest): Decider | null {
    return state === CancellationRequestState.PENDING ? awaiting : null;
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
