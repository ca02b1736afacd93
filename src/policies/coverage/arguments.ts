import { roots } from './roots';

/**
 * What is done with a value that a client sends.
 *
 * - `narrows`: chooses among what the viewer may see anyway
 * - `visible`: names a row, which is looked up among those that the viewer may see
 * - `ownBasket`: names the viewer's open basket, or a line of it
 * - `catalog`: names something that is sold
 * - `value`: is checked by the service that takes it, and means nothing to who else's it is
 * - `secret`: is compared with a hash, never stored, never logged
 * - `input`: an input type, whose fields are decided by themselves
 */
export type ValueDecision = 'narrows' | 'visible' | 'ownBasket' | 'catalog' | 'value' | 'secret' | 'input';

/** The names of values under what is done with them. */
export type ValueDecisions = Partial<Record<ValueDecision, string>>;

const page = 'first after';
const input: ValueDecisions = { input: 'input' };

/** Every argument, by the field that takes it. */
export const fieldArguments: Readonly<Record<string, ValueDecisions>> = {
  'Query.node': { visible: 'id' },
  'Query.nodes': { visible: 'ids' },
  'Query.category': { catalog: 'slug' },
  'Query.products': { catalog: 'categorySlug', narrows: `search ${page}` },
  'Query.product': { catalog: 'id sku' },
  'Query.accounts': { narrows: `search kind active ${page}`, input: 'filter' },
  'Query.catalogProducts': { narrows: `states search ${page}` },
  'Query.catalogAddons': { narrows: `states search ${page}` },
  'Query.priceLists': { narrows: page },
  'Query.pastPrices': { narrows: `priceListId itemId billingCycle ${page}` },
  'Query.users': { narrows: `search role accountId active ${page}` },
  'Query.orders': { narrows: page, input: 'filter' },
  'Query.order': { visible: 'id number' },
  'Query.subscriptions': { narrows: page, input: 'filter' },
  'Query.subscription': { visible: 'id' },
  'Query.cancellationRequests': { narrows: `states ${page}` },
  'Query.apiKeys': { narrows: `accountId ${page}` },
  'Query.webhooks': { narrows: `accountId ${page}` },
  'Query.webhookDeliveries': { visible: 'webhookId', narrows: `states ${page}` },
  'Query.auditTrail': { narrows: page, input: 'filter' },
  'Mutation.signOut': { value: 'everywhere' },
  ...Object.fromEntries(
    Object.keys(roots.Mutation)
      .filter(name => name !== 'signOut' && name !== 'emptyBasket')
      .map(name => [`Mutation.${name}`, input]),
  ),
  'Subscription.provisioningUpdates': { visible: 'orderId subscriptionId', narrows: 'after' },
  'Subscription.cancellationUpdates': { narrows: 'after' },
  'Account.subscriptions': { narrows: page, input: 'filter' },
  'Basket.recipients': { narrows: `search ${page}` },
  'Category.products': { narrows: page },
};
