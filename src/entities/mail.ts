import { Column, Entity, Index } from 'typeorm';
import { CodeColumn, DateTimeColumn, EnumColumn, IntColumn, JsonColumn, RefColumn } from './columns';
import { type MailLane, MailState } from './enums';
import { Node, NodeType } from './node';
import { DateTimeField, EnumField, IntField, TextField } from './shown-columns';

/**
 * Mail of the outbox, inserted in the transaction of its cause and delivered as a job. The body is written at delivery from
 * the template and its facts, so that no token is stored.
 */
@Entity('mails')
@NodeType('A mail that the gateway sends.')
@Index('mails_by_due_time', ['dueAt'])
@Index('mails_by_state', ['state', 'id'])
@Index('mails_by_recipient', ['to'])
@Index('mails_by_creation', ['createdAt'])
@Index('one_mail_of_a_cause', ['cause'], { unique: true })
export class Mail extends Node {
  @TextField('E-mail address of the recipient.')
  to!: string;

  /** User to whom it is sent. Null for an address without one. */
  @RefColumn({ nullable: true })
  userId!: string | null;

  @TextField('Subject.')
  subject!: string;

  /** Name of the template in `mail/templates`. */
  @CodeColumn()
  template!: string;

  /** Language of the template, as a BCP 47 tag. */
  @CodeColumn()
  locale!: string;

  /** Values for the template. Never a token. */
  @JsonColumn()
  facts!: Record<string, unknown>;

  /** Event, request or sign-in that it reports, with the recipient: prevents a second mail. Null where there is no such key. */
  @Column({ type: 'varchar', length: 120, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  cause!: string | null;

  @EnumColumn()
  lane!: MailLane;

  @EnumField(() => MailState, 'State of the mail.')
  state!: MailState;

  @IntField('Number of attempts since the mail was queued or last sent again.')
  attempts!: number;

  /** Number of times that it was queued. Part of the Message-ID, so that a mail that is sent again is no duplicate. */
  @IntColumn()
  sendings!: number;

  @TextField('Error of the last attempt. Null if it succeeded, or before the first attempt.', {
    nullable: true,
    length: 1000,
  })
  error!: string | null;

  @DateTimeField('Time at which the mail was queued.')
  createdAt!: Date;

  /** Start of the first attempt of this sending. */
  @DateTimeColumn({ nullable: true })
  firstAttemptAt!: Date | null;

  @DateTimeField('Time at which the mail server accepted the mail. Null until then.', { nullable: true })
  sentAt!: Date | null;

  /** Time of the next attempt, or expiry of the lease. Null when it is sent or given up. */
  @DateTimeColumn({ nullable: true })
  dueAt!: Date | null;

  @IntColumn()
  token!: number;

  /** Claims since the last result. A mail that exceeds the limit is a poison message. */
  @IntColumn()
  claims!: number;

  /** Worker that holds the claim. */
  @CodeColumn({ nullable: true, length: 64 })
  owner!: string | null;
}

/** Number of the last event whose mails are queued, in one row. Its lock is the fence. */
@Entity('mail_position')
export class MailPosition {
  @Column({ type: 'tinyint', primary: true })
  id!: number;

  @Column({ type: 'bigint' })
  last!: number;
}
