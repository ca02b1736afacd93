import { Entity, Index, Unique } from 'typeorm';
import { Account } from './account';
import { BillingDetails } from './billing-details';
import { EnumColumn, ForeignColumn, GeneratedColumn, JsonColumn, RefColumn } from './columns';
import { BasketState } from './enums';
import { Line } from './line';
import { Node, NodeType } from './node';
import { DateTimeField, TextField, VersionField } from './shown-columns';
import { User } from './user';

/** Lines of the next order. Each user with an account has one open basket; checkout creates the next one. */
@Entity('baskets')
@NodeType('The basket of a user, with the lines of the next order.')
@Unique('one_open_basket', ['openUserId'])
export class Basket extends Node {
  @ForeignColumn(() => User)
  userId!: string;

  @EnumColumn()
  state!: BasketState;

  @GeneratedColumn(`if(state = 'OPEN', userId, NULL)`)
  openUserId?: string;

  @VersionField()
  version!: number;

  @ForeignColumn(() => Account, { nullable: true })
  recipientId!: string | null;

  /** Billing details that the buyer confirmed. Null before the confirmation. */
  @JsonColumn({ nullable: true })
  confirmedBilling!: BillingDetails | null;

  @DateTimeField(
    'Time at which billing details and prices were confirmed. Null before confirmation, and again after any change of the lines or the recipient.',
    { nullable: true },
  )
  billingConfirmedAt!: Date | null;

  /** Order that checkout created. Null while the basket is open. */
  @RefColumn({ nullable: true })
  orderId!: string | null;

  @DateTimeField('Time of the last change.')
  updatedAt!: Date;
}

/** A product with its add-ons, or add-ons for a live subscription. */
@Entity('basket_lines')
@NodeType('A product with its add-ons, or add-ons for a live subscription.')
@Index(['basketId', 'position'])
export class BasketLine extends Line {
  @ForeignColumn(() => Basket)
  basketId!: string;

  @TextField('Name of the new subscription. Null for the name of the product.', { nullable: true })
  friendlyName!: string | null;
}
