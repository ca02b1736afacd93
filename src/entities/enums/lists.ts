import { defineEnum } from './define-enum';

export const SortDirection = defineEnum('SortDirection', 'Direction of a sort order.', {
  ASC: 'Ascending: from A to Z, from the earliest to the latest.',
  DESC: 'Descending: from Z to A, from the latest to the earliest.',
});
export type SortDirection = keyof typeof SortDirection;

export const AccountSortField = defineEnum('AccountSortField', 'Field to sort accounts by.', {
  NAME: 'Company name.',
  CREATED_AT: 'Time of creation.',
});
export type AccountSortField = keyof typeof AccountSortField;

export const OrderSortField = defineEnum('OrderSortField', 'Field to sort orders by.', {
  PLACED_AT: 'Time of the order.',
  NUMBER: 'Order number.',
});
export type OrderSortField = keyof typeof OrderSortField;

export const CloudSubscriptionSortField = defineEnum(
  'CloudSubscriptionSortField',
  'Field to sort subscriptions by.',
  {
    CREATED_AT: 'Time of creation.',
    FRIENDLY_NAME: 'Name that the buyer chose.',
    CURRENT_PERIOD_END:
      'End of the current billing period. Subscriptions without one come first in ascending order.',
  },
);
export type CloudSubscriptionSortField = keyof typeof CloudSubscriptionSortField;
