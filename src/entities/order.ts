import { Column, Entity, Index, Unique } from 'typeorm';
import { Account } from './account';
import { BillingDetails } from './billing-details';
import {
  BigIntColumn,
  CodeColumn,
  ForeignColumn,
  GeneratedColumn,
  JsonColumn,
  RefColumn,
  ReferenceColumn,
  TextColumn,
} from './columns';
import { OrderSource, OrderState } from './enums';
import { Line } from './line';
import { Node, NodeType } from './node';
import { DateTimeField, EnumField, TextField, VersionField } from './shown-columns';
import { User } from './user';

/** Order with its buyer, recipient and prices. Lines and prices never change once it is placed. */
@Entity('orders')
@NodeType('An order with its buyer, its recipient and its prices.')
@Index(['recipientId', 'id'])
@Index(['resellerId', 'id'])
@Index(['state', 'id'])
@Index('orders_by_placement', ['placedAt'])
@Index('orders_by_recipient_and_placement', ['recipientId', 'placedAt'])
@Index('orders_by_reseller_and_placement', ['resellerId', 'placedAt'])
@Index('orders_by_state_and_placement', ['state', 'placedAt'])
@Index('orders_by_placer_and_placement', ['placedById', 'placedAt'])
@Index('orders_by_recipient_and_number', ['recipientId', 'serial'])
@Index('orders_by_reseller_and_number', ['resellerId', 'serial'])
@Index('orders_by_purchase_order', ['purchaseOrderNumber'])
@Unique('one_order_of_a_reference', ['externalReference', 'referenceTenant'])
export class Order extends Node {
  /** Auto-increment counter from which the order number is formatted. */
  @Column({ type: 'int', unsigned: true, generated: 'increment', insert: false, update: false, unique: true })
  serial!: number;

  @VersionField()
  version!: number;

  @EnumField(() => OrderSource, 'Source of the order.')
  source!: OrderSource;

  @EnumField(() => OrderState, 'State of the order.')
  state!: OrderState;

  @ForeignColumn(() => Account)
  recipientId!: string;

  @ForeignColumn(() => Account, { nullable: true })
  resellerId!: string | null;

  @ForeignColumn(() => User)
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

  /** Hidden from end customers. */
  @JsonColumn()
  billing!: BillingDetails;

  @CodeColumn({ length: 3 })
  currency!: string;

  @BigIntColumn()
  totalMinor!: number;

  /** Total at the retail prices of the reseller. Null if a part had none. */
  @BigIntColumn({ nullable: true })
  retailTotalMinor!: number | null;

  @DateTimeField('Time of the order.')
  placedAt!: Date;

  @DateTimeField('Time of execution. Null until then.', { nullable: true })
  executedAt!: Date | null;

  @DateTimeField('Time at which the order became COMPLETED or PARTIALLY_COMPLETED. Null until then.', {
    nullable: true,
  })
  completedAt!: Date | null;

  /** Hidden from end customers. */
  @ReferenceColumn()
  externalReference!: string | null;

  /** Hidden from end customers. */
  @ReferenceColumn()
  purchaseOrderNumber!: string | null;

  /** Tenant of the reference: the buyer. */
  @GeneratedColumn('ifnull(resellerId, recipientId)')
  referenceTenant?: string;

  /** Reason for the cancellation. Null unless one was given. */
  @TextColumn({ nullable: true, length: 1000 })
  cancelReason!: string | null;
}

/** Product with its add-ons, or add-ons for a subscription, at the confirmed prices. */
@Entity('order_lines')
@NodeType('A product with its add-ons, or add-ons for a subscription, at the confirmed prices.')
@Index(['orderId', 'position'])
@Index('order_lines_by_product', ['productId', 'orderId'])
export class OrderLine extends Line {
  @ForeignColumn(() => Order)
  orderId!: string;

  @TextField('Name of the new subscription. Null for the name of the product.', { nullable: true })
  friendlyName!: string | null;

  @BigIntColumn()
  totalMinor!: number;

  /** Retail price of one license for one billing cycle, at the time of the order. Null if there was none. */
  @BigIntColumn({ nullable: true })
  retailUnitMinor!: number | null;

  /** Total at the retail prices of the reseller. Null if a part had none. */
  @BigIntColumn({ nullable: true })
  retailTotalMinor!: number | null;
}

/** Formats the number of an order: the year of its placement and a global serial number. */
export function orderNumber({ placedAt, serial }: Pick<Order, 'placedAt' | 'serial'>): string {
  return `ORD-${placedAt.getUTCFullYear()}-${String(serial).padStart(6, '0')}`;
}
