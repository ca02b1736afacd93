import type { FieldDecisions } from './field-decisions';

/** Types of nodes that have a connection. */
const listed = [
  'Account',
  'User',
  'PriceList',
  'PastPrice',
  'Addon',
  'ApiKey',
  'AuditEntry',
  'CancellationRequest',
  'Charge',
  'CloudSubscription',
  'Invitation',
  'Mail',
  'Order',
  'Product',
  'SubscriptionChange',
  'Webhook',
  'WebhookDelivery',
];

/** Decisions for every field of every connection and edge. */
export const connections: Readonly<Record<string, FieldDecisions>> = {
  PageInfo: { own: 'hasNextPage hasPreviousPage startCursor endCursor' },
  ...Object.fromEntries(
    listed.flatMap(name => [
      [`${name}Connection`, { own: 'edges nodes pageInfo totalCount' }],
      [`${name}Edge`, { own: 'node cursor' }],
    ]),
  ),
  ChargeConnection: { own: 'edges nodes pageInfo totalCount totals' },
};
