import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { BigColumn, IdColumn, IntColumn, MomentColumn, RefColumn, WordColumn } from './columns';
import { BillingCycle } from './enums';
import { CurrencyCodeScalar } from './scalars';

/** A set of prices in one currency. The default one is public; resellers have their own. */
@Entity('price_lists')
@ObjectType({
  simpleResolvers: true,
  description: 'A set of prices in one currency, for the accounts that it is assigned to.',
})
export class PriceList {
  @Field(() => ID, { description: 'For `assignPriceList` and `setPrice`.' })
  @IdColumn()
  id!: string;

  @Field({ description: 'For people and programs: `reseller`. Unique.' })
  @WordColumn({ unique: true })
  code!: string;

  @Field(() => CurrencyCodeScalar, { description: 'Of all its prices.' })
  @Column({ type: 'char', length: 3, charset: 'ascii' })
  currency!: string;

  @Field({ description: 'Whether it is the public one, which holds for whoever has no other.' })
  @Column({ type: 'boolean' })
  isDefault!: boolean;
}

/** What one unit of a product or an add-on costs for one billing cycle, in minor units of the list's currency. */
@Entity('prices')
@Index(['itemId'])
export class ListedPrice {
  @IdColumn()
  @ForeignKey(() => PriceList)
  priceListId!: string;

  /** A product or an add-on: the prefix of the id tells. */
  @IdColumn()
  itemId!: string;

  @Column({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin', primary: true })
  billingCycle!: BillingCycle;

  @BigColumn()
  unitMinor!: number;

  /** Counts the values that the price has had. */
  @IntColumn({ default: 1 })
  version!: number;

  /** Null for what was there before it was kept. */
  @MomentColumn({ nullable: true })
  validFrom!: Date | null;

  /** Who has set it; null for what a program brought along. */
  @RefColumn({ nullable: true })
  setById!: string | null;
}

/** A value that a price had before the one that it has, or before it was taken off the list. Never changed. */
@Entity('past_prices')
@Index(['priceListId', 'itemId', 'billingCycle', 'id'])
export class PastPrice {
  /** Of later values later in order. */
  @IdColumn()
  id!: string;

  @RefColumn()
  @ForeignKey(() => PriceList)
  priceListId!: string;

  @RefColumn()
  itemId!: string;

  @WordColumn()
  billingCycle!: BillingCycle;

  @BigColumn()
  unitMinor!: number;

  @IntColumn()
  version!: number;

  @MomentColumn({ nullable: true })
  validFrom!: Date | null;

  @MomentColumn()
  validUntil!: Date;

  @RefColumn({ nullable: true })
  setById!: string | null;
}
