import { Field } from 'type-graphql';
import { Column, Entity, Index } from 'typeorm';
import { BigIntColumn, ForeignColumn, IdColumn, RefColumn } from './columns';
import { BillingCycle } from './enums';
import { SimpleType } from './fields';
import { Node, NodeType } from './node';
import { CurrencyCodeScalar } from './scalars';
import { CodeField, DateTimeField, EnumField, IntField, VersionField } from './shown-columns';

/** Set of prices in one currency. The default one is public; resellers have their own. */
@Entity('price_lists')
@NodeType('A list of prices in one currency. It applies to the accounts that it is assigned to.')
export class PriceList extends Node {
  @CodeField('Unique code: `reseller`.', { unique: true })
  code!: string;

  @Field(() => CurrencyCodeScalar, { description: 'Currency of all prices on the list.' })
  @Column({ type: 'char', length: 3, charset: 'ascii' })
  currency!: string;

  @Field({
    description:
      'True for the public price list, which applies to accounts without another and to anonymous viewers.',
  })
  @Column({ type: 'boolean' })
  isDefault!: boolean;
}

/** Price of one unit of a product or an add-on for one billing cycle, in minor units of the list's currency. */
@Entity('prices')
@SimpleType('Price of one unit of a product or an add-on on a price list.')
@Index(['itemId'])
export class ListedPrice {
  @IdColumn(() => PriceList)
  priceListId!: string;

  /** Product or add-on, distinguished by the prefix of the id. */
  @IdColumn()
  itemId!: string;

  @Field(() => BillingCycle, { description: 'Billing cycle of the price.' })
  @Column({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin', primary: true })
  billingCycle!: BillingCycle;

  @BigIntColumn()
  unitMinor!: number;

  @VersionField({ default: 1 })
  version!: number;

  @DateTimeField('Time at which the price was set. Null for a price that came with the catalog.', {
    nullable: true,
  })
  validFrom!: Date | null;

  /** User who set the price. Null for prices from an import or from setup. */
  @RefColumn({ nullable: true })
  setById!: string | null;
}

/** Former value of a price. Never changed. */
@Entity('past_prices')
@SimpleType('Former price of one unit of a product or an add-on on a price list.')
@Index(['priceListId', 'itemId', 'billingCycle', 'id'])
export class PastPrice {
  /** Sortable id: a later value has a greater one. */
  @IdColumn()
  id!: string;

  @ForeignColumn(() => PriceList)
  priceListId!: string;

  @RefColumn()
  itemId!: string;

  @EnumField(() => BillingCycle, 'Billing cycle of the price.')
  billingCycle!: BillingCycle;

  @BigIntColumn()
  unitMinor!: number;

  @IntField('Version of the price.')
  version!: number;

  @DateTimeField('Time at which the price was set. Null for a price that came with the catalog.', {
    nullable: true,
  })
  validFrom!: Date | null;

  @DateTimeField('Time at which the price was replaced or removed.')
  validUntil!: Date;

  @RefColumn({ nullable: true })
  setById!: string | null;
}
