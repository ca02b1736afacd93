import { startTestGateway, type TestGateway } from '../support/gateway';
import { until } from '../support/until';
import {
  AddToBasketDocument,
  BasketDocument,
  ProductsDocument,
  type ProductsQuery,
  RenameSubscriptionDocument,
  SubscriptionsDocument,
} from './generated/codegen/graphql';
import { startApollo } from './support/apollo';
import { storefrontOf } from './support/storefront';
import { playStory } from './support/story';

let gateway: TestGateway;
let apollo: ReturnType<typeof startApollo>;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(async () => {
  await gateway.reset();
  apollo = startApollo(gateway);
});
afterEach(() => apollo.stop());
afterAll(() => gateway.stop());

test('Apollo Client plays the ordering story; a rename updates the list that the cache has', async () => {
  const { client, documents, requests, session } = apollo;
  const shop = storefrontOf({
    ...documents,
    request(document, variables, token) {
      session.token = token;
      return documents.request(document, variables, token);
    },
  });
  const { id: subscriptionId } = await playStory(shop);
  const sent = requests.length;
  const { data } = await client.mutate({
    mutation: RenameSubscriptionDocument,
    variables: { input: { subscriptionId, friendlyName: 'Vault' } },
  });
  expect(data?.renameSubscription.errors).toEqual([]);
  const list = await client.query({ query: SubscriptionsDocument });
  expect(list.data?.subscriptions.nodes.map(({ friendlyName }) => friendlyName)).toEqual(['Vault']);
  expect(requests.length - sent).toBe(1);
});

/** Cursor of the last item, if another page follows. */
function endOf(data: unknown): string | null {
  const { pageInfo } = (data as ProductsQuery).products;
  return pageInfo.hasNextPage ? pageInfo.endCursor : null;
}

test('pages of a list become one list in the cache', async () => {
  const { client, requests } = apollo;
  const pages = client.watchQuery({ query: ProductsDocument, variables: { first: 3 } });
  const watching = pages.subscribe({});
  const idsNow = () => pages.getCurrentResult().data?.products?.edges?.map(edge => edge?.node?.id) ?? [];
  await until(() => idsNow().length === 3);
  let after = endOf(pages.getCurrentResult().data);
  while (after) {
    const { data } = await pages.fetchMore({ variables: { after } });
    after = endOf(data);
  }
  const answer = await gateway.send(null, '{ products { totalCount } }');
  const total: number = answer.data.products.totalCount;
  expect(total).toBeGreaterThan(3);
  expect(new Set(idsNow()).size).toBe(total);
  expect(idsNow()).toHaveLength(total);
  expect(requests).toHaveLength(Math.ceil(total / 3));
  watching.unsubscribe();
});

test('a mutation updates the basket that a query shows, and an error of every kind is read from the cache', async () => {
  const { client, requests, session } = apollo;
  session.token = await gateway.token('buyer@northwind.example');
  const basket = client.watchQuery({ query: BasketDocument });
  const watching = basket.subscribe({});
  const lines = () => basket.getCurrentResult().data?.basket?.lines?.length;
  await until(() => lines() === 0);
  const { data: found } = await client.query({ query: ProductsDocument, variables: { first: 20 } });
  const product = found?.products.edges.find(({ node: { sku } }) => sku === 'IC-BASE-1TB')?.node;
  const add = (quantity: number) =>
    client.mutate({
      mutation: AddToBasketDocument,
      variables: { input: { productId: product?.id ?? '', quantity } },
    });
  await add(1);
  await until(() => lines() === 1);
  const { data } = await add(7);
  expect(data?.addToBasket.errors).toEqual([
    expect.objectContaining({ __typename: 'QuantityLimitError', minQuantity: 1, maxQuantity: 1 }),
  ]);
  expect(requests).toHaveLength(4);
  watching.unsubscribe();
});
