import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Account } from './account';
import { Addon, Product } from './catalog';
import {
  BigIntColumn,
  CodeColumn,
  DateTimeColumn,
  EnumColumn,
  GeneratedColumn,
  IdColumn,
  IntColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { BillingCycle, CloudSubscriptionState, SyncState } from './enums';
import { nullable } from './fields';
import { Node, NodeType } from './node';
import { Order } from './order';
import { BigIntScalar, DateTimeScalar } from './scalars';
import { Service } from './service';

/**
 * Subscription of an account to a service. `liveSlot` enforces one live subscription per recipient and service: it is
 * set while the subscription is live and its service allows only one, and it is unique.
 */
@Entity('subscriptions')
@NodeType(
  'What is owned: a base license with its add-ons. GraphQL keeps the name Subscription for its own root.',
)
@Unique('one_live_subscription', ['liveSlot'])
@Index(['accountId', 'id'])
@Index(['resellerId', 'id'])
@Index(['state', 'id'])
@Index(['orderId'])
export class CloudSubscription extends Node {
  @Field(() => Int, { description: 'Moves with every change; send it back as `expectedVersion`.' })
  @IntColumn()
  version!: number;

  @Field({ description: 'The name that its buyer gave it.' })
  @TextColumn()
  friendlyName!: string;

  @Field(() => CloudSubscriptionState, { description: 'The business state.' })
  @EnumColumn()
  state!: CloudSubscriptionState;

  @Field(() => SyncState, {
    description: 'How far the provider agrees with it; the two move independently.',
  })
  @EnumColumn()
  syncState!: SyncState;

  @RefColumn()
  @ForeignKey(() => Account)
  accountId!: string;

  @RefColumn({ nullable: true })
  @ForeignKey(() => Account)
  resellerId!: string | null;

  @RefColumn()
  @ForeignKey(() => Service)
  serviceId!: string;

  @RefColumn()
  @ForeignKey(() => Product)
  productId!: string;

  /** Whether the service allowed only one live subscription at the time of the order. */
  @Column({ type: 'boolean' })
  exclusive!: boolean;

  @GeneratedColumn(`if(exclusive and state <> 'CANCELLED', concat(accountId, ' ', serviceId), NULL)`)
  liveSlot?: string;

  @Field(() => BillingCycle, { description: 'How often it is due.' })
  @EnumColumn()
  billingCycle!: BillingCycle;

  /** Number of base licenses. */
  @IntColumn()
  quantity!: number;

  @CodeColumn({ length: 3 })
  currency!: string;

  /** Recurring charge per billing cycle, in minor units. */
  @BigIntColumn()
  recurringMinor!: number;

  @Field(() => BigIntScalar, {
    description: 'Storage that the provider has granted, in bytes (1 TB = 10^12); 0 until it is active.',
  })
  @BigIntColumn()
  capacityBytes!: number;

  @Field(() => String, nullable("The provider's own id of it."))
  @TextColumn({ nullable: true })
  externalId!: string | null;

  @RefColumn()
  @ForeignKey(() => Order)
  orderId!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'End of the billing period that runs; null before activation and after the end.',
  })
  @DateTimeColumn({ nullable: true })
  currentPeriodEnd!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When its order was executed.' })
  @DateTimeColumn()
  createdAt!: Date;

  @Field(() => DateTimeScalar, nullable('When it became usable.'))
  @DateTimeColumn({ nullable: true })
  activatedAt!: Date | null;

  @Field(() => DateTimeScalar, nullable('When the provider said that it has ended.'))
  @DateTimeColumn({ nullable: true })
  cancelledAt!: Date | null;
}

/** Quantity of an add-on that a subscription holds. One row per add-on: buying more increases the quantity. */
@Entity('subscription_addons')
@ObjectType('CloudSubscriptionAddon', {
  simpleResolvers: true,
  description: 'How much of an add-on a subscription holds.',
})
export class CloudSubscriptionAddon {
  @IdColumn()
  @ForeignKey(() => CloudSubscription)
  subscriptionId!: string;

  @IdColumn()
  @ForeignKey(() => Addon)
  addonId!: string;

  @Field(() => Int, { description: 'Units that the provider has granted.' })
  @IntColumn()
  quantity!: number;
}
