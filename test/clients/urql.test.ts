import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import type { DocumentNode } from 'graphql';
import { createClient as createSocket } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startTestGateway, type TestGateway } from '../support/gateway';
import {
  BasketDocument,
  type ProvisioningSubscription,
  SubscriptionsDocument,
} from './generated/codegen/graphql';
import { storefrontOf } from './support/storefront';
import { playStory } from './support/story';
import { bearer, urlsOf } from './support/urls';
import { valuesOf } from './support/values';

let gateway: TestGateway;
let token: string | null = null;
let sent: string[] = [];

const counted: typeof fetch = (input, init) => {
  sent.push(String(init?.body));
  return fetch(input, init);
};

const isMutation = ({ definitions: [definition] }: DocumentNode) =>
  definition?.kind === 'OperationDefinition' && definition.operation === 'mutation';

function clientOf() {
  const socket = createSocket({
    url: urlsOf(gateway).ws,
    webSocketImpl: WebSocket,
    connectionParams: () => bearer(token),
  });
  const client = new Client({
    url: urlsOf(gateway).http,
    fetch: counted,
    fetchOptions: () => ({ headers: bearer(token) }),
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: sink => ({
            unsubscribe: socket.subscribe({ query: query ?? '', variables: variables ?? {} }, sink as never),
          }),
        }),
      }),
    ],
  });
  return { client, socket };
}

beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

test('urql with its default exchanges plays the ordering story', async () => {
  const { client, socket } = clientOf();
  const expectData = <T>({ data, error }: { data?: T | undefined; error?: Error | undefined }): T => {
    if (error || !data) throw error ?? new Error('no data');
    return data;
  };
  const shop = storefrontOf({
    async request(document, variables) {
      const sent = isMutation(document)
        ? client.mutation(document, variables)
        : client.query(document, variables);
      return expectData(await sent.toPromise());
    },
    async *subscribe(document, variables) {
      const source = client.subscription(document, variables);
      const answers = valuesOf<{ data?: ProvisioningSubscription; error?: Error }>(
        ({ next }) => source.subscribe(next).unsubscribe,
      );
      for await (const answer of answers) yield expectData(answer);
    },
  });
  await playStory({
    ...shop,
    async signIn(email, password) {
      token = await shop.signIn(email, password);
      return token;
    },
  });

  // The document cache: a list is read once, and again after a mutation about its type.
  sent = [];
  await client.query(SubscriptionsDocument, {}).toPromise();
  expect(sent).toHaveLength(0);
  await shop.add({ productId: 'prod_none', friendlyName: 'x', addons: [] });
  await client.query(BasketDocument, {}).toPromise();
  expect(sent).toHaveLength(2);
  await socket.dispose();
});
