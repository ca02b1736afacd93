import { Field, ID, InputType, Int } from 'type-graphql';
import {
  nullable,
  SimpleType,
  StreamCursorScalar,
  Webhook,
  WebhookDelivery,
  WebhookState,
} from '../../entities';
import { OPTIONAL_KEY, Optional } from './fields';
import { definePayload, Payload } from './payloads';

const WEBHOOK = 'The webhook.';
const CHANGED = 'As it is now; null where nothing was done.';
const EVENT_TYPES =
  'Types of events that it is to get: `order.completed`, or a group like `order.*`; none means all of them.';

@InputType({ description: 'What a webhook is to be.' })
export class CreateWebhookInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: 'Where events are posted to: an https address that the internet can reach.' })
  url!: string;

  @Field(() => ID, nullable("Whose it is; the viewer's own account unless an administrator says otherwise."))
  accountId?: string | null;

  @Field(() => String, nullable('For people: what it is for. Up to 200 characters.'))
  description?: string | null;

  @Field(() => [String], nullable(EVENT_TYPES))
  eventTypes?: string[] | null;

  @Field(() => StreamCursorScalar, {
    nullable: true,
    description:
      'Begin behind this cursor of another webhook, or of a stream without a filter; with now otherwise.',
  })
  after?: string | null;
}

@InputType({ description: 'Changes of a webhook; what is left out stays as it is.' })
export class UpdateWebhookInput {
  @Field(() => ID, { description: WEBHOOK })
  webhookId!: string;

  @Field(() => String, nullable('Where events are posted to.'))
  url?: string | null;

  @Field(() => String, nullable('For people: what it is for; null for nothing.'))
  description?: string | null;

  @Field(() => [String], nullable(EVENT_TYPES))
  eventTypes?: string[] | null;

  @Field(() => WebhookState, {
    nullable: true,
    description:
      'DISABLED lets events wait; ENABLED goes on where it was, with everything that is still kept.',
  })
  state?: WebhookState | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that you read; the change is refused when it is no longer that one.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'Which webhook is to be deleted.' })
export class DeleteWebhookInput {
  @Field(() => ID, { description: WEBHOOK })
  webhookId!: string;
}

@InputType({ description: 'Which webhook is to have another secret.' })
export class RotateWebhookSecretInput {
  @Field(() => ID, { description: WEBHOOK })
  webhookId!: string;

  @Field(() => Int, {
    defaultValue: 24,
    description: 'For how many hours messages carry a signature of the secret before too: from 0 to 168.',
  })
  keepPreviousForHours!: number;
}

@InputType({ description: 'Which webhook is to get a test.' })
export class SendTestEventInput {
  @Field(() => ID, { description: WEBHOOK })
  webhookId!: string;
}

@InputType({ description: 'Which delivery is to be made again.' })
export class RedeliverInput {
  @Field(() => ID, { description: 'The delivery.' })
  deliveryId!: string;
}

@InputType({ description: 'From where on a webhook is to get everything again.' })
export class RedeliverSinceInput {
  @Field(() => ID, { description: WEBHOOK })
  webhookId!: string;

  @Field(() => StreamCursorScalar, {
    description:
      'What followed this cursor is sent: of a message to a webhook, or of a stream without a filter.',
  })
  after!: string;
}

export const WebhookPayload = definePayload('webhook', Webhook, 'What became of a webhook.');

@SimpleType('A webhook with its new secret.')
export class WebhookSecretPayload extends Payload {
  @Field(() => Webhook, nullable(CHANGED))
  webhook!: Webhook | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Signs the messages (`whsec_…`): see docs/webhooks.md. Shown this once. Null where the call repeats an idempotency key.',
  })
  secret!: string | null;
}

@SimpleType('What became of the wish to delete a webhook.')
export class DeleteWebhookPayload extends Payload {
  @Field(() => ID, nullable('Of what was deleted; null where nothing was done.'))
  deletedId!: string | null;
}

export const WebhookDeliveryPayload = definePayload(
  'delivery',
  WebhookDelivery,
  'What became of a delivery.',
  { name: 'WebhookDelivery' },
);
