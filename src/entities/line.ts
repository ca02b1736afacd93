import { ObjectType } from 'type-graphql';
import { Product } from './catalog';
import { BigIntColumn, CodeColumn, ForeignColumn, IntColumn, JsonColumn, RefColumn } from './columns';
import { BillingCycle } from './enums';
import { Node } from './node';
import { EnumField, IntField } from './shown-columns';

/** Quantity of an add-on on a line, with the price per unit that was shown or confirmed, in minor units. */
export interface LineAddon {
  addonId: string;
  quantity: number;
  unitMinor: number;
  /**
   * Retail price of one unit at the time of the order. Null for none, absent on lines of baskets and of orders from before
   * there were retail prices.
   */
  retailMinor?: number | null;
}

/** Line of a basket or an order. */
@ObjectType({ simpleResolvers: true })
export abstract class Line extends Node {
  @IntColumn()
  position!: number;

  @ForeignColumn(() => Product)
  productId!: string;

  /** Existing subscription that receives the add-ons, or the subscription that execution created. */
  @RefColumn({ nullable: true })
  subscriptionId!: string | null;

  @EnumField(() => BillingCycle, 'Billing cycle of the line.')
  billingCycle!: BillingCycle;

  @IntField('Number of licenses of the product. 0 if the line adds add-ons to a subscription.')
  quantity!: number;

  @JsonColumn()
  addons!: LineAddon[];

  /** Price of one license for one billing cycle, as last shown or confirmed, in minor units. */
  @BigIntColumn()
  unitMinor!: number;

  @CodeColumn({ length: 3 })
  currency!: string;
}
