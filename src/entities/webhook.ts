import { Field, Int } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Account } from './account';
import {
  CodeColumn,
  DateTimeColumn,
  EnumColumn,
  EventTypeColumn,
  EventTypesColumn,
  IdColumn,
  IntColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { WebhookDeliveryState, WebhookState } from './enums';
import { nullable } from './fields';
import { Node, NodeType } from './node';
import { DateTimeScalar } from './scalars';
import { User } from './user';

/** Position in the event log: the number of an event. */
const SeqColumn = (options: { nullable?: boolean } = {}) => Column({ type: 'bigint', ...options });

/** Encrypted secret: see `webhooks/secrets.ts`. */
const SecretColumn = (options: { nullable?: boolean } = {}) =>
  Column({ type: 'varchar', length: 255, charset: 'ascii', collation: 'ascii_bin', ...options });

/** Endpoint that receives the events of an account. */
@Entity('webhooks')
@NodeType('A URL that receives the signed events of an account, see docs/webhooks.md.')
@Index(['accountId', 'id'])
@Index(['state', 'readFrom'])
export class Webhook extends Node {
  @Field(() => Int, {
    description: 'Increments with every change. Pass it as `expectedVersion` to reject concurrent edits.',
  })
  @IntColumn()
  version!: number;

  @RefColumn()
  @ForeignKey(() => Account)
  accountId!: string;

  @RefColumn()
  @ForeignKey(() => User)
  createdById!: string;

  @Field({ description: 'URL that receives the events.' })
  @TextColumn({ length: 2000 })
  url!: string;

  @Field(() => String, nullable('Human-readable description.'))
  @TextColumn({ nullable: true })
  description!: string | null;

  @Field(() => [String], {
    description:
      'Event types that the webhook receives, such as `order.completed` or `order.*`. Empty for all types.',
  })
  @EventTypesColumn()
  eventTypes!: string[];

  @Field(() => WebhookState, { description: 'State of the webhook.' })
  @EnumColumn()
  state!: WebhookState;

  @Field(
    () => String,
    nullable('Human-readable reason why the webhook is DISABLED. Null while it is ENABLED.'),
  )
  @TextColumn({ nullable: true, length: 1000 })
  disabledReason!: string | null;

  @Field(() => DateTimeScalar, nullable('Time at which the webhook was disabled. Null while it is ENABLED.'))
  @DateTimeColumn({ nullable: true })
  disabledAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Time since which every attempt has failed. Null after a successful attempt. After some days of failures the webhook is disabled.',
  })
  @DateTimeColumn({ nullable: true })
  failingSince!: Date | null;

  @SecretColumn()
  secret!: string;

  /** Previous secret, which also signs until `previousSecretUntil`. */
  @SecretColumn({ nullable: true })
  previousSecret!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Time until which messages also carry a signature of the previous secret. Null if they do not.',
  })
  @DateTimeColumn({ nullable: true })
  previousSecretUntil!: Date | null;

  /** Last event queued for a webhook that catches up by itself. Null for one that follows the log. */
  @SeqColumn({ nullable: true })
  readFrom!: number | null;

  @Field(() => DateTimeScalar, { description: 'Time of creation.' })
  @DateTimeColumn()
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
  @RefColumn()
  @ForeignKey(() => Webhook)
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

  @Field(() => WebhookDeliveryState, { description: 'State of the delivery.' })
  @EnumColumn()
  state!: WebhookDeliveryState;

  @Field(() => Int, { description: 'Number of attempts since the delivery was queued or last redelivered.' })
  @IntColumn()
  attempts!: number;

  @Field(() => Int, nullable('HTTP status of the last response. Null if there was none.'))
  @IntColumn({ nullable: true })
  responseStatus!: number | null;

  @Field(() => String, nullable('Error of the last attempt. Null if it succeeded.'))
  @TextColumn({ nullable: true, length: 1000 })
  error!: string | null;

  @Field(() => DateTimeScalar, { description: 'Time at which the delivery was queued.' })
  @DateTimeColumn()
  createdAt!: Date;

  @Field(() => DateTimeScalar, nullable('Start of the first attempt. Null until then.'))
  @DateTimeColumn({ nullable: true })
  firstAttemptAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Time of the next attempt. Null if the delivery is finished, or waits for another delivery of its subscription.',
  })
  @DateTimeColumn({ nullable: true })
  nextAttemptAt!: Date | null;

  @Field(() => DateTimeScalar, nullable('Time at which the receiver accepted the delivery. Null until then.'))
  @DateTimeColumn({ nullable: true })
  deliveredAt!: Date | null;
}

/**
 * Queue of the deliveries of one webhook about one subject, as a job. Exists while deliveries are pending. One worker
 * at a time claims it, which keeps the order.
 */
@Entity('delivery_queues')
@Unique('one_queue_of_a_subject', ['webhookId', 'subject'])
@Index(['dueAt'])
export class DeliveryQueue {
  @IdColumn()
  id!: string;

  @RefColumn()
  @ForeignKey(() => Webhook)
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
