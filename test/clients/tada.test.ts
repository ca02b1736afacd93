import type { ResultOf, TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import { createClient as createSocket } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { playStory } from './support/story';
import * as shop from './support/tada-documents';
import { bearer, urlsOf } from './support/urls';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

test('documents of gql.tada play the ordering story over graphql-request and graphql-ws', async () => {
  const session: { token: string | null } = { token: null };
  const client = new GraphQLClient(urlsOf(gateway).http);
  const send = <Data, Variables extends object>(
    document: TadaDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> => client.request<Data>(document, { ...variables }, bearer(session.token));
  const socket = createSocket({
    url: urlsOf(gateway).ws,
    webSocketImpl: WebSocket,
    connectionParams: () => bearer(session.token),
  });

  await playStory({
    async signIn(email, password) {
      const { signIn } = await send(shop.SignIn, { input: { email, password } });
      session.token = signIn.token;
      return signIn.token;
    },
    product: async sku => (await send(shop.Product, { sku })).product,
    async add(line) {
      const { addToBasket } = await send(shop.AddToBasket, { input: { quantity: 1, ...line } });
      return { id: addToBasket.basket?.id, errors: addToBasket.errors };
    },
    recipients: async () => (await send(shop.Recipients, {})).basket?.recipients.nodes ?? [],
    async choose(accountId) {
      const { chooseRecipient } = await send(shop.ChooseRecipient, { input: { accountId } });
      return { id: chooseRecipient.basket?.id, errors: chooseRecipient.errors };
    },
    async confirm() {
      const { confirmBilling } = await send(shop.ConfirmBilling, { input: {} });
      return { id: confirmBilling.basket?.id, errors: confirmBilling.errors };
    },
    async checkout(basketId, idempotencyKey) {
      const { checkout } = await send(shop.Checkout, { input: { basketId, idempotencyKey } });
      return { id: checkout.order?.id, errors: checkout.errors };
    },
    async follow(orderId) {
      const query = print(shop.Provisioning);
      type Message = ResultOf<typeof shop.Provisioning>;
      for await (const { data } of socket.iterate<Message>({ query, variables: { orderId } })) {
        const message = data?.provisioningUpdates;
        const state =
          message?.__typename === 'ProvisioningUpdate'
            ? message.operation.state
            : message?.__typename === 'ProvisioningSnapshot' && message.operations[0]?.state;
        if (state === 'SUCCEEDED' || state === 'FAILED') return state;
      }
      throw new Error('The subscription ended before the order.');
    },
    subscriptions: async () => (await send(shop.Subscriptions, {})).subscriptions.nodes,
  });
  await socket.dispose();
});
