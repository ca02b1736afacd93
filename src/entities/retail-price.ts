import { Column, Entity } from 'typeorm';
import { Account } from './account';
import { BigIntColumn, CodeColumn, DateTimeColumn, IdColumn, IntColumn, RefColumn } from './columns';
import type { BillingCycle } from './enums';

/** Price of one unit of a product or an add-on for one billing cycle, which a reseller sets for its customers. */
@Entity('retail_prices')
export class RetailPrice {
  @IdColumn(() => Account)
  resellerId!: string;

  /** Product or add-on, distinguished by the prefix of the id. */
  @IdColumn()
  itemId!: string;

  @Column({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin', primary: true })
  billingCycle!: BillingCycle;

  /** Currency of the reseller's price list when the price was set. The price does not apply once the list has another. */
  @CodeColumn({ length: 3 })
  currency!: string;

  @BigIntColumn()
  unitMinor!: number;

  @IntColumn()
  version!: number;

  /** Time at which the price was set. */
  @DateTimeColumn()
  validFrom!: Date;

  /** User who set the price. */
  @RefColumn()
  setById!: string;
}
