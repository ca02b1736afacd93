/**
 * The fields whose value depends on nothing but the catalog, the viewer's price list and their arguments: what is
 * selected of them alone may be kept as bytes and sent to whoever has the same price list. A field that is not here is
 * never kept, so a new one has to be named to become so; `test/http/answer-cache.test.ts` asks every one of them with
 * nothing personal at hand.
 */
const fields: Readonly<Record<string, string>> = {
  Query: 'categories category products product services providers',
  Node: 'id',
  Category: 'id version slug name description position parent children products',
  Product: 'id version state sku slug name description position service category capacityBytes prices addons',
  Addon: 'id version state sku name description incrementBytes minQuantity maxQuantity prices',
  Service:
    'id code name quantityLimit allowMultipleSubscriptions recipientKinds cancellationPolicy changePolicies provider products',
  ChangePolicy: 'kind decision',
  Provider: 'id name services',
  Price: 'billingCycle unitPrice',
  Money: 'amount currency',
  ProductConnection: 'edges nodes pageInfo totalCount',
  ProductEdge: 'node cursor',
  PageInfo: 'hasNextPage hasPreviousPage startCursor endCursor',
};

/** Public fields, as `Type.field`. */
export const publicFields: ReadonlySet<string> = new Set(
  Object.entries(fields).flatMap(([type, names]) => names.split(' ').map(name => `${type}.${name}`)),
);

/** Types whose objects belong to the catalog, and are immutable within one version. */
export const catalogTypes: ReadonlySet<string> = new Set([
  'Category',
  'Product',
  'Addon',
  'Service',
  'Provider',
]);
