import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { GraphQLClient } from 'graphql-request';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { storefrontOf } from './support/storefront';
import { playStory } from './support/story';
import { bearer, urlsOf } from './support/urls';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

test('graphql-request plays the ordering story, and polls the order', async () => {
  const client = new GraphQLClient(urlsOf(gateway).http);
  const shop = storefrontOf({
    request: <Data, Variables extends Record<string, unknown>>(
      document: TypedDocumentNode<Data, Variables>,
      variables: Variables,
      token: string | null,
    ) => client.request<Data>(document, variables, bearer(token)),
  });
  await playStory(shop);
});

test('errors of a request are thrown with their code', async () => {
  const client = new GraphQLClient(urlsOf(gateway).http);
  const refused = client.request('{ viewer { id } }');
  await expect(refused).rejects.toMatchObject({
    response: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  });
});
