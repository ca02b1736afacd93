import { Field, Int } from 'type-graphql';
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
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { BillingCycle, OrderSource, OrderState } from './enums';
import { nullable } from './fields';
import { Node, NodeType } from './node';
import { DateTimeScalar } from './scalars';
import { User } from './user';

/** Order with its buyer, recipient and prices. Lines and prices never change once it is placed. */
@Entity('orders')
@NodeType('What was bought: by whom, for whom, at which prices.')
@Index(['recipientId', 'id'])
@Index(['resellerId', 'id'])
@Index(['state', 'id'])
export class Order extends Node {
  /** Auto-increment counter from which the order number is formatted. */
  @Column({ type: 'int', unsigned: true, generated: 'increment', insert: false, update: false, unique: true })
  serial!: number;

  @Field(() => Int, { description: 'Moves with every change; send it back as `expectedVersion`.' })
  @IntColumn()
  version!: number;

  @Field(() => OrderSource, { description: 'Where it was placed.' })
  @EnumColumn()
  source!: OrderSource;

  @Field(() => OrderState, { description: 'What became of it.' })
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

  @Field(() => BillingDetails, { description: 'As confirmed when it was placed.' })
  @JsonColumn()
  billing!: BillingDetails;

  @CodeColumn({ length: 3 })
  currency!: string;

  @BigIntColumn()
  totalMinor!: number;

  @Field(() => DateTimeScalar, { description: 'When it was placed.' })
  @DateTimeColumn()
  placedAt!: Date;

  @Field(() => DateTimeScalar, nullable('When it was executed.'))
  @DateTimeColumn({ nullable: true })
  executedAt!: Date | null;

  @Field(() => DateTimeScalar, nullable('When its last line was provisioned.'))
  @DateTimeColumn({ nullable: true })
  completedAt!: Date | null;

  /** Reason for the cancellation. Null unless one was given. */
  @TextColumn({ nullable: true, length: 1000 })
  cancelReason!: string | null;
}

/** Product with its add-ons, or add-ons for a subscription, at the confirmed prices. */
@Entity('order_lines')
@NodeType('One product with its add-ons, or add-ons for a subscription, at the prices that were confirmed.')
@Index(['orderId', 'position'])
export class OrderLine extends Node {
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

  @Field(() => BillingCycle, { description: 'How often the line is due.' })
  @EnumColumn()
  billingCycle!: BillingCycle;

  @Field(() => Int, {
    description: 'Licenses of the product; 0 where the line adds add-ons to a subscription.',
  })
  @IntColumn()
  quantity!: number;

  @Field(() => String, nullable('What the subscription is called.'))
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
