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
@NodeType('An address that the events of an account are posted to, signed: see docs/webhooks.md.')
@Index(['accountId', 'id'])
@Index(['state', 'readFrom'])
export class Webhook extends Node {
  @Field(() => Int, { description: 'For `expectedVersion`.' })
  @IntColumn()
  version!: number;

  @RefColumn()
  @ForeignKey(() => Account)
  accountId!: string;

  @RefColumn()
  @ForeignKey(() => User)
  createdById!: string;

  @Field({ description: 'Where events are posted to.' })
  @TextColumn({ length: 2000 })
  url!: string;

  @Field(() => String, nullable('For people: what it is for.'))
  @TextColumn({ nullable: true })
  description!: string | null;

  @Field(() => [String], {
    description: 'Types of events that it gets, like `order.completed` or `order.*`; empty for all of them.',
  })
  @EventTypesColumn()
  eventTypes!: string[];

  @Field(() => WebhookState, { description: 'Whether events are posted.' })
  @EnumColumn()
  state!: WebhookState;

  @Field(() => String, nullable('Why it is DISABLED, for people; null while it is not.'))
  @TextColumn({ nullable: true, length: 1000 })
  disabledReason!: string | null;

  @Field(() => DateTimeScalar, nullable('Since when it is DISABLED.'))
  @DateTimeColumn({ nullable: true })
  disabledAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when every attempt has failed; null after one that has not. After some days it is disabled.',
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
    description: 'Until when messages carry a signature of the secret before the last too.',
  })
  @DateTimeColumn({ nullable: true })
  previousSecretUntil!: Date | null;

  /** Last event queued for a webhook that catches up by itself. Null for one that follows the log. */
  @SeqColumn({ nullable: true })
  readFrom!: number | null;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  @DateTimeColumn()
  createdAt!: Date;

  /** Time of deletion. The rows are removed after the retention period. */
  @DateTimeColumn({ nullable: true })
  deletedAt!: Date | null;
}

/** Delivery of one event to one webhook. Every attempt sends the same body: events never change. */
@Entity('deliveries')
@NodeType('One event for one webhook, with what became of it. Its id is the `webhook-id` of every attempt.')
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

  @Field({ description: 'Of the event: `order.completed`.' })
  @EventTypeColumn()
  eventType!: string;

  @Field(() => WebhookDeliveryState, { description: 'What became of it.' })
  @EnumColumn()
  state!: WebhookDeliveryState;

  @Field(() => Int, { description: 'Attempts made since it was queued, or since it was last redelivered.' })
  @IntColumn()
  attempts!: number;

  @Field(() => Int, nullable('HTTP status of the last answer; null where there was none.'))
  @IntColumn({ nullable: true })
  responseStatus!: number | null;

  @Field(() => String, nullable('What was wrong with the last attempt; null where nothing was.'))
  @TextColumn({ nullable: true, length: 1000 })
  error!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was queued.' })
  @DateTimeColumn()
  createdAt!: Date;

  @Field(() => DateTimeScalar, nullable('When the first attempt began.'))
  @DateTimeColumn({ nullable: true })
  firstAttemptAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it is tried again; null where it is over, or waits for another of its subscription.',
  })
  @DateTimeColumn({ nullable: true })
  nextAttemptAt!: Date | null;

  @Field(() => DateTimeScalar, nullable('When the receiver took it.'))
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
