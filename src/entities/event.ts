import { Column, Entity, Index } from 'typeorm';
import { DateTimeColumn, EventTypeColumn, JsonColumn, RefColumn, TextColumn } from './columns';

/**
 * Something that happened, written in the transaction of the change that it tells of and never changed but for its
 * number. `id` only keeps the rows apart: it is no cursor, for a transaction that began earlier may commit later. The
 * sequencer gives committed events their `seq`, dense and in the order in which readers get them.
 */
@Entity('events')
@Index(['seq'], { unique: true })
@Index(['orderId', 'seq'])
@Index(['subscriptionId', 'seq'])
export class DomainEvent {
  @Column({ type: 'bigint', primary: true, generated: 'increment', insert: false })
  id!: number;

  @Column({ type: 'bigint', nullable: true, insert: false })
  seq!: number | null;

  @EventTypeColumn()
  type!: string;

  @DateTimeColumn()
  occurredAt!: Date;

  /** Who did it; null for the system itself. */
  @RefColumn({ nullable: true })
  userId!: string | null;

  /** Whose it is: the recipient and its reseller decide who may see it. */
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

  /** A sentence for a person. */
  @TextColumn({ length: 1000 })
  message!: string;

  /** What the type of event adds. */
  @JsonColumn()
  data!: Record<string, unknown>;
}

/** One row: the last `seq` given. Its lock is the fence between sequencers. */
@Entity('sequencer')
export class Sequencer {
  @Column({ type: 'tinyint', primary: true })
  id!: number;

  @Column({ type: 'bigint' })
  last!: number;
}
