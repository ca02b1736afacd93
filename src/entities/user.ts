import { Field, ObjectType } from 'type-graphql';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Account } from './account';
import {
  DateTimeColumn,
  EmailColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { Role } from './enums';
import { Node } from './node';

/** Somebody who signs in: a user of an account, or BSS staff. Has exactly one open basket where it has an account. */
@Entity('users')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'Somebody who signs in.' })
@Index(['name'])
export class User extends Node {
  @IdColumn()
  override id!: string;

  @Field({ description: 'For people.' })
  @TextColumn()
  name!: string;

  @EmailColumn()
  email!: string;

  @JsonColumn()
  roles!: Role[];

  @RefColumn({ nullable: true })
  @ForeignKey(() => Account)
  accountId!: string | null;

  /** `scrypt$N$r$p$salt$hash`, the last two in base64. */
  @TextColumn()
  passwordHash!: string;

  /** Raised by whatever ends every session of the user: a new password, other roles. Tokens carry the one they were given at. */
  @IntColumn({ default: 0 })
  sessionVersion!: number;

  /** Set where the password is one to begin with, which only lets its user choose another: until when it is good. */
  @DateTimeColumn({ nullable: true })
  oneTimeUntil!: Date | null;

  /** Moves with every change that an administrator makes. */
  @IntColumn({ default: 1 })
  version!: number;

  /** Since when it cannot sign in; null while it can. */
  @DateTimeColumn({ nullable: true })
  deactivatedAt!: Date | null;
}
