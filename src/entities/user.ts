import { Field, ObjectType } from 'type-graphql';
import { Entity, ForeignKey } from 'typeorm';
import { Account } from './account';
import { IdColumn, JsonColumn, RefColumn, TextColumn } from './columns';
import { Role } from './enums';
import { Node } from './node';

/** Somebody who signs in: a user of an account, or BSS staff. Has exactly one open basket where it has an account. */
@Entity('users')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'Somebody who signs in.' })
export class User extends Node {
  @IdColumn()
  override id!: string;

  @Field({ description: 'For people.' })
  @TextColumn()
  name!: string;

  /** Lower case. */
  @Field({ description: 'Signs in with it; lower case.' })
  @TextColumn({ unique: true })
  email!: string;

  @Field(() => [Role], { description: 'What the user may do.' })
  @JsonColumn()
  roles!: Role[];

  @RefColumn({ nullable: true })
  @ForeignKey(() => Account)
  accountId!: string | null;

  /** `scrypt$N$r$p$salt$hash`, the last two in base64. */
  @TextColumn()
  passwordHash!: string;
}
