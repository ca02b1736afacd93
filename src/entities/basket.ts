import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Account } from './account';
import { BillingDetails } from './billing-details';
import { Product } from './catalog';
import {
  BigIntColumn,
  CodeColumn,
  DateTimeColumn,
  EnumColumn,
  GeneratedColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { BasketState, BillingCycle } from './enums';
import { Node } from './node';
import { DateTimeScalar } from './scalars';
import { User } from './user';

/**
 * Lines that a user prepares for an order. Every user with an account has exactly one open basket: it is created with
 * the user, and checkout creates the next one. `version` increments with every change.
 */
@Entity('baskets')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'The basket of a user, with the lines of the next order.',
})
@Unique('one_open_basket', ['openUserId'])
export class Basket extends Node {
  @IdColumn()
  override id!: string;

  @RefColumn()
  @ForeignKey(() => User)
  userId!: string;

  @EnumColumn()
  state!: BasketState;

  @GeneratedColumn(`if(state = 'OPEN', userId, NULL)`)
  openUserId?: string;

  @Field(() => Int, {
    description: 'Increments with every change. Pass it as `expectedVersion` to reject concurrent edits.',
  })
  @IntColumn()
  version!: number;

  @RefColumn({ nullable: true })
  @ForeignKey(() => Account)
  recipientId!: string | null;

  /** Billing details that the buyer confirmed. Null before the confirmation. */
  @JsonColumn({ nullable: true })
  confirmedBilling!: BillingDetails | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Time at which billing details and prices were confirmed. Null before confirmation, and again after any change of the lines or the recipient.',
  })
  @DateTimeColumn({ nullable: true })
  billingConfirmedAt!: Date | null;

  /** Order that checkout created. Null while the basket is open. */
  @RefColumn({ nullable: true })
  orderId!: string | null;

  @Field(() => DateTimeScalar, { description: 'Time of the last change.' })
  @DateTimeColumn()
  updatedAt!: Date;
}

/** Quantity of an add-on on a line, with the price per unit that was shown or confirmed, in minor units. */
export interface LineAddon {
  addonId: string;
  quantity: number;
  unitMinor: number;
}

/** A product with its add-ons, or add-ons for a live subscription. */
@Entity('basket_lines')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A product with its add-ons, or add-ons for a live subscription.',
})
@Index(['basketId', 'position'])
export class BasketLine extends Node {
  @IdColumn()
  override id!: string;

  @RefColumn()
  @ForeignKey(() => Basket)
  basketId!: string;

  @IntColumn()
  position!: number;

  @RefColumn()
  @ForeignKey(() => Product)
  productId!: string;

  @RefColumn({ nullable: true })
  subscriptionId!: string | null;

  @Field(() => BillingCycle, { description: 'Billing cycle of the line.' })
  @EnumColumn()
  billingCycle!: BillingCycle;

  @Field(() => Int, {
    description: 'Number of licenses of the product. 0 if the line adds add-ons to a subscription.',
  })
  @IntColumn()
  quantity!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the new subscription. Null for the name of the product.',
  })
  @TextColumn({ nullable: true })
  friendlyName!: string | null;

  @JsonColumn()
  addons!: LineAddon[];

  /** Price of one license for one billing cycle, as last shown or confirmed, in minor units. */
  @BigIntColumn()
  unitMinor!: number;

  @CodeColumn({ length: 3 })
  currency!: string;
}
