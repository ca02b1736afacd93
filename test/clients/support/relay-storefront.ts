import {
  commitMutation,
  type Environment,
  fetchQuery,
  type GraphQLTaggedNode,
  type MutationParameters,
  requestSubscription,
} from 'relay-runtime';
import AddToBasket, {
  type shopAddToBasketMutation,
} from '../generated/relay/shopAddToBasketMutation.graphql';
import Basket, { type shopBasketQuery } from '../generated/relay/shopBasketQuery.graphql';
import Checkout, { type shopCheckoutMutation } from '../generated/relay/shopCheckoutMutation.graphql';
import ChooseRecipient, {
  type shopChooseRecipientMutation,
} from '../generated/relay/shopChooseRecipientMutation.graphql';
import ConfirmBilling, {
  type shopConfirmBillingMutation,
} from '../generated/relay/shopConfirmBillingMutation.graphql';
import Product, { type shopProductQuery } from '../generated/relay/shopProductQuery.graphql';
import Provisioning, {
  type shopProvisioningSubscription,
} from '../generated/relay/shopProvisioningSubscription.graphql';
import SignIn, { type shopSignInMutation } from '../generated/relay/shopSignInMutation.graphql';
import Subscriptions, {
  type shopSubscriptionsQuery,
} from '../generated/relay/shopSubscriptionsQuery.graphql';
import type { Storefront } from './story';
import { valuesOf } from './values';

/** The storefront of the story over Relay's runtime and the artifacts of its compiler. */
export function relayStorefront(environment: Environment, session: { token: string | null }): Storefront {
  const mutate = <Mutation extends MutationParameters>(
    mutation: GraphQLTaggedNode,
    variables: Mutation['variables'],
  ) =>
    new Promise<Mutation['response']>((onCompleted, onError) =>
      commitMutation<Mutation>(environment, { mutation, variables, onCompleted, onError }),
    );
  return {
    async signIn(email, password) {
      const { signIn } = await mutate<shopSignInMutation>(SignIn, { input: { email, password } });
      session.token = signIn.token ?? null;
      return session.token;
    },
    async product(sku) {
      const answer = await fetchQuery<shopProductQuery>(environment, Product, { sku }).toPromise();
      return answer?.product ?? null;
    },
    async add(line) {
      const answer = await mutate<shopAddToBasketMutation>(AddToBasket, { input: { quantity: 1, ...line } });
      const { basket, errors } = answer.addToBasket;
      return { id: basket?.id, errors: errors.map(({ __typename: message }) => ({ message })) };
    },
    async recipients() {
      const answer = await fetchQuery<shopBasketQuery>(environment, Basket, {}).toPromise();
      return answer?.basket?.recipients.nodes ?? [];
    },
    async choose(accountId) {
      const answer = await mutate<shopChooseRecipientMutation>(ChooseRecipient, { input: { accountId } });
      return { id: answer.chooseRecipient.basket?.id, errors: answer.chooseRecipient.errors };
    },
    async confirm() {
      const answer = await mutate<shopConfirmBillingMutation>(ConfirmBilling, { input: {} });
      return { id: answer.confirmBilling.basket?.id, errors: answer.confirmBilling.errors };
    },
    async checkout(basketId, idempotencyKey) {
      const answer = await mutate<shopCheckoutMutation>(Checkout, { input: { basketId, idempotencyKey } });
      return { id: answer.checkout.order?.id, errors: answer.checkout.errors };
    },
    async follow(orderId) {
      const messages = valuesOf<shopProvisioningSubscription['response'] | null | undefined>(
        ({ next, error }) => {
          const { dispose } = requestSubscription<shopProvisioningSubscription>(environment, {
            subscription: Provisioning,
            variables: { orderId },
            onNext: next,
            onError: error,
          });
          return dispose;
        },
      );
      for await (const message of messages) {
        const update = message?.provisioningUpdates;
        const states =
          update?.__typename === 'ProvisioningSnapshot'
            ? update.operations.map(({ state }) => state)
            : update?.__typename === 'ProvisioningUpdate'
              ? [update.operation.state]
              : [];
        const last = states.find(state => state === 'SUCCEEDED' || state === 'FAILED');
        if (last) return last;
      }
      throw new Error('The subscription ended before the order.');
    },
    async subscriptions() {
      const answer = await fetchQuery<shopSubscriptionsQuery>(environment, Subscriptions, {}).toPromise();
      return answer?.subscriptions.nodes ?? [];
    },
  };
}
