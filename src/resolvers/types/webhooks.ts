import { Field, ID, InputType, Int } from 'type-graphql';
import { StreamCursorScalar, WebhookState } from '../../entities';
import { OPTIONAL_KEY, Optional, VersionedInput } from './fields';

const WEBHOOK = 'Id of the webhook.';
const EVENT_TYPES =
  'Event types to receive: `order.completed`, or a group such as `order.*`. An empty list means all types.';

@InputType({ description: 'Webhook to create.' })
export class CreateWebhookInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: 'URL that receives the events: https, and reachable from the internet.' })
  url!: string;

  @Optional(
    () => ID,
    "Id of the account that owns the webhook. Defaults to the viewer's account. Only administrators can set another.",
  )
  accountId?: string | null;

  @Optional(
    () => Boolean,
    'True for a webhook that receives the events of every account, without `accountId`. Administrators only.',
  )
  everyAccount?: boolean | null;

  @Optional(() => String, 'Human-readable description, up to 200 characters.')
  description?: string | null;

  @Optional(() => [String], EVENT_TYPES)
  eventTypes?: string[] | null;

  @Optional(
    () => StreamCursorScalar,
    'Cursor of another webhook, or of a stream without a filter. The webhook receives the events that follow it. Defaults to now.',
  )
  after?: string | null;
}

@InputType({ description: 'Changes of a webhook. Omitted fields keep their value.' })
export class UpdateWebhookInput extends VersionedInput {
  @Field(() => ID, { description: WEBHOOK })
  webhookId!: string;

  @Optional(() => String, 'URL that receives the events.')
  url?: string | null;

  @Optional(() => String, 'Human-readable description. Null clears it.')
  description?: string | null;

  @Optional(() => [String], EVENT_TYPES)
  eventTypes?: string[] | null;

  @Optional(
    () => WebhookState,
    'New state. DISABLED holds events back. ENABLED resumes at the same position, with every event that is still stored.',
  )
  state?: WebhookState | null;
}

@InputType({ description: 'Webhook to delete.' })
export class DeleteWebhookInput {
  @Field(() => ID, { description: WEBHOOK })
  webhookId!: string;
}

@InputType({ description: 'Webhook whose secret is rotated.' })
export class RotateWebhookSecretInput {
  @Field(() => ID, { description: WEBHOOK })
  webhookId!: string;

  @Field(() => Int, {
    defaultValue: 24,
    description: 'Hours for which messages also carry a signature of the previous secret, from 0 to 168.',
  })
  keepPreviousForHours!: number;
}

@InputType({ description: 'Webhook that receives a test event.' })
export class SendTestEventInput {
  @Field(() => ID, { description: WEBHOOK })
  webhookId!: string;
}

@InputType({ description: 'Delivery to repeat.' })
export class RedeliverInput {
  @Field(() => ID, { description: 'Id of the delivery.' })
  deliveryId!: string;
}

@InputType({ description: 'Webhook, and the range of events that are sent again.' })
export class RedeliverSinceInput {
  @Field(() => ID, { description: WEBHOOK })
  webhookId!: string;

  @Field(() => StreamCursorScalar, {
    description:
      'Cursor of a message to a webhook, or of a stream without a filter. The events that follow it are sent.',
  })
  after!: string;

  @Optional(
    () => StreamCursorScalar,
    'Cursor of the last event to send (inclusive), later than `after`. Defaults to the end of the log.',
  )
  until?: string | null;
}
