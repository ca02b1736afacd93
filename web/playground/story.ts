const documents = import.meta.glob<string>('../../schema/operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const newKey = '{{newKey}}';
const PRICE = { priceListId: '{{priceList}}', itemId: '{{product}}', billingCycle: 'MONTHLY' };
const as = (email: string) => ({ input: { email, password: 'demo' } });

/**
 * Documents of `schema/operations` in the order of the story, with variables: a reseller orders for an end customer and
 * requests a cancellation, the account manager decides and orders on behalf of a customer, an administrator adds a product.
 * Documents that would undo the story, or need a failure, come last.
 */
const STORY: readonly (readonly [file: string, variables?: object])[] = [
  ['01-sign-in', as('sales@skyline.example')],
  ['02-viewer'],
  ['03-catalog'],
  ['04-product', { sku: 'IC-BASE-1TB' }],
  ['05-basket'],
  ['06-add-to-basket', { input: { productId: '{{product}}', friendlyName: 'Backups' } }],
  [
    '07-update-basket-line',
    { input: { lineId: '{{line}}', addons: [{ addonId: '{{addon}}', quantity: 2 }] } },
  ],
  ['10-recipients'],
  ['11-choose-recipient', { input: { accountId: '{{account}}' } }],
  ['12-confirm-billing', { input: {} }],
  ['13-checkout', { input: { basketId: '{{basket}}', idempotencyKey: newKey } }],
  ['14-provisioning-updates', { orderId: '{{order}}' }],
  ['15-order', { id: '{{order}}' }],
  ['16-orders'],
  ['17-subscriptions', { filter: { states: ['ACTIVE'] } }],
  ['18-subscription', { id: '{{subscription}}' }],
  ['20-rename-subscription', { input: { subscriptionId: '{{subscription}}', friendlyName: 'Archive' } }],
  ['21-request-cancellation', { input: { subscriptionId: '{{subscription}}', idempotencyKey: newKey } }],
  [
    '74-set-retail-price',
    { input: { productId: '{{product}}', billingCycle: 'MONTHLY', unitPrice: '9.90' } },
  ],
  ['01-sign-in', as('manager@bss.example')],
  ['75-overview'],
  ['23-cancellation-requests', { filter: { states: ['PENDING'] } }],
  [
    '25-decide-cancellation',
    { input: { requestId: '{{request}}', decision: 'ACCEPT', idempotencyKey: newKey } },
  ],
  ['30-accounts', { filter: { kinds: ['CUSTOMER'] } }],
  [
    '26-place-order',
    { input: { recipientId: '{{account}}', lines: [{ productId: '{{product}}' }], idempotencyKey: newKey } },
  ],
  ['27-execute-order', { input: { orderId: '{{order}}', idempotencyKey: newKey } }],
  ['31-node', { id: '{{order}}' }],
  ['01-sign-in', as('admin@bss.example')],
  ['32-price-lists'],
  ['33-catalog-products'],
  [
    '34-create-product',
    {
      input: {
        serviceId: '{{service}}',
        categoryId: '{{category}}',
        sku: 'NEW-1TB',
        slug: 'new-1tb',
        name: 'New 1 TB',
        capacityBytes: '1000000000000',
      },
    },
  ],
  ['35-set-price', { input: { ...PRICE, unitPrice: '9.00' } }],
  ['36-publish-product', { input: { productId: '{{product}}' } }],
  ['37-past-prices', PRICE],
  ['38-retire-product', { input: { productId: '{{product}}' } }],
  [
    '39-create-account',
    {
      input: {
        kind: 'CUSTOMER',
        name: 'Fir Hotels',
        email: 'it@fir.example',
        billing: {
          company: 'Fir Hotels',
          email: 'billing@fir.example',
          addressLine1: 'Seeweg 1',
          city: 'Kiel',
          postalCode: '24103',
          country: 'DE',
        },
      },
    },
  ],
  [
    '40-create-user',
    {
      input: {
        name: 'Fiona Fir',
        email: 'fiona@fir.example',
        roles: ['CUSTOMER'],
        accountId: '{{account}}',
      },
    },
  ],
  ['49-set-external-reference', { input: { id: '{{account}}', externalReference: 'CRM-1' } }],
  ['41-users', { filter: { search: 'fiona' } }],
  [
    '60-invite-user',
    {
      input: {
        name: 'Ada Fir',
        email: 'ada@fir.example',
        roles: ['CUSTOMER'],
        accountId: '{{account}}',
        idempotencyKey: newKey,
      },
    },
  ],
  ['67-mails'],
  ['08-remove-basket-line', { input: { lineId: '{{line}}' } }],
  ['09-empty-basket'],
  [
    '19-add-addons-to-basket',
    { subscriptionId: '{{subscription}}', addons: [{ addonId: '{{addon}}', quantity: 1 }] },
  ],
  ['22-withdraw-cancellation', { input: { requestId: '{{request}}' } }],
  [
    '52-preview-subscription-change',
    { input: { subscriptionId: '{{subscription}}', addons: [{ addonId: '{{addon}}', quantity: 2 }] } },
  ],
  [
    '53-request-subscription-change',
    {
      input: {
        subscriptionId: '{{subscription}}',
        addons: [{ addonId: '{{addon}}', quantity: 2 }],
        timing: 'END_OF_PERIOD',
        idempotencyKey: newKey,
      },
    },
  ],
  ['56-subscription-changes'],
  [
    '54-decide-subscription-change',
    { input: { changeId: '{{change}}', decision: 'ACCEPT', idempotencyKey: newKey } },
  ],
  ['55-withdraw-subscription-change', { input: { changeId: '{{change}}' } }],
  ['72-charges', { filter: { subscriptionId: '{{subscription}}' } }],
  [
    '73-create-adjustment',
    {
      input: {
        subscriptionId: '{{subscription}}',
        amount: '-5.00',
        reason: 'Outage on Monday',
        idempotencyKey: newKey,
      },
    },
  ],
  ['24-cancellation-updates'],
  ['50-order-updates'],
  ['51-subscription-updates'],
  ['28-cancel-order', { input: { orderId: '{{order}}' } }],
  ['29-retry-provisioning', { input: { operationId: '{{operation}}', idempotencyKey: newKey } }],
  [
    '57-abandon-operation',
    { input: { operationId: '{{operation}}', reason: 'Ordered twice', idempotencyKey: newKey } },
  ],
  [
    '58-suspend-subscription',
    { input: { subscriptionId: '{{subscription}}', reason: 'Unpaid', idempotencyKey: newKey } },
  ],
  ['59-resume-subscription', { input: { subscriptionId: '{{subscription}}', idempotencyKey: newKey } }],
  ['42-refresh-token', { input: { refreshToken: '{{refreshToken}}' } }],
  ['43-sign-out'],
];

const name = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace('.graphql', '');
const texts = new Map(Object.entries(documents).map(([path, text]) => [name(path), text]));

const tab = (query: string, variables?: object) => ({
  query,
  variables: variables ? JSON.stringify(variables, null, 2) : '',
});

const known = new Set(STORY.map(([file]) => file));

/** Tabs of all documents. Documents that are not part of the story come last. */
export const storyTabs = [
  ...STORY.flatMap(([file, variables]) => {
    const text = texts.get(file);
    return text ? [tab(text, variables)] : [];
  }),
  ...[...texts].flatMap(([file, text]) => (known.has(file) ? [] : [tab(text)])),
];
