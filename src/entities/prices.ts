import { Field, ID, Int } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import {
  BigIntColumn,
  CodeColumn,
  DateTimeColumn,
  EnumColumn,
  IdColumn,
  IntColumn,
  RefColumn,
} from './columns';
import { BillingCycle } from './enums';
import { nullable, SimpleType } from './fields';
import { CurrencyCodeScalar, DateTimeScalar } from './scalars';

/** Set of prices in one currency. The default one is public; resellers have their own. */
@Entity('price_lists')
@SimpleType('A set of prices in one currency, for the accounts that it is assigned to.')
export class PriceList {
  @Field(() => ID, { description: 'For `assignPriceList` and `setPrice`.' })
  @IdColumn()
  id!: string;

  @Field({ description: 'For people and programs: `reseller`. Unique.' })
  @CodeColumn({ unique: true })
  code!: string;

  @Field(() => CurrencyCodeScalar, { description: 'Of all its prices.' })
  @Column({ type: 'char', length: 3, charset: 'ascii' })
  currency!: string;

  @Field({ description: 'Whether it is the public one, which holds for whoever has no other.' })
  @Column({ type: 'boolean' })
  isDefault!: boolean;
}

/** Price of one unit of a product or an add-on for one billing cycle, in minor units of the list's currency. */
@Entity('prices')
@SimpleType('What one unit of something costs on a price list.')
@Index(['itemId'])
export class ListedPrice {
  @IdColumn()
  @ForeignKey(() => PriceList)
  priceListId!: string;

  /** Product or add-on, distinguished by the prefix of the id. */
  @IdColumn()
  itemId!: string;

  @Field(() => BillingCycle, { description: 'The billing cycle.' })
  @Column({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin', primary: true })
  billingCycle!: BillingCycle;

  @BigIntColumn()
  unitMinor!: number;

  @Field(() => Int, {
    description: 'Counts the values that the price has had; send it back as `expectedVersion`.',
  })
  @IntColumn({ default: 1 })
  version!: number;

  @Field(() => DateTimeScalar, nullable('When it was set; null for what came with the catalog.'))
  @DateTimeColumn({ nullable: true })
  validFrom!: Date | null;

  /** User who set the price. Null for prices from an import or from setup. */
  @RefColumn({ nullable: true })
  setById!: string | null;
}

/** Former value of a price. Never changed. */
@Entity('past_prices')
@SimpleType('What one unit of something cost on a price list before.')
@Index(['priceListId', 'itemId', 'billingCycle', 'id'])
export class PastPrice {
  /** Sortable id: a later value has a greater one. */
  @IdColumn()
  id!: string;

  @RefColumn()
  @ForeignKey(() => PriceList)
  priceListId!: string;

  @RefColumn()
  itemId!: string;

  @Field(() => BillingCycle, { description: 'The billing cycle.' })
  @EnumColumn()
  billingCycle!: BillingCycle;

  @BigIntColumn()
  unitMinor!: number;

  @Field(() => Int, { description: 'Which of its values it was.' })
  @IntColumn()
  version!: number;

  @Field(() => DateTimeScalar, nullable('When it was set; null for what came with the catalog.'))
  @DateTimeColumn({ nullable: true })
  validFrom!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was set anew, or taken off the list.' })
  @DateTimeColumn()
  validUntil!: Date;

  @RefColumn({ nullable: true })
  setById!: string | null;
}
