import { Entity, Index } from 'typeorm';
import { Account } from './account';
import {
  DateTimeColumn,
  EmailColumn,
  ForeignColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { type Notification, Role } from './enums';
import { Node, NodeType } from './node';
import { TextField } from './shown-columns';

/** User of an account, or BSS staff. Has exactly one open basket if it has an account. */
@Entity('users')
@NodeType('A user who signs in, or the user of an API key.')
@Index(['name'])
@Index('users_by_account_and_name', ['accountId', 'name'])
@Index('users_by_deputy', ['deputyId'])
export class User extends Node {
  @TextField('Display name.')
  name!: string;

  @EmailColumn()
  email!: string;

  @JsonColumn()
  roles!: Role[];

  @ForeignColumn(() => Account, { nullable: true })
  accountId!: string | null;

  /** `scrypt$N$r$p$salt$hash`, the last two in base64. */
  @TextColumn()
  passwordHash!: string;

  /** Incremented by changes that end all sessions. Tokens carry the version at which they were issued. */
  @IntColumn({ default: 0 })
  sessionVersion!: number;

  /** Expiry of a temporary password, which only allows its user to choose another. Null for any other password. */
  @DateTimeColumn({ nullable: true })
  oneTimeUntil!: Date | null;

  /** Increments with every change that an administrator makes. */
  @IntColumn({ default: 1 })
  version!: number;

  /** Time of deactivation. Null while the user can sign in. */
  @DateTimeColumn({ nullable: true })
  deactivatedAt!: Date | null;

  /** Mails that the user has turned off. Null for none. */
  @JsonColumn({ nullable: true })
  mutedNotifications!: Notification[] | null;

  /** Member of BSS staff who acts for this account manager from `deputyFrom` until `deputyUntil`. */
  @RefColumn({ nullable: true })
  deputyId!: string | null;

  @DateTimeColumn({ nullable: true })
  deputyFrom!: Date | null;

  /** Null for no end. */
  @DateTimeColumn({ nullable: true })
  deputyUntil!: Date | null;
}
