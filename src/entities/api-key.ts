import { Field } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Account } from './account';
import { DateTimeColumn, JsonColumn, RefColumn, TextColumn } from './columns';
import { ApiKeyScope } from './enums';
import { nullable } from './fields';
import { Node, NodeType } from './node';
import { DateTimeScalar } from './scalars';
import { User } from './user';

/**
 * Credential of a program. The program signs in as a user of its own (`userId`), which owns its basket and its
 * idempotency keys. Limited to the scopes.
 */
@Entity('api_keys')
@NodeType('A key for a program of a partner, with the permissions of the program.')
@Index(['accountId', 'id'])
export class ApiKey extends Node {
  @Field({ description: 'Display name of the program that uses the key.' })
  @TextColumn()
  name!: string;

  @RefColumn()
  @ForeignKey(() => Account)
  accountId!: string;

  /** User that the key acts as. */
  @RefColumn()
  @ForeignKey(() => User)
  userId!: string;

  @RefColumn()
  @ForeignKey(() => User)
  createdById!: string;

  @Field(() => [ApiKeyScope], { description: 'Permissions of the key.' })
  @JsonColumn()
  scopes!: ApiKeyScope[];

  /** SHA-256 of the secret, in hex. */
  @Column({ type: 'char', length: 64, charset: 'ascii' })
  secretHash!: string;

  @Field(() => DateTimeScalar, { description: 'Time of creation.' })
  @DateTimeColumn()
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'Expiry time.' })
  @DateTimeColumn()
  expiresAt!: Date;

  @Field(
    () => DateTimeScalar,
    nullable('Time of the last use, to the minute. Null if the key has not been used.'),
  )
  @DateTimeColumn({ nullable: true })
  lastUsedAt!: Date | null;

  @Field(() => DateTimeScalar, nullable('Time of revocation. Null until then.'))
  @DateTimeColumn({ nullable: true })
  revokedAt!: Date | null;
}
