import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createOperationDescriptor,
  type Environment,
  fetchQuery,
  getRefetchMetadata,
  getRequest,
  getSingularSelector,
} from 'relay-runtime';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { ROOT } from '../support/root';
import { usualSecurity } from '../support/security';
import products, { type shop_products$data } from './generated/relay/shop_products.graphql';
import subscription from './generated/relay/shop_subscription.graphql';
import ProductsPage, { type shopProductsPageQuery } from './generated/relay/shopProductsPageQuery.graphql';
import Products, { type shopProductsQuery } from './generated/relay/shopProductsQuery.graphql';
import Refetch, {
  type shopSubscriptionRefetchQuery,
} from './generated/relay/shopSubscriptionRefetchQuery.graphql';
import { startRelay } from './support/relay';
import { relayStorefront } from './support/relay-storefront';
import { playStory } from './support/story';

const FILE = join(ROOT, 'test/clients/generated/relay.json');
const texts: Record<string, string> = JSON.parse(readFileSync(FILE, 'utf8'));
const textOf = (id: string) => ({ query: texts[id] ?? '' });

let gateway: TestGateway;
beforeAll(async () => {
  const security = usualSecurity({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILES: FILE });
  gateway = await startTestGateway({}, { security });
});
beforeEach(() => gateway.reset());
afterAll(() => gateway.stop());

test.each([
  ['texts', textOf],
  ['ids of persistConfig', (documentId: string) => ({ documentId })],
])(
  'Relay plays the ordering story with %s, and refetches the subscription as a node',
  async (_, parameters) => {
    const { environment, session, requests, stop } = startRelay(gateway, parameters);
    const { id } = await playStory(relayStorefront(environment, session));
    await gateway.rows('UPDATE subscriptions SET friendlyName = ? WHERE id = ?', ['Vault', id]);
    expect(getRefetchMetadata(subscription, 'refetch').refetchableRequest).toBe(Refetch);
    const answer = await fetchQuery<shopSubscriptionRefetchQuery>(environment, Refetch, { id }).toPromise();
    expect(answer?.node).toEqual(expect.objectContaining({ __id: id }));
    const list = await relayStorefront(environment, session).subscriptions();
    expect(list.map(({ friendlyName }) => friendlyName)).toEqual(['Vault']);
    expect(requests).toHaveLength(10);
    await stop();
  },
);

/** Shows the first page as a mounted component does: the garbage collector leaves what is retained. */
async function showProducts(environment: Environment, first: number) {
  const operation = createOperationDescriptor(getRequest(Products), { first });
  environment.retain(operation);
  await fetchQuery<shopProductsQuery>(environment, Products, { first }).toPromise();
  const now = () => {
    const { data } = environment.lookup(operation.fragment);
    const selector = getSingularSelector(products, data);
    if (!selector) throw new Error('The query has no such fragment.');
    return (environment.lookup(selector).data as unknown as shop_products$data).products;
  };
  return { now };
}

test('a connection takes in the next pages of its refetchable query', async () => {
  const { environment, requests, stop } = startRelay(gateway, textOf);
  const list = await showProducts(environment, 3);
  for (let { pageInfo } = list.now(); pageInfo.hasNextPage; { pageInfo } = list.now()) {
    const variables = { first: 3, after: pageInfo.endCursor };
    await fetchQuery<shopProductsPageQuery>(environment, ProductsPage, variables).toPromise();
  }
  const whole = startRelay(gateway, textOf);
  const { edges } = (await showProducts(whole.environment, 100)).now();
  expect(edges.length).toBeGreaterThan(3);
  expect(list.now().edges.map(({ node }) => node.id)).toEqual(edges.map(({ node }) => node.id));
  expect(requests).toHaveLength(Math.ceil(edges.length / 3));
  await stop();
  await whole.stop();
});
