import { Field, Int } from 'type-graphql';
import { Entity, ForeignKey, Index } from 'typeorm';
import { BillingDetails } from './billing-details';
import {
  DateTimeColumn,
  EmailColumn,
  EnumColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { AccountKind } from './enums';
import { Node, NodeType } from './node';

/**
 * Direct customer, reseller, or end customer or affiliate of a reseller. Visible to its account manager; end
 * customers also to the account manager of their reseller.
 */
@Entity('accounts')
@NodeType('A party that buys or receives services.')
@Index(['resellerId', 'name'])
@Index(['accountManagerId'])
@Index(['name'])
export class Account extends Node {
  @Field(() => Int, { description: 'Moves with every change; send it back as `expectedVersion`.' })
  @IntColumn({ default: 1 })
  version!: number;

  @Field(() => AccountKind, { description: 'What the account is.' })
  @EnumColumn()
  kind!: AccountKind;

  @Field({ description: 'The name of the company.' })
  @TextColumn()
  name!: string;

  @Field({ description: 'Providers match the account by it; lower case.' })
  @EmailColumn()
  email!: string;

  @RefColumn({ nullable: true })
  @ForeignKey(() => Account)
  resellerId!: string | null;

  @RefColumn({ nullable: true })
  accountManagerId!: string | null;

  /** Price list of the account. Null means the public price list. */
  @RefColumn({ nullable: true })
  priceListId!: string | null;

  @Field(() => BillingDetails, { description: 'Proposed for every order.' })
  @JsonColumn()
  billing!: BillingDetails;

  /** Time of deactivation: users cannot sign in and nothing can be ordered. Null while the account is active. */
  @DateTimeColumn({ nullable: true })
  deactivatedAt!: Date | null;

  @Field(() => Boolean, {
    description: 'Whether its users may sign in and services may be ordered for it. What it has goes on.',
  })
  get active(): boolean {
    return !this.deactivatedAt;
  }
}
