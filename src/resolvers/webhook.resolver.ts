import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  Account,
  nullable,
  StreamCursorScalar,
  User,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryState,
} from '../entities';
import { encodeCursor, LOG_KEY } from '../events';
import { type Context, mutationContext, requireActor } from '../services/context';
import { createWebhook } from '../services/webhooks/create-webhook';
import { redeliver, redeliverSince, sendTestEvent } from '../services/webhooks/redeliver';
import { rotateWebhookSecret } from '../services/webhooks/rotate-webhook-secret';
import { deleteWebhook, updateWebhook } from '../services/webhooks/update-webhook';
import { findDeliveriesPage, findWebhooksPage } from '../store';
import { loadVisible } from './load-visible';
import { required } from './per-context';
import { WebhookConnection, WebhookDeliveryConnection } from './types/connection';
import { Input } from './types/fields';
import { PageArgs } from './types/page-args';
import { payloadOf } from './types/payloads';
import {
  CreateWebhookInput,
  DeleteWebhookInput,
  DeleteWebhookPayload,
  RedeliverInput,
  RedeliverSinceInput,
  RotateWebhookSecretInput,
  SendTestEventInput,
  UpdateWebhookInput,
  WebhookDeliveryPayload,
  WebhookPayload,
  WebhookSecretPayload,
} from './types/webhooks';

@Resolver(() => Webhook)
export class WebhookResolver {
  @Query(() => WebhookConnection, {
    description: 'The webhooks of the own account, or of all for an administrator, newest first.',
  })
  async webhooks(
    @Arg('accountId', () => ID, nullable('Only of this account.')) accountId: string | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return WebhookConnection.of(await findWebhooksPage(db, actor, accountId, page));
  }

  @Mutation(() => WebhookSecretPayload, {
    description: 'Lets the events of an account be posted to an address. The secret is shown this once.',
  })
  createWebhook(@Input() input: CreateWebhookInput, @Ctx() context: Context): Promise<WebhookSecretPayload> {
    const caller = mutationContext(context);
    return payloadOf<WebhookSecretPayload>({ webhook: null, secret: null }, () =>
      createWebhook(caller, input),
    );
  }

  @Mutation(() => WebhookPayload, { description: 'Changes, disables or enables a webhook.' })
  updateWebhook(@Input() input: UpdateWebhookInput, @Ctx() context: Context) {
    return WebhookPayload.of(context, caller => updateWebhook(caller, input));
  }

  @Mutation(() => DeleteWebhookPayload, {
    description: 'Ends a webhook, and forgets what became of its events.',
  })
  deleteWebhook(@Input() input: DeleteWebhookInput, @Ctx() context: Context): Promise<DeleteWebhookPayload> {
    const caller = mutationContext(context);
    return payloadOf<DeleteWebhookPayload>({ deletedId: null }, async () => ({
      deletedId: await deleteWebhook(caller, input.webhookId),
    }));
  }

  @Mutation(() => WebhookSecretPayload, {
    description: 'Gives a webhook another secret; for a while messages carry the signatures of both.',
  })
  rotateWebhookSecret(@Input() input: RotateWebhookSecretInput, @Ctx() context: Context) {
    const caller = mutationContext(context);
    return payloadOf<WebhookSecretPayload>({ webhook: null, secret: null }, () =>
      rotateWebhookSecret(caller, input),
    );
  }

  @Mutation(() => WebhookPayload, { description: 'Posts a message of the type `webhook.test`.' })
  sendTestEvent(@Input() input: SendTestEventInput, @Ctx() context: Context) {
    return WebhookPayload.of(context, caller => sendTestEvent(caller, input.webhookId));
  }

  @Mutation(() => WebhookPayload, {
    description: 'Lets a webhook get everything that followed a cursor, again or for the first time.',
  })
  redeliverSince(@Input() input: RedeliverSinceInput, @Ctx() context: Context) {
    return WebhookPayload.of(context, caller => redeliverSince(caller, input));
  }

  @FieldResolver(() => Account, { description: 'Whose it is.' })
  account(@Root() { accountId }: Webhook, @Ctx() { load }: Context): Promise<Account> {
    return load.account.load(accountId);
  }

  @FieldResolver(() => User, { description: 'Who made it.' })
  createdBy(@Root() { createdById }: Webhook, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(createdById);
  }
}

@Resolver(() => WebhookDelivery)
export class WebhookDeliveryResolver {
  @Query(() => WebhookDeliveryConnection, {
    description: 'What became of the events of a webhook, newest first.',
  })
  async webhookDeliveries(
    @Arg('webhookId', () => ID, { description: 'The webhook.' }) webhookId: string,
    @Arg('states', () => [WebhookDeliveryState], nullable('Only in these states.'))
    states: WebhookDeliveryState[] | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return WebhookDeliveryConnection.of(await findDeliveriesPage(db, actor, webhookId, states, page));
  }

  @Mutation(() => WebhookDeliveryPayload, {
    description: 'Makes a delivery again, or one that waits for its next attempt at once.',
  })
  redeliver(@Input() input: RedeliverInput, @Ctx() context: Context) {
    return WebhookDeliveryPayload.of(context, caller => redeliver(caller, input.deliveryId));
  }

  @FieldResolver(() => Webhook, { description: 'Whose it is.' })
  async webhook(@Root() { webhookId }: WebhookDelivery, @Ctx() context: Context): Promise<Webhook> {
    return required(await loadVisible(requireActor(context), Webhook, webhookId));
  }

  @FieldResolver(() => StreamCursorScalar, { description: 'Of the event: streams take it as `after` too.' })
  cursor(@Root() { seq }: WebhookDelivery, @Ctx() { events }: Context): string {
    return encodeCursor(events.cachedPositionAt(seq), LOG_KEY);
  }
}
