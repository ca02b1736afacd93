import { Entity, Index } from 'typeorm';
import { CloudSubscription } from './cloud-subscription';
import { BigIntColumn, DateTimeColumn, ForeignColumn, IdColumn, IntColumn } from './columns';
import { ProvisioningOperation } from './operation';

/**
 * Licenses or add-ons that a subscription got in one operation, at one price. A reduction takes the newest lot first; a
 * lot without units stays, with 0.
 */
@Entity('subscription_lots')
@Index('lots_by_subscription', ['subscriptionId'])
export class SubscriptionLot {
  /** Operation that brought the lot. Ids of operations sort by time. */
  @IdColumn(() => ProvisioningOperation)
  operationId!: string;

  /** Product or add-on, distinguished by the prefix of the id. */
  @IdColumn()
  itemId!: string;

  @ForeignColumn(() => CloudSubscription)
  subscriptionId!: string;

  /** Units that the subscription still holds. */
  @IntColumn()
  quantity!: number;

  /** Price of one unit for one billing cycle, in minor units of the currency of the subscription. */
  @BigIntColumn()
  unitMinor!: number;

  /** Retail price of one unit at the time of the order or the change. Null if there was none. */
  @BigIntColumn({ nullable: true })
  retailMinor!: number | null;

  /** Time at which the provider confirmed the lot. Later than that of every older lot, also after the clock was set back. */
  @DateTimeColumn()
  since!: Date;
}
