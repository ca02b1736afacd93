import type { FieldDecisions } from './field-decisions';

/** What there are lists of. */
const listed = [
  'Account',
  'User',
  'PriceList',
  'PastPrice',
  'Addon',
  'ApiKey',
  'AuditEntry',
  'CancellationRequest',
  'CloudSubscription',
  'Order',
  'Product',
  'Webhook',
  'WebhookDelivery',
];

/** Every field of every list and of its items' places in it. */
export const connections: Readonly<Record<string, FieldDecisions>> = {
  PageInfo: { own: 'hasNextPage hasPreviousPage startCursor endCursor' },
  ...Object.fromEntries(
    listed.flatMap(name => [
      [`${name}Connection`, { own: 'edges nodes pageInfo totalCount' }],
      [`${name}Edge`, { own: 'node cursor' }],
    ]),
  ),
};
