import { Entity, Index, Unique } from 'typeorm';
import { Account } from './account';
import { CloudSubscription } from './cloud-subscription';
import { BigIntColumn, CodeColumn, ForeignColumn, RefColumn } from './columns';
import { ChargeKind } from './enums';
import { Node, NodeType } from './node';
import { Order } from './order';
import { DateTimeField, EnumField, IntField, TextField } from './shown-columns';

/**
 * Entry of the ledger. Written once, in the transaction of the change that it follows from; only `seq` is set later. The
 * parts of the unique key that an entry does not have are '': NULLs would repeat.
 */
@Entity('charges')
@NodeType(
  'An amount that is owed for a subscription, or given back. Never changed. Visible to the payer, its account managers and administrators.',
)
@Unique('one_charge', ['subscriptionId', 'line', 'kind', 'periodStart', 'cause', 'reversesId'])
@Unique('one_charge_of_a_number', ['seq'])
@Index('charges_by_payer', ['accountId', 'seq'])
@Index('charges_by_subscription', ['subscriptionId', 'seq'])
@Index('charges_by_order', ['orderId', 'seq'])
@Index('charges_by_subscription_and_end', ['subscriptionId', 'periodEnd'])
@Index('charges_by_start', ['periodStart'])
@Index('charges_by_creation', ['createdAt'])
@Index('charges_by_kind', ['kind', 'seq'])
export class Charge extends Node {
  /** Number of its `charge.created` event, set by the sequencer. Null until then: lists do not have the charge yet. */
  @BigIntColumn({ nullable: true })
  seq!: number | null;

  @EnumField(() => ChargeKind, 'Kind of the charge.')
  kind!: ChargeKind;

  /** Payer: the reseller, or the direct customer. */
  @ForeignColumn(() => Account)
  accountId!: string;

  @ForeignColumn(() => CloudSubscription)
  subscriptionId!: string;

  /** Order that brought what is charged. Null for a change or an adjustment. */
  @ForeignColumn(() => Order, { nullable: true })
  orderId!: string | null;

  /** Product or add-on, distinguished by the prefix of the id. Null for an adjustment. */
  @RefColumn({ nullable: true })
  itemId!: string | null;

  /** Lot that is charged: its operation and its item. '' for an adjustment. */
  @CodeColumn({ length: 72 })
  line!: string;

  @DateTimeField('Start of the time that is charged or given back.')
  periodStart!: Date;

  @DateTimeField('End of the time that is charged or given back. Equals `periodStart` for an ADJUSTMENT.')
  periodEnd!: Date;

  @IntField('Number of units.')
  quantity!: number;

  /** Price of one unit for one billing cycle, in minor units. */
  @BigIntColumn()
  unitMinor!: number;

  /** Amount in minor units. Negative for a credit. */
  @BigIntColumn()
  amountMinor!: number;

  @CodeColumn({ length: 3 })
  currency!: string;

  /** Operation, number of the renewal, or hash of the idempotency key of an adjustment. */
  @CodeColumn({ length: 72 })
  cause!: string;

  /** Charge that a credit takes back. '' for other kinds. */
  @RefColumn()
  reversesId!: string;

  @TextField('Reason of an adjustment. Null for other kinds.', { nullable: true, length: 1000 })
  reason!: string | null;

  @DateTimeField('Time of creation.')
  createdAt!: Date;
}
