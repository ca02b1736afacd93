import { roots } from './roots';

/**
 * Handling of a value that a client sends.
 *
 * - `narrows`: filters rows that the viewer may see anyway
 * - `visible`: id of a row, looked up among the rows that the viewer may see
 * - `ownBasket`: id of the viewer's open basket, or of a line of it
 * - `catalog`: id of a catalog item
 * - `value`: checked by the service; ids owned by another tenant resolve to "not found"
 * - `secret`: compared with a hash, never stored, never logged
 * - `input`: an input type, whose fields have decisions of their own
 */
export type ValueDecision = 'narrows' | 'visible' | 'ownBasket' | 'catalog' | 'value' | 'secret' | 'input';

/** Names of values, by their handling. */
export type ValueDecisions = Partial<Record<ValueDecision, string>>;

const page = 'first after last before';
const input: ValueDecisions = { input: 'input' };

/** Handling of every argument, by field. */
export const fieldArguments: Readonly<Record<string, ValueDecisions>> = {
  'Query.node': { visible: 'id' },
  'Query.nodes': { visible: 'ids' },
  'Query.category': { catalog: 'slug' },
  'Query.products': { narrows: page, input: 'filter' },
  'Query.product': { catalog: 'id sku' },
  'Query.account': { visible: 'id' },
  'Query.operation': { visible: 'id' },
  'Query.cancellationRequest': { visible: 'id' },
  'Query.accounts': { narrows: page, input: 'filter sort' },
  'Query.catalogProducts': { narrows: `states search ${page}` },
  'Query.catalogAddons': { narrows: `states search ${page}` },
  'Query.priceLists': { narrows: page },
  'Query.pastPrices': { narrows: `priceListId itemId billingCycle ${page}` },
  'Query.users': { narrows: page, input: 'filter' },
  'Query.orders': { narrows: page, input: 'filter sort' },
  'Query.order': { visible: 'id number' },
  'Query.subscriptions': { narrows: page, input: 'filter sort' },
  'Query.subscription': { visible: 'id' },
  'Query.cancellationRequests': { narrows: page, input: 'filter' },
  'Query.previewSubscriptionChange': input,
  'Query.subscriptionChange': { visible: 'id' },
  'Query.subscriptionChanges': { narrows: page, input: 'filter' },
  'Query.charges': { narrows: page, input: 'filter' },
  'Query.apiKeys': { narrows: `accountId ${page}` },
  'Query.webhooks': { narrows: `accountId ${page}` },
  'Query.webhookDeliveries': { visible: 'webhookId', narrows: `states ${page}` },
  'Query.mails': { narrows: page, input: 'filter' },
  'Query.auditTrail': { narrows: page, input: 'filter' },
  ...Object.fromEntries(Object.keys(roots.Mutation).map(name => [`Mutation.${name}`, input])),
  'Subscription.provisioningUpdates': { visible: 'orderId subscriptionId', narrows: 'after' },
  'Subscription.cancellationUpdates': { narrows: 'after' },
  'Subscription.orderUpdates': { visible: 'orderId', narrows: 'after' },
  'Subscription.subscriptionUpdates': { visible: 'subscriptionId', narrows: 'after' },
  'Account.subscriptions': { narrows: page, input: 'filter' },
  'Account.orders': { narrows: page, input: 'filter' },
  'Account.users': { narrows: page },
  'Account.invitations': { narrows: page },
  'CloudSubscription.charges': { narrows: page },
  'Basket.recipients': { narrows: `search ${page}` },
  'Category.products': { narrows: page },
  'Service.products': { narrows: page },
  'Product.payerPrices': { visible: 'recipientId' },
  'Addon.payerPrices': { visible: 'recipientId' },
};
