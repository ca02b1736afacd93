import { Column, Entity, Index } from 'typeorm';
import { DateTimeColumn, EventTypeColumn, JsonColumn, RefColumn, TextColumn } from './columns';

/**
 * Event of the log, written in the transaction of its change and never changed except for `seq`. `id` is not a
 * cursor: a transaction with a lower id can commit later. The sequencer numbers committed events densely, in the
 * order in which readers get them.
 */
@Entity('events')
@Index(['seq'], { unique: true })
@Index(['orderId', 'seq'])
@Index(['subscriptionId', 'seq'])
@Index('events_by_account', ['accountId', 'seq'])
@Index('events_by_user', ['userId', 'seq'])
@Index('events_by_type', ['type', 'seq'])
export class DomainEvent {
  @Column({ type: 'bigint', primary: true, generated: 'increment', insert: false })
  id!: number;

  @Column({ type: 'bigint', nullable: true, insert: false })
  seq!: number | null;

  @EventTypeColumn()
  type!: string;

  @DateTimeColumn()
  occurredAt!: Date;

  /** User who caused the event. Null for the system. */
  @RefColumn({ nullable: true })
  userId!: string | null;

  /** Recipient account. Together with the reseller it decides who can see the event. */
  @RefColumn({ nullable: true })
  accountId!: string | null;

  @RefColumn({ nullable: true })
  resellerId!: string | null;

  @RefColumn({ nullable: true })
  orderId!: string | null;

  @RefColumn({ nullable: true })
  subscriptionId!: string | null;

  @RefColumn({ nullable: true })
  operationId!: string | null;

  @RefColumn({ nullable: true })
  requestId!: string | null;

  @RefColumn({ nullable: true })
  changeId!: string | null;

  /** One sentence for the audit trail and for streams. */
  @TextColumn({ length: 1000 })
  message!: string;

  /** Values that depend on the type of the event. */
  @JsonColumn()
  data!: Record<string, unknown>;
}

/** Last `seq` that was assigned, in one row. Its lock fences sequencers from each other. */
@Entity('sequencer')
export class Sequencer {
  @Column({ type: 'tinyint', primary: true })
  id!: number;

  @Column({ type: 'bigint' })
  last!: number;

  /** Last event whose charge has its number. Behind `last` only after a process of a version without charges. */
  @Column({ type: 'bigint', default: 0 })
  charged!: number;
}
