import { Field } from 'type-graphql';
import { Entity, Index, Unique } from 'typeorm';
import { BillingDetails } from './billing-details';
import {
  DateTimeColumn,
  EmailColumn,
  ForeignColumn,
  GeneratedColumn,
  RefColumn,
  ReferenceColumn,
} from './columns';
import { AccountKind } from './enums';
import { creationTime } from './identifiers';
import { Node, NodeType } from './node';
import { DateTimeScalar } from './scalars';
import { EnumField, JsonField, TextField, VersionField } from './shown-columns';

/** Customer, reseller, or one of its customers. Visible to its account manager and to that of its reseller. */
@Entity('accounts')
@NodeType('A company that buys or receives services.')
@Index(['resellerId', 'name'])
@Index('accounts_by_reseller', ['resellerId', 'id'])
@Index('accounts_by_kind_and_name', ['kind', 'name'])
@Index(['accountManagerId'])
@Index(['name'])
@Unique('one_account_of_a_reference', ['externalReference', 'referenceTenant'])
export class Account extends Node {
  @VersionField({ default: 1 })
  version!: number;

  @EnumField(() => AccountKind, 'Kind of account.')
  kind!: AccountKind;

  @TextField('Company name.')
  name!: string;

  @Field({
    description: 'E-mail address in lower case, unique among accounts. Providers match the account by it.',
  })
  @EmailColumn()
  email!: string;

  @ForeignColumn(() => Account, { nullable: true })
  resellerId!: string | null;

  @RefColumn({ nullable: true })
  accountManagerId!: string | null;

  /** Price list of the account. Null means the public price list. */
  @RefColumn({ nullable: true })
  priceListId!: string | null;

  @JsonField(() => BillingDetails, 'Default billing details of orders.')
  billing!: BillingDetails;

  /** Hidden from end customers. */
  @ReferenceColumn()
  externalReference!: string | null;

  /** Tenant of the reference: the reseller, or the distributor. */
  @GeneratedColumn(`ifnull(resellerId, '')`)
  referenceTenant?: string;

  /** Time of deactivation: users cannot sign in and nothing can be ordered. Null while the account is active. */
  @DateTimeColumn({ nullable: true })
  deactivatedAt!: Date | null;

  @Field(() => DateTimeScalar, { description: 'Time of creation.' })
  get createdAt(): Date {
    return creationTime(this.id);
  }

  @Field(() => Boolean, {
    description:
      'True if its users can sign in and services can be ordered for it. Its subscriptions continue while it is false.',
  })
  get active(): boolean {
    return !this.deactivatedAt;
  }
}
