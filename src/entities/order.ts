import { Field, Int } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Account } from './account';
import { BillingDetails } from './billing-details';
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
import { OrderSource, OrderState } from './enums';
import { nullable } from './fields';
import { Line } from './line';
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
export class OrderLine extends Line {
  @RefColumn()
  @ForeignKey(() => Order)
  orderId!: string;

  @Field(() => String, nullable('What the subscription is called.'))
  @TextColumn({ nullable: true })
  friendlyName!: string | null;

  @BigIntColumn()
  totalMinor!: number;
}
