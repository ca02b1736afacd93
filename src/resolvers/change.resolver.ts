import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import {
  type ChangeContents,
  CloudSubscription,
  Decider,
  nullable,
  ProvisioningOperation,
  SubscriptionChange,
  SubscriptionChangeState,
  User,
} from '../entities';
import { type Context, requireActor } from '../services/context';
import { decideChange } from '../services/subscriptions/decide-change';
import { type ChangePreview, previewChange } from '../services/subscriptions/preview-change';
import { requestChange } from '../services/subscriptions/request-change';
import { withdrawChange } from '../services/subscriptions/withdraw-change';
import { findChangesPage } from '../store';
import { amountFor, upcomingFor } from './amounts';
import { loadVisible } from './load-visible';
import { activityOf } from './subscription.resolver';
import {
  SubscriptionChangePreview as Preview,
  type SubscriptionChangePreview,
  SubscriptionContents,
} from './types/changes';
import { SubscriptionChangeConnection } from './types/connection';
import { Input } from './types/fields';
import {
  DecideSubscriptionChangeInput,
  PreviewSubscriptionChangeInput,
  RequestSubscriptionChangeInput,
  SubscriptionChangeFilter,
  WithdrawSubscriptionChangeInput,
} from './types/inputs';
import { PageArgs } from './types/page-args';
import { changedObject, loadedPayload, PayloadMutation, PayloadQuery, payloadOf } from './types/payloads';

const CHANGE = { subscriptionChange: changedObject(SubscriptionChange) };
const PREVIEW = {
  preview: { type: () => Preview, description: 'The preview. Null if a request would be rejected.' },
};

const changed = loadedPayload('subscriptionChange', ({ load }, id) => load.visible.change.load(id));

function toPreview(context: Context, subscriptionId: string, plan: ChangePreview): SubscriptionChangePreview {
  const { kinds, before, after, currency, effectiveAt, needsDecision } = plan;
  const view = (contents: ChangeContents) => SubscriptionContents.of(contents, currency, subscriptionId);
  return {
    kinds,
    from: view(before),
    to: view(after),
    effectiveAt,
    needsDecision,
    dueNow: amountFor(context, plan.dueNowMinor, null, currency),
    credit: amountFor(context, plan.creditMinor, null, currency),
    nextCharge: upcomingFor(context, plan.next, currency),
  };
}

@Resolver(() => SubscriptionChange)
export class ChangeResolver {
  @PayloadQuery(PREVIEW, 'Previews a change of a subscription. Changes nothing.')
  previewSubscriptionChange(@Input() input: PreviewSubscriptionChangeInput, @Ctx() context: Context) {
    const caller = requireActor(context);
    const visible = async (id: string) =>
      (await loadVisible(caller, CloudSubscription, id)) && activityOf(caller, id);
    return payloadOf(async () => ({
      preview: toPreview(caller, input.subscriptionId, await previewChange(caller, visible, input)),
    }));
  }

  @Query(
    () => SubscriptionChange,
    nullable('The change with an id. Null if there is none that the viewer can see.'),
  )
  subscriptionChange(
    @Arg('id', () => ID, { description: 'Id of the change.' }) id: string,
    @Ctx() context: Context,
  ): Promise<SubscriptionChange | null> {
    return loadVisible(requireActor(context), SubscriptionChange, id);
  }

  @Query(() => SubscriptionChangeConnection, {
    description: 'Changes of subscriptions that the viewer can see, newest first.',
  })
  async subscriptionChanges(
    @Arg('filter', () => SubscriptionChangeFilter, nullable('Filter of the list.'))
    filter: SubscriptionChangeFilter | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return SubscriptionChangeConnection.of(await findChangesPage(db, actor, filter ?? {}, page));
  }

  @PayloadMutation(
    CHANGE,
    'Requests a change of the product or the add-ons of a subscription. It begins at once unless it needs a decision or takes effect at the end of the billing period. Fails with CHANGE_ALREADY_REQUESTED while another change is open.',
  )
  requestSubscriptionChange(@Input() input: RequestSubscriptionChangeInput, @Ctx() context: Context) {
    return changed(context, caller => requestChange(caller, input));
  }

  @PayloadMutation(
    CHANGE,
    'Accepts or rejects a change. If a reseller accepts and the service requires a decision, the change then awaits the distributor.',
  )
  decideSubscriptionChange(@Input() input: DecideSubscriptionChangeInput, @Ctx() context: Context) {
    return changed(context, caller => decideChange(caller, input));
  }

  @PayloadMutation(
    CHANGE,
    'Withdraws a change before it takes effect. End customers withdraw the changes that users of their account requested.',
  )
  withdrawSubscriptionChange(@Input() input: WithdrawSubscriptionChangeInput, @Ctx() context: Context) {
    return changed(context, caller => withdrawChange(caller, input));
  }

  @FieldResolver(() => CloudSubscription, { description: 'Subscription to change.' })
  subscription(@Root() { subscriptionId }: SubscriptionChange, @Ctx() { load }: Context) {
    return load.subscription.load(subscriptionId);
  }

  @FieldResolver(() => Decider, nullable('Party that has to decide next. Null unless the change is PENDING.'))
  awaiting(@Root() { state, awaiting }: SubscriptionChange): Decider | null {
    return state === SubscriptionChangeState.PENDING ? awaiting : null;
  }

  @FieldResolver(() => SubscriptionContents, { description: 'Contents at the request.' })
  from(@Root() change: SubscriptionChange, @Ctx() context: Context) {
    return contentsOf(change, change.before, context);
  }

  @FieldResolver(() => SubscriptionContents, { description: 'Contents after the change.' })
  to(@Root() change: SubscriptionChange, @Ctx() context: Context) {
    return contentsOf(change, change.after, context);
  }

  @FieldResolver(() => User, { description: 'User who requested the change.' })
  requestedBy(@Root() { requestedById }: SubscriptionChange, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(requestedById);
  }

  @FieldResolver(
    () => User,
    nullable('User who decided. Null if no decision was needed, or before the decision.'),
  )
  decidedBy(@Root() { decidedById }: SubscriptionChange, @Ctx() { load }: Context) {
    return decidedById === null ? null : load.user.load(decidedById);
  }

  @FieldResolver(
    () => ProvisioningOperation,
    nullable('Operation that carries out the change. Null until it begins.'),
  )
  async operation(@Root() { id }: SubscriptionChange, @Ctx() { load }: Context) {
    return (await load.changeOperations.load(id))[0] ?? null;
  }
}

async function contentsOf(
  { subscriptionId }: SubscriptionChange,
  contents: ChangeContents,
  { load }: Context,
): Promise<SubscriptionContents> {
  const { currency } = await load.subscription.load(subscriptionId);
  return SubscriptionContents.of(contents, currency, subscriptionId);
}
