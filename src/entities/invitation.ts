import { Field } from 'type-graphql';
import { Column, Entity, Index } from 'typeorm';
import { Account } from './account';
import { DateTimeColumn, EmailColumn, EnumColumn, ForeignColumn, IdColumn, RefColumn } from './columns';
import { type InvitationState, Role } from './enums';
import { Node, NodeType } from './node';
import { DateTimeField, JsonField, TextField } from './shown-columns';
import { User } from './user';

/** Random value from which a link is derived with the key of the gateway. Worthless without the key. */
const NonceColumn = () => Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' });

/** Invitation of a person to become a user of an account, or a member of BSS staff. */
@Entity('invitations')
@NodeType('An invitation of a person to become a user.')
@Index('invitations_by_account', ['accountId', 'id'])
@Index('invitations_by_reseller', ['resellerId', 'id'])
@Index('invitations_by_email', ['email'])
export class Invitation extends Node {
  @Field({ description: 'E-mail address of the invited person.' })
  @EmailColumn(false)
  email!: string;

  @TextField('Display name of the invited person.')
  name!: string;

  @JsonField(() => [Role], 'Roles that the user gets.')
  roles!: Role[];

  /** Account of the user. Null for BSS staff. */
  @ForeignColumn(() => Account, { nullable: true })
  accountId!: string | null;

  /** Reseller of the account. */
  @RefColumn({ nullable: true })
  resellerId!: string | null;

  /** User who accepted. */
  @ForeignColumn(() => User, { nullable: true })
  userId!: string | null;

  @ForeignColumn(() => User)
  invitedById!: string;

  /** PENDING after its expiry too: `invitationState` tells the two apart. */
  @EnumColumn()
  state!: InvitationState;

  /** Replaced when the invitation is sent again, which ends the previous link. */
  @NonceColumn()
  nonce!: string;

  /** Latest mail. */
  @RefColumn({ nullable: true })
  mailId!: string | null;

  @DateTimeField('Expiry time of the link: seven days after the invitation was last sent.')
  expiresAt!: Date;

  @DateTimeColumn()
  createdAt!: Date;
}

/** Request for a new password, for an address that may have no user. */
@Entity('password_resets')
@Index('password_resets_by_expiry', ['expiresAt'])
@Index('password_resets_by_email', ['email'])
export class PasswordReset {
  @IdColumn()
  id!: string;

  @EmailColumn(false)
  email!: string;

  @NonceColumn()
  nonce!: string;

  @DateTimeColumn()
  expiresAt!: Date;

  @DateTimeColumn({ nullable: true })
  usedAt!: Date | null;
}
