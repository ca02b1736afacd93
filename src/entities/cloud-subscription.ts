import { ObjectType } from 'type-graphql';
import { Column, Entity, Index, Unique } from 'typeorm';
import { Account } from './account';
import { Addon, Product } from './catalog';
import {
  BigIntColumn,
  CodeColumn,
  DateTimeColumn,
  ForeignColumn,
  GeneratedColumn,
  IdColumn,
  IntColumn,
  ReferenceColumn,
  TextColumn,
} from './columns';
import { BillingCycle, CloudSubscriptionState, SyncState } from './enums';
import { Node, NodeType } from './node';
import { Order } from './order';
import { Service } from './service';
import { BigIntField, DateTimeField, EnumField, IntField, TextField, VersionField } from './shown-columns';

/** Subscription of an account to a service. `liveSlot` is unique: set while it is live and its service allows one. */
@Entity('subscriptions')
@NodeType(
  'A subscription of a cloud service: a base license with its add-ons. GraphQL reserves the name `Subscription` for the root type of streams.',
)
@Unique('one_live_subscription', ['liveSlot'])
@Unique('one_subscription_of_a_reference', ['externalReference', 'referenceTenant'])
@Index(['accountId', 'id'])
@Index(['resellerId', 'id'])
@Index(['state', 'id'])
@Index(['orderId'])
@Index('subscriptions_by_creation', ['createdAt'])
@Index('subscriptions_by_account_and_creation', ['accountId', 'createdAt'])
@Index('subscriptions_by_reseller_and_creation', ['resellerId', 'createdAt'])
@Index('subscriptions_by_state_and_creation', ['state', 'createdAt'])
@Index('subscriptions_by_sync_state_and_creation', ['syncState', 'createdAt'])
@Index('subscriptions_by_product_and_creation', ['productId', 'createdAt'])
@Index('subscriptions_by_service_and_creation', ['serviceId', 'createdAt'])
@Index('subscriptions_by_name', ['friendlyName'])
@Index('subscriptions_by_reseller_and_name', ['resellerId', 'friendlyName'])
@Index('subscriptions_by_period_end', ['currentPeriodEnd'])
@Index('subscriptions_by_external_id', ['externalId'])
@Index('subscriptions_by_state_and_charged_until', ['state', 'chargedUntil'])
export class CloudSubscription extends Node {
  @VersionField()
  version!: number;

  @TextField('Name that the buyer chose.')
  friendlyName!: string;

  @EnumField(() => CloudSubscriptionState, 'State of the subscription.')
  state!: CloudSubscriptionState;

  @EnumField(() => SyncState, 'Synchronization with the provider. Changes independently of `state`.')
  syncState!: SyncState;

  @ForeignColumn(() => Account)
  accountId!: string;

  @ForeignColumn(() => Account, { nullable: true })
  resellerId!: string | null;

  @ForeignColumn(() => Service)
  serviceId!: string;

  @ForeignColumn(() => Product)
  productId!: string;

  /** Whether the service allowed only one live subscription at the time of the order. */
  @Column({ type: 'boolean' })
  exclusive!: boolean;

  @GeneratedColumn(`if(exclusive and state <> 'CANCELLED', concat(accountId, ' ', serviceId), NULL)`)
  liveSlot?: string;

  @EnumField(() => BillingCycle, 'Billing cycle.')
  billingCycle!: BillingCycle;

  /** Number of base licenses. */
  @IntColumn()
  quantity!: number;

  @CodeColumn({ length: 3 })
  currency!: string;

  /** Recurring charge per billing cycle, in minor units. */
  @BigIntColumn()
  recurringMinor!: number;

  /** Recurring charge at the retail prices of the reseller. Null if a part had none. */
  @BigIntColumn({ nullable: true })
  retailMinor!: number | null;

  @BigIntField(
    'Storage that the provider has granted, in bytes (1 TB = 10^12). 0 until the subscription is active.',
  )
  capacityBytes!: number;

  @TextField('Id of the subscription at the provider. Null until the provider has assigned one.', {
    nullable: true,
  })
  externalId!: string | null;

  /** Hidden from end customers. */
  @ReferenceColumn()
  externalReference!: string | null;

  /** Tenant of the reference: the buyer. */
  @GeneratedColumn('ifnull(resellerId, accountId)')
  referenceTenant?: string;

  @ForeignColumn(() => Order)
  orderId!: string;

  @DateTimeField(
    'End of the current billing period. Null before activation and after the end of the subscription.',
    { nullable: true },
  )
  currentPeriodEnd!: Date | null;

  /** Time up to which the ledger has its charges. Null until the ledger has begun with it. */
  @DateTimeColumn({ nullable: true })
  chargedUntil!: Date | null;

  @DateTimeField('Time of creation: the execution of its order.')
  createdAt!: Date;

  @DateTimeField('Time of activation. Null until then.', { nullable: true })
  activatedAt!: Date | null;

  @DateTimeField(
    'Time at which the provider confirmed the suspension. Null unless the subscription is SUSPENDED.',
    {
      nullable: true,
    },
  )
  suspendedAt!: Date | null;

  /** Hidden from end customers: it can be about the payment of their reseller. */
  @TextColumn({ nullable: true, length: 1000 })
  suspensionReason!: string | null;

  @DateTimeField('Time at which the subscription ended. Null until then.', { nullable: true })
  cancelledAt!: Date | null;
}

/** Quantity of an add-on that a subscription holds. One row per add-on: buying more increases the quantity. */
@Entity('subscription_addons')
@ObjectType('CloudSubscriptionAddon', {
  simpleResolvers: true,
  description: 'Quantity of an add-on that a subscription holds.',
})
export class CloudSubscriptionAddon {
  @IdColumn(() => CloudSubscription)
  subscriptionId!: string;

  @IdColumn(() => Addon)
  addonId!: string;

  @IntField('Number of units that the provider has granted.')
  quantity!: number;
}
