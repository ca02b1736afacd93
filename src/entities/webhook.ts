import { Field } from 'type-graphql';
import { Column, Entity, Index, Unique } from 'typeorm';
import { Account } from './account';
import {
  CodeColumn,
  DateTimeColumn,
  EventTypeColumn,
  EventTypesColumn,
  ForeignColumn,
  IdColumn,
  IntColumn,
  RefColumn,
} from './columns';
import { WebhookDeliveryState, WebhookState } from './enums';
import { Node, NodeType } from './node';
import { DateTimeField, EnumField, IntField, TextField, VersionField } from './shown-columns';
import { User } from './user';

/** Position in the event log: the number of an event. */
const SeqColumn = (options: { nullable?: boolean } = {}) => Column({ type: 'bigint', ...options });

/** Encrypted secret: see `webhooks/secrets.ts`. */
const SecretColumn = (options: { nullable?: boolean } = {}) =>
  Column({ type: 'varchar', length: 255, charset: 'ascii', collation: 'ascii_bin', ...options });

/** Endpoint that receives the events of an account, or of every account. */
@Entity('webhooks')
@NodeType('A URL that receives the signed events of an account, or of every account, see docs/webhooks.md.')
@Index(['accountId', 'id'])
@Index(['state', 'readFrom'])
@Index('webhooks_by_replay', ['state', 'replayFrom'])
export class Webhook extends Node {
  @VersionField()
  version!: number;

  /** Null for a webhook of every account. */
  @ForeignColumn(() => Account, { nullable: true })
  accountId!: string | null;

  @ForeignColumn(() => User)
  createdById!: string;

  @TextField('URL that receives the events.', { length: 2000 })
  url!: string;

  @TextField('Human-readable description.', { nullable: true })
  description!: string | null;

  @Field(() => [String], {
    description:
      'Event types that the webhook receives, such as `order.completed` or `order.*`. Empty for all types.',
  })
  @EventTypesColumn()
  eventTypes!: string[];

  @EnumField(() => WebhookState, 'State of the webhook.')
  state!: WebhookState;

  @TextField('Human-readable reason why the webhook is DISABLED. Null while it is ENABLED.', {
    nullable: true,
    length: 1000,
  })
  disabledReason!: string | null;

  @DateTimeField('Time at which the webhook was disabled. Null while it is ENABLED.', { nullable: true })
  disabledAt!: Date | null;

  @DateTimeField(
    'Time since which every attempt has failed. Null after a successful attempt. After some days of failures the webhook is disabled.',
    { nullable: true },
  )
  failingSince!: Date | null;

  @SecretColumn()
  secret!: string;

  /** Previous secret, which also signs until `previousSecretUntil`. */
  @SecretColumn({ nullable: true })
  previousSecret!: string | null;

  @DateTimeField(
    'Time until which messages also carry a signature of the previous secret. Null if they do not.',
    { nullable: true },
  )
  previousSecretUntil!: Date | null;

  /** Last event queued for a webhook that catches up by itself. Null for one that follows the log. */
  @SeqColumn({ nullable: true })
  readFrom!: number | null;

  /** Position in the range of events that are sent again. Null without a range. */
  @SeqColumn({ nullable: true })
  replayFrom!: number | null;

  /** Last event of that range. */
  @SeqColumn({ nullable: true })
  replayUntil!: number | null;

  @DateTimeField('Time of creation.')
  createdAt!: Date;

  /** Time of deletion. The rows are removed after the retention period. */
  @DateTimeColumn({ nullable: true })
  deletedAt!: Date | null;
}

/** Delivery of one event to one webhook. Every attempt sends the same body: events never change. */
@Entity('deliveries')
@NodeType('The delivery of one event to one webhook. Its id is the `webhook-id` of every attempt.')
@Unique('one_delivery_of_an_event', ['webhookId', 'seq'])
@Index(['webhookId', 'id'])
@Index(['webhookId', 'subject', 'state', 'seq'])
@Index(['createdAt'])
export class WebhookDelivery extends Node {
  @ForeignColumn(() => Webhook)
  webhookId!: string;

  /** Number of the event. */
  @SeqColumn()
  seq!: number;

  /** Ordering key: the subscription of the event, or else its order, or its request. */
  @RefColumn()
  subject!: string;

  @Field({ description: 'Type of the event: `order.completed`.' })
  @EventTypeColumn()
  eventType!: string;

  @EnumField(() => WebhookDeliveryState, 'State of the delivery.')
  state!: WebhookDeliveryState;

  @IntField('Number of attempts since the delivery was queued or last redelivered.')
  attempts!: number;

  @IntField('HTTP status of the last response. Null if there was none.', { nullable: true })
  responseStatus!: number | null;

  @TextField('Error of the last attempt. Null if it succeeded.', { nullable: true, length: 1000 })
  error!: string | null;

  @DateTimeField('Time at which the delivery was queued.')
  createdAt!: Date;

  @DateTimeField('Start of the first attempt. Null until then.', { nullable: true })
  firstAttemptAt!: Date | null;

  @DateTimeField(
    'Time of the next attempt. Null if the delivery is finished, or waits for another delivery of its subscription.',
    { nullable: true },
  )
  nextAttemptAt!: Date | null;

  @DateTimeField('Time at which the receiver accepted the delivery. Null until then.', { nullable: true })
  deliveredAt!: Date | null;
}

/** Pending deliveries of one webhook about one subject, as a job: one worker at a time keeps their order. */
@Entity('delivery_queues')
@Unique('one_queue_of_a_subject', ['webhookId', 'subject'])
@Index(['dueAt'])
export class DeliveryQueue {
  @IdColumn()
  id!: string;

  @ForeignColumn(() => Webhook)
  webhookId!: string;

  @RefColumn()
  subject!: string;

  /** Time of the next attempt, or expiry of the lease. Null while the webhook is disabled. */
  @DateTimeColumn({ nullable: true })
  dueAt!: Date | null;

  @IntColumn()
  token!: number;

  /** Claims since the last progress. A queue that exceeds the limit is a poison message. */
  @IntColumn()
  claims!: number;

  /** Worker that holds the claim. */
  @CodeColumn({ nullable: true, length: 64 })
  owner!: string | null;
}

/** Number of the last event queued for all webhooks that follow the log, in one row. Its lock is the fence. */
@Entity('webhook_position')
export class WebhookPosition {
  @Column({ type: 'tinyint', primary: true })
  id!: number;

  @SeqColumn()
  last!: number;
}
