import { Entity, Index, Unique } from 'typeorm';
import { CloudSubscription } from './cloud-subscription';
import {
  DateTimeColumn,
  EnumColumn,
  ForeignColumn,
  GeneratedColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
} from './columns';
import { ChangeKind, ChangeTiming, type Decider, SubscriptionChangeState } from './enums';
import { Node, NodeType } from './node';
import { DateTimeField, EnumField, JsonField, TextField, VersionField } from './shown-columns';
import { User } from './user';

/** Units of a product or an add-on at one price per unit and billing cycle, in minor units. */
export interface PricedUnits {
  itemId: string;
  quantity: number;
  unitMinor: number;
  /** Retail price of one unit. Null or absent for none. */
  retailMinor?: number | null;
}

/** Product and add-ons of a subscription before or after a change. */
export interface ChangeContents {
  productId: string;
  /** Total quantities, without zeros. */
  addons: { addonId: string; quantity: number }[];
  capacityBytes: number;
  /** Recurring charge per billing cycle, in minor units. */
  recurringMinor: number;
  /** Recurring charge at retail prices. Null or absent if a part has none. */
  retailMinor?: number | null;
}

/** Change of what a subscription holds. At most one is open per subscription: `openSlot` is unique. */
@Entity('subscription_changes')
@NodeType('A change of the product or the add-ons of a subscription.')
@Unique('one_open_change', ['openSlot'])
@Index('changes_by_account', ['accountId', 'id'])
@Index('changes_by_reseller', ['resellerId', 'id'])
@Index('changes_by_subscription', ['subscriptionId', 'id'])
@Index('changes_by_state_and_effect', ['state', 'effectiveAt'])
@Index('changes_by_state', ['state', 'id'])
export class SubscriptionChange extends Node {
  @VersionField()
  version!: number;

  @EnumField(() => SubscriptionChangeState, 'State of the change.')
  state!: SubscriptionChangeState;

  @ForeignColumn(() => CloudSubscription)
  subscriptionId!: string;

  @GeneratedColumn(`if(state in ('PENDING', 'ACCEPTED'), subscriptionId, NULL)`)
  openSlot?: string;

  /** Account of the subscription, copied so that visibility needs no join. */
  @RefColumn()
  accountId!: string;

  @RefColumn({ nullable: true })
  resellerId!: string | null;

  @JsonField(() => [ChangeKind], 'Kinds of the change.')
  kinds!: ChangeKind[];

  /** Decider of a PENDING change; meaningless in other states. */
  @EnumColumn({ nullable: true })
  awaiting!: Decider | null;

  /** Time at which the first decider passed the change on. Null unless that has happened. */
  @DateTimeColumn({ nullable: true })
  forwardedAt!: Date | null;

  /** Contents of the subscription at the request. */
  @JsonColumn()
  before!: ChangeContents;

  /** Contents of the subscription after the change. */
  @JsonColumn()
  after!: ChangeContents;

  /** Units that the change buys, at the prices of the request. */
  @JsonColumn()
  added!: PricedUnits[];

  @EnumField(() => ChangeTiming, 'Time at which the change takes effect.')
  timing!: ChangeTiming;

  @DateTimeField(
    'End of the billing period at which an accepted change takes effect. Null before the decision, for an immediate change, and once it is carried out.',
    { nullable: true },
  )
  effectiveAt!: Date | null;

  @TextField('Reason of the requester. Null if none was given.', { nullable: true, length: 1000 })
  reason!: string | null;

  @ForeignColumn(() => User)
  requestedById!: string;

  @DateTimeField('Time of the request.')
  requestedAt!: Date;

  @RefColumn({ nullable: true })
  decidedById!: string | null;

  @DateTimeField('Time of the decision. Null until then.', { nullable: true })
  decidedAt!: Date | null;

  @TextField('Reason of the decision. Null if none was given.', { nullable: true, length: 1000 })
  decisionNote!: string | null;

  @DateTimeField('Time at which the provider confirmed the change. Null until then.', { nullable: true })
  completedAt!: Date | null;

  /** Number of reminders of a change without a decision. */
  @IntColumn({ default: 0 })
  escalation!: number;
}
