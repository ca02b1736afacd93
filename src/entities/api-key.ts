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
@NodeType("A partner's program: what it may do.")
@Index(['accountId', 'id'])
export class ApiKey extends Node {
  @Field({ description: 'For people: which program has it.' })
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

  @Field(() => [ApiKeyScope], { description: 'What it may do.' })
  @JsonColumn()
  scopes!: ApiKeyScope[];

  /** SHA-256 of the secret, in hex. */
  @Column({ type: 'char', length: 64, charset: 'ascii' })
  secretHash!: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  @DateTimeColumn()
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends by itself.' })
  @DateTimeColumn()
  expiresAt!: Date;

  @Field(() => DateTimeScalar, nullable('When it was last used, to the minute.'))
  @DateTimeColumn({ nullable: true })
  lastUsedAt!: Date | null;

  @Field(() => DateTimeScalar, nullable('When it was revoked.'))
  @DateTimeColumn({ nullable: true })
  revokedAt!: Date | null;
}
