import { Column, Entity, Index } from 'typeorm';
import { Account } from './account';
import { ForeignColumn } from './columns';
import { ApiKeyScope } from './enums';
import { Node, NodeType } from './node';
import { DateTimeField, JsonField, TextField } from './shown-columns';
import { User } from './user';

/**
 * Credential of a program, limited to the scopes. The key of an account acts as a user of its own (`userId`). The key of a
 * member of staff has no account, and acts as its creator.
 */
@Entity('api_keys')
@NodeType('A key for a program of a partner or of the distributor, with the permissions of the program.')
@Index(['accountId', 'id'])
export class ApiKey extends Node {
  @TextField('Display name of the program that uses the key.')
  name!: string;

  /** Null for the key of a member of staff. */
  @ForeignColumn(() => Account, { nullable: true })
  accountId!: string | null;

  /** User that the key acts as. */
  @ForeignColumn(() => User)
  userId!: string;

  @ForeignColumn(() => User)
  createdById!: string;

  @JsonField(() => [ApiKeyScope], 'Permissions of the key.')
  scopes!: ApiKeyScope[];

  /** SHA-256 of the secret, in hex. */
  @Column({ type: 'char', length: 64, charset: 'ascii' })
  secretHash!: string;

  @DateTimeField('Time of creation.')
  createdAt!: Date;

  @DateTimeField('Expiry time.')
  expiresAt!: Date;

  @DateTimeField('Time of the last use, to the minute. Null if the key has not been used.', {
    nullable: true,
  })
  lastUsedAt!: Date | null;

  @DateTimeField('Time of revocation. Null until then.', { nullable: true })
  revokedAt!: Date | null;
}
