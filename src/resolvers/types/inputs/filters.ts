import { Field, ID, InputType } from 'type-graphql';
import {
  AccountKind,
  AccountSortField,
  CancellationRequestState,
  CloudSubscriptionSortField,
  CloudSubscriptionState,
  DateTimeScalar,
  Decider,
  OrderSortField,
  OrderSource,
  OrderState,
  SortDirection,
  SyncState,
} from '../../../entities';
import { Optional, searchIn } from '../fields';

@InputType({ description: 'Period of time. Without a limit, it is open on that side.' })
export class DateTimeRange {
  @Optional(() => DateTimeScalar, 'Start of the period, inclusive.')
  from?: Date | null;

  @Optional(() => DateTimeScalar, 'End of the period, exclusive.')
  until?: Date | null;
}

@InputType()
abstract class Sort {
  @Field(() => SortDirection, { defaultValue: SortDirection.ASC, description: 'Direction. Default ASC.' })
  direction!: SortDirection;
}

@InputType({ description: 'Sort order of accounts.' })
export class AccountSort extends Sort {
  @Field(() => AccountSortField, { description: 'Field to sort by.' })
  field!: AccountSortField;
}

@InputType({ description: 'Sort order of orders.' })
export class OrderSort extends Sort {
  @Field(() => OrderSortField, { description: 'Field to sort by.' })
  field!: OrderSortField;
}

@InputType({ description: 'Sort order of subscriptions.' })
export class CloudSubscriptionSort extends Sort {
  @Field(() => CloudSubscriptionSortField, { description: 'Field to sort by.' })
  field!: CloudSubscriptionSortField;
}

@InputType({ description: 'Filter of accounts. An account has to match every condition that is set.' })
export class AccountFilter {
  @Optional(() => String, searchIn('the name and the e-mail address'))
  search?: string | null;

  @Optional(() => [AccountKind], 'Kinds to include. Defaults to all.')
  kinds?: AccountKind[] | null;

  @Optional(() => Boolean, 'True for active accounts, false for deactivated accounts. Defaults to both.')
  active?: boolean | null;

  @Optional(() => ID, 'End customers and affiliates of this reseller.')
  resellerId?: string | null;

  @Optional(() => String, 'Exact external reference. A blank one matches nothing.')
  externalReference?: string | null;

  @Optional(() => ID, 'Accounts assigned to this account manager.')
  accountManagerId?: string | null;

  @Optional(
    () => Boolean,
    'True for accounts without an active account manager of their own or of their reseller, false for the others.',
  )
  unmanaged?: boolean | null;
}

@InputType({ description: 'Filter of orders. An order has to match every condition that is set.' })
export class OrderFilter {
  @Optional(
    () => String,
    `${searchIn('the name and the e-mail address of the recipient')} Or the start of the order number, with or without \`ORD-\` and the year.`,
  )
  search?: string | null;

  @Optional(() => [OrderState], 'States to include. Defaults to all.')
  states?: OrderState[] | null;

  @Optional(() => OrderSource, 'Source of the orders.')
  source?: OrderSource | null;

  @Optional(() => String, 'Exact external reference. A blank one matches nothing.')
  externalReference?: string | null;

  @Optional(() => String, 'Exact purchase order number. A blank one matches nothing.')
  purchaseOrderNumber?: string | null;

  @Optional(() => ID, 'Orders for this account.')
  recipientId?: string | null;

  @Optional(() => ID, 'Orders through this reseller.')
  resellerId?: string | null;

  @Optional(() => ID, 'Orders that this user placed.')
  placedById?: string | null;

  @Optional(() => ID, 'Orders with a line of this product.')
  productId?: string | null;

  @Optional(() => DateTimeRange, 'Time of the order.')
  placedAt?: DateTimeRange | null;
}

@InputType({
  description: 'Filter of subscriptions. A subscription has to match every condition that is set.',
})
export class CloudSubscriptionFilter {
  @Optional(
    () => String,
    `${searchIn(
      'the friendly name, the name and the e-mail address of the account, and the name and the SKU of the product',
    )} Or the start of the id at the provider.`,
  )
  search?: string | null;

  @Optional(() => [CloudSubscriptionState], 'States to include. Defaults to all.')
  states?: CloudSubscriptionState[] | null;

  @Optional(() => [SyncState], 'Sync states to include. Defaults to all.')
  syncStates?: SyncState[] | null;

  @Optional(() => String, 'Exact external reference. A blank one matches nothing.')
  externalReference?: string | null;

  @Optional(() => ID, 'Subscriptions of this account.')
  accountId?: string | null;

  @Optional(() => ID, 'Subscriptions that were bought through this reseller.')
  resellerId?: string | null;

  @Optional(() => ID, 'Subscriptions with this base product.')
  productId?: string | null;

  @Optional(() => ID, 'Subscriptions of this service.')
  serviceId?: string | null;

  @Optional(() => String, 'Exact id of the subscription at the provider.')
  externalId?: string | null;

  @Optional(() => DateTimeRange, 'Time of creation.')
  createdAt?: DateTimeRange | null;
}

@InputType({
  description: 'Filter of cancellation requests. A request has to match every condition that is set.',
})
export class CancellationRequestFilter {
  @Optional(() => [CancellationRequestState], 'States to include. Defaults to all.')
  states?: CancellationRequestState[] | null;

  @Optional(() => Decider, 'Pending requests that await this decider.')
  awaiting?: Decider | null;

  @Optional(() => ID, 'Requests of this account.')
  accountId?: string | null;

  @Optional(() => ID, 'Requests for this subscription.')
  subscriptionId?: string | null;
}

@InputType({ description: 'Filter of products. A product has to match every condition that is set.' })
export class ProductFilter {
  @Optional(() => String, searchIn('the name, the SKU and the description'))
  search?: string | null;

  @Optional(() => String, 'Slug of a category. Includes the products of its child categories.')
  categorySlug?: string | null;

  @Optional(() => ID, 'Products of this service.')
  serviceId?: string | null;
}
