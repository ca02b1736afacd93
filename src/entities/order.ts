import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Account } from './account';
import type { LineAddon } from './basket';
import { BillingDetails } from './billing-details';
import { Product } from './catalog';
import {
  BigIntColumn,
  CodeColumn,
  DateTimeColumn,
  EnumColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { BillingCycle, OrderSource, OrderState } from './enums';
import { Node } from './node';
import { DateTimeScalar } from './scalars';
import { User } from './user';

/** Order with its buyer, recipient and prices. Lines and prices never change once it is placed. */
@Entity('orders')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'An order with its buyer, its recipient and its prices.',
})
@Index(['recipientId', 'id'])
@Index(['resellerId', 'id'])
@Index(['state', 'id'])
export class Order extends Node {
  @IdColumn()
  override id!: string;

  /** Auto-increment counter from which the order number is formatted. */
  @Column({ type: 'int', unsigned: true, generated: 'increment', insert: false, update: false, unique: true })
  serial!: number;

  @Field(() => Int, {
    description: 'Increments with every change. Pass it as `expectedVersion` to reject concurrent edits.',
  })
  @IntColumn()
  version!: number;

  @Field(() => OrderSource, { description: 'Source of the order.' })
  @EnumColumn()
  source!: OrderSource;

  @Field(() => OrderState, { description: 'State of the order.' })
  @EnumColumn()
  state!: OrderState;

  @RefColumn()
  @ForeignKey(() => Account)
  recipientId!: string;

  @RefColumn({ nullable: true })
  @ForeignKey(() => Account)
  resellerId!: string | null;

  @RefColumn()
  @ForeignKey(() => User)
  placedById!: string;

  @RefColumn({ nullable: true })
  executedById!: string | null;

  /** Basket that was checked out. Unique: a basket creates one order. */
  @Column({
    type: 'varchar',
    length: 32,
    charset: 'ascii',
    collation: 'ascii_bin',
    nullable: true,
    unique: true,
  })
  basketId!: string | null;

  @Field(() => BillingDetails, { description: 'Billing details at the time of the order.' })
  @JsonColumn()
  billing!: BillingDetails;

  @CodeColumn({ length: 3 })
  currency!: string;

  @BigIntColumn()
  totalMinor!: number;

  @Field(() => DateTimeScalar, { description: 'Time of the order.' })
  @DateTimeColumn()
  placedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time of execution. Null until then.' })
  @DateTimeColumn({ nullable: true })
  executedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time at which the last line was provisioned. Null until then.',
  })
  @DateTimeColumn({ nullable: true })
  completedAt!: Date | null;

  /** Reason for the cancellation. Null unless one was given. */
  @TextColumn({ nullable: true, length: 1000 })
  cancelReason!: string | null;
}

/** Product with its add-ons, or add-ons for a subscription, at the confirmed prices. */
@Entity('order_lines')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A product with its add-ons, or add-ons for a subscription, at the confirmed prices.',
})
@Index(['orderId', 'position'])
export class OrderLine extends Node {
  @IdColumn()
  override id!: string;

  @RefColumn()
  @ForeignKey(() => Order)
  orderId!: string;

  @IntColumn()
  position!: number;

  @RefColumn()
  @ForeignKey(() => Product)
  productId!: string;

  /** Existing subscription that receives the add-ons, or the subscription that execution created. */
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

  @BigIntColumn()
  unitMinor!: number;

  @BigIntColumn()
  totalMinor!: number;

  @CodeColumn({ length: 3 })
  currency!: string;
}
