import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { found } from '../../support/until';
import {
  AddToBasketDocument,
  BasketDocument,
  CheckoutDocument,
  ChooseRecipientDocument,
  ConfirmBillingDocument,
  OrderDocument,
  ProductDocument,
  ProvisioningDocument,
  type ProvisioningSubscription,
  SignInDocument,
  SubscriptionsDocument,
} from '../generated/codegen/graphql';
import type { Storefront } from './story';

/** A client that takes the documents of GraphQL Code Generator. */
export interface DocumentClient {
  /** Sends a query or a mutation; `token` is the session's. */
  request<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    token: string | null,
  ): Promise<Data>;
  /** Messages of a subscription. A client without subscriptions has none, and polls. */
  subscribe?(
    document: typeof ProvisioningDocument,
    variables: { orderId: string },
    token: string | null,
  ): AsyncIterable<ProvisioningSubscription>;
}

const FINAL: readonly string[] = ['SUCCEEDED', 'FAILED'];

/** The storefront of the story over such a client. */
export function storefrontOf(client: DocumentClient): Storefront {
  let token: string | null = null;
  const send = <Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ) => client.request(document, variables, token);
  return {
    async signIn(email, password) {
      const { signIn } = await send(SignInDocument, { input: { email, password } });
      token = signIn.token;
      return token;
    },
    product: async sku => (await send(ProductDocument, { sku })).product,
    async add(input) {
      const { addToBasket } = await send(AddToBasketDocument, { input: { quantity: 1, ...input } });
      return { id: addToBasket.basket?.id, errors: addToBasket.errors };
    },
    recipients: async () => (await send(BasketDocument, {})).basket?.recipients.nodes ?? [],
    async choose(accountId) {
      const { chooseRecipient } = await send(ChooseRecipientDocument, { input: { accountId } });
      return { id: chooseRecipient.basket?.id, errors: chooseRecipient.errors };
    },
    async confirm() {
      const { confirmBilling } = await send(ConfirmBillingDocument, { input: {} });
      return { id: confirmBilling.basket?.id, errors: confirmBilling.errors };
    },
    async checkout(basketId, idempotencyKey) {
      const { checkout } = await send(CheckoutDocument, { input: { basketId, idempotencyKey } });
      return { id: checkout.order?.id, errors: checkout.errors };
    },
    async follow(orderId) {
      if (!client.subscribe) return poll(orderId);
      for await (const message of client.subscribe(ProvisioningDocument, { orderId }, token)) {
        const state = lastState(message);
        if (FINAL.includes(state)) return state;
      }
      throw new Error('The subscription ended before the order.');
    },
    subscriptions: async () => (await send(SubscriptionsDocument, {})).subscriptions.nodes,
  };

  async function poll(id: string): Promise<string> {
    await found(async () => (await send(OrderDocument, { id })).order?.state === 'COMPLETED' || undefined, {
      what: `the end of the order ${id}`,
    });
    return 'SUCCEEDED';
  }
}

function lastState({ provisioningUpdates: message }: ProvisioningSubscription): string {
  if (message.__typename === 'StreamReset') return 'RESET';
  if (message.__typename === 'ProvisioningUpdate') return message.operation.state;
  return message.operations[0]?.state ?? 'PENDING';
}
