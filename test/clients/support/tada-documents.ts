import { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../generated/graphql-env';

/** Scalars of the schema: all are strings, because amounts and large numbers are exact. */
type Scalars = Record<
  'ID' | 'BigInt' | 'CountryCode' | 'CurrencyCode' | 'DateTime' | 'Decimal' | 'StreamCursor',
  string
>;

const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: Scalars;
  disableMasking: true;
}>();

const Problem = graphql(`
  fragment Problem on UserError {
    __typename
    message
    ... on QuantityLimitError {
      minQuantity
      maxQuantity
    }
  }
`);

export const SignIn = graphql(
  `
    mutation SignIn($input: SignInInput!) {
      signIn(input: $input) {
        token
        errors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);

export const Product = graphql(`
  query Product($sku: String!) {
    product(sku: $sku) {
      id
      sku
      addons {
        id
        sku
      }
    }
  }
`);

export const Recipients = graphql(`
  query Recipients {
    basket {
      recipients(first: 20) {
        nodes {
          id
          name
        }
      }
    }
  }
`);

export const AddToBasket = graphql(
  `
    mutation AddToBasket($input: AddToBasketInput!) {
      addToBasket(input: $input) {
        basket {
          id
        }
        errors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);

export const ChooseRecipient = graphql(
  `
    mutation ChooseRecipient($input: ChooseRecipientInput!) {
      chooseRecipient(input: $input) {
        basket {
          id
        }
        errors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);

export const ConfirmBilling = graphql(
  `
    mutation ConfirmBilling($input: ConfirmBillingInput!) {
      confirmBilling(input: $input) {
        basket {
          id
        }
        errors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);

export const Checkout = graphql(
  `
    mutation Checkout($input: CheckoutInput!) {
      checkout(input: $input) {
        order {
          id
        }
        errors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);

export const Provisioning = graphql(`
  subscription Provisioning($orderId: ID) {
    provisioningUpdates(orderId: $orderId) {
      __typename
      ... on ProvisioningSnapshot {
        operations {
          state
        }
      }
      ... on ProvisioningUpdate {
        operation {
          state
        }
      }
    }
  }
`);

export const Subscriptions = graphql(`
  query Subscriptions {
    subscriptions(first: 20) {
      nodes {
        id
        friendlyName
        state
      }
    }
  }
`);
