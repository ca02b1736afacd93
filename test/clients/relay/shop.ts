import { graphql } from 'relay-runtime';

// Compiled by relay-compiler, never executed: the tests import the artifacts, as babel-plugin-relay would make it.
export default [
  graphql`
    mutation shopSignInMutation($input: SignInInput!) {
      signIn(input: $input) {
        token
        errors {
          message
        }
      }
    }
  `,
  graphql`
    query shopProductQuery($sku: String!) {
      product(sku: $sku) {
        id
        sku
        addons {
          id
          sku
        }
      }
    }
  `,
  graphql`
    query shopBasketQuery {
      basket {
        id
        lines {
          id
        }
        recipients(first: 20) {
          nodes {
            id
            name
          }
        }
      }
    }
  `,
  graphql`
    mutation shopAddToBasketMutation($input: AddToBasketInput!) {
      addToBasket(input: $input) {
        basket {
          id
          lines {
            id
          }
        }
        errors {
          __typename
          message
          ... on QuantityLimitError {
            minQuantity
            maxQuantity
          }
        }
      }
    }
  `,
  graphql`
    mutation shopChooseRecipientMutation($input: ChooseRecipientInput!) {
      chooseRecipient(input: $input) {
        basket {
          id
        }
        errors {
          message
        }
      }
    }
  `,
  graphql`
    mutation shopConfirmBillingMutation($input: ConfirmBillingInput!) {
      confirmBilling(input: $input) {
        basket {
          id
        }
        errors {
          message
        }
      }
    }
  `,
  graphql`
    mutation shopCheckoutMutation($input: CheckoutInput!) {
      checkout(input: $input) {
        order {
          id
        }
        errors {
          message
        }
      }
    }
  `,
  graphql`
    subscription shopProvisioningSubscription($orderId: ID) {
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
  `,
  graphql`
    query shopSubscriptionsQuery {
      subscriptions(first: 20) {
        nodes {
          id
          friendlyName
          state
          ...shop_subscription
        }
      }
    }
  `,
  graphql`
    fragment shop_subscription on CloudSubscription @refetchable(queryName: "shopSubscriptionRefetchQuery") {
      id
      state
      friendlyName
    }
  `,
  graphql`
    query shopProductsQuery($first: Int!) {
      ...shop_products @arguments(first: $first)
    }
  `,
  graphql`
    fragment shop_products on Query
    @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" })
    @refetchable(queryName: "shopProductsPageQuery") {
      products(first: $first, after: $after) @connection(key: "shop_products") {
        edges {
          node {
            id
            sku
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
];
