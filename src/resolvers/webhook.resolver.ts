import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
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
import { eventTypes } from '../services/lists/event-types';
import { createWebhook } from '../services/webhooks/create-webhook';
import { redeliver, sendTestEvent } from '../services/webhooks/redeliver';
import { redeliverSince } from '../services/webhooks/redeliver-since';
import { rotateWebhookSecret } from '../services/webhooks/rotate-webhook-secret';
import { deleteWebhook, updateWebhook } from '../services/webhooks/update-webhook';
import { findDeliveriesPage, findWebhooksPage } from '../store';
import { loadVisible } from './load-visible';
import { required } from './per-context';
import { WebhookConnection, WebhookDeliveryConnection } from './types/connection';
import { Input } from './types/fields';
import { PageArgs } from './types/page-args';
import { changedObject, objectPayload, PayloadMutation, payloadOf } from './types/payloads';
import { EventTypeInfo } from './types/shown';
import {
  CreateWebhookInput,
  DeleteWebhookInput,
  RedeliverInput,
  RedeliverSinceInput,
  RotateWebhookSecretInput,
  SendTestEventInput,
  UpdateWebhookInput,
} from './types/webhooks';

const WEBHOOK = { webhook: changedObject(Webhook) };
const WEBHOOK_WITH_SECRET = {
  ...WEBHOOK,
  secret: {
    type: () => String,
    description:
      'Secret that signs the messages (`whsec_…`), see docs/webhooks.md. Shown once. Null if the call repeats an idempotency key.',
  },
};
const DELETED = {
  deletedId: {
    type: () => ID,
    description: 'Id of the deleted webhook. Null if the mutation was rejected.',
  },
};
const DELIVERY = { delivery: changedObject(WebhookDelivery) };

@Resolver(() => Webhook)
export class WebhookResolver {
  @Query(() => WebhookConnection, {
    description: "Webhooks of the viewer's account, newest first. Administrators see all.",
  })
  async webhooks(
    @Arg('accountId', () => ID, nullable('Id of the account to filter by.')) accountId: string | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return WebhookConnection.of(await findWebhooksPage(db, actor, accountId, page));
  }

  @Query(() => [EventTypeInfo], { description: 'Event types that webhooks can receive.' })
  eventTypes(): readonly EventTypeInfo[] {
    return eventTypes;
  }

  @PayloadMutation(
    WEBHOOK_WITH_SECRET,
    'Creates a webhook, which posts the events of an account, or of every account, to a URL. The secret is shown once.',
  )
  createWebhook(@Input() input: CreateWebhookInput, @Ctx() context: Context) {
    const caller = mutationContext(context);
    return payloadOf(() => createWebhook(caller, input));
  }

  @PayloadMutation(WEBHOOK, 'Updates, disables or enables a webhook.')
  updateWebhook(@Input() input: UpdateWebhookInput, @Ctx() context: Context) {
    return objectPayload('webhook', context, caller => updateWebhook(caller, input));
  }

  @PayloadMutation(DELETED, 'Deletes a webhook and its deliveries.')
  deleteWebhook(@Input() input: DeleteWebhookInput, @Ctx() context: Context) {
    const caller = mutationContext(context);
    return payloadOf(async () => ({
      deletedId: await deleteWebhook(caller, input.webhookId),
    }));
  }

  @PayloadMutation(
    WEBHOOK_WITH_SECRET,
    'Rotates the secret of a webhook. For `keepPreviousForHours`, messages carry the signatures of both secrets.',
  )
  rotateWebhookSecret(@Input() input: RotateWebhookSecretInput, @Ctx() context: Context) {
    const caller = mutationContext(context);
    return payloadOf(() => rotateWebhookSecret(caller, input));
  }

  @PayloadMutation(WEBHOOK, 'Sends a message of the type `webhook.test` to a webhook.')
  sendTestEvent(@Input() input: SendTestEventInput, @Ctx() context: Context) {
    return objectPayload('webhook', context, caller => sendTestEvent(caller, input.webhookId));
  }

  @PayloadMutation(
    WEBHOOK,
    'Sends the events that follow a cursor to a webhook, including events that it has received before. `until` ends the range.',
  )
  redeliverSince(@Input() input: RedeliverSinceInput, @Ctx() context: Context) {
    return objectPayload('webhook', context, caller => redeliverSince(caller, input));
  }

  @FieldResolver(
    () => Account,
    nullable('Account that owns the webhook. Null for a webhook of every account.'),
  )
  account(@Root() { accountId }: Webhook, @Ctx() { load }: Context): Promise<Account> | null {
    return accountId === null ? null : load.account.load(accountId);
  }

  @FieldResolver(() => Boolean, {
    description: 'True if the webhook receives the events of every account, as the distributor sees them.',
  })
  everyAccount(@Root() { accountId }: Webhook): boolean {
    return accountId === null;
  }

  @FieldResolver(() => User, {
    description:
      'User who created the webhook. A webhook of every account is DISABLED when this user is no longer an administrator, and belongs to the administrator who enables it.',
  })
  createdBy(@Root() { createdById }: Webhook, @Ctx() { load }: Context): Promise<User> {
    return load.user.load(createdById);
  }
}

@Resolver(() => WebhookDelivery)
export class WebhookDeliveryResolver {
  @Query(() => WebhookDeliveryConnection, {
    description: 'Deliveries of a webhook, newest first.',
  })
  async webhookDeliveries(
    @Arg('webhookId', () => ID, { description: 'Id of the webhook.' }) webhookId: string,
    @Arg('states', () => [WebhookDeliveryState], nullable('States to include. Defaults to all.'))
    states: WebhookDeliveryState[] | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return WebhookDeliveryConnection.of(await findDeliveriesPage(db, actor, webhookId, states, page));
  }

  @PayloadMutation(
    DELIVERY,
    'Repeats a delivery. A delivery that waits for its next attempt is attempted at once.',
  )
  redeliver(@Input() input: RedeliverInput, @Ctx() context: Context) {
    return objectPayload('delivery', context, caller => redeliver(caller, input.deliveryId));
  }

  @FieldResolver(() => Webhook, { description: 'Webhook that receives the event.' })
  async webhook(@Root() { webhookId }: WebhookDelivery, @Ctx() context: Context): Promise<Webhook> {
    return required(await loadVisible(requireActor(context), Webhook, webhookId));
  }

  @FieldResolver(() => StreamCursorScalar, {
    description: 'Cursor of the event. Streams accept it as `after`.',
  })
  cursor(@Root() { seq }: WebhookDelivery, @Ctx() { events }: Context): string {
    return encodeCursor(events.cachedPositionAt(seq), LOG_KEY);
  }
}
