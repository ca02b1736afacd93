// Each is one of schema/operations, byte for byte: a test compares, so that they can be trusted documents.
import type {
  CancellationMessage,
  OrderMessage,
  ProvisioningMessage,
  SubscriptionMessage,
  TypedDocument,
  UserError,
} from './types';

/** E-mail and password for a token, and for a refresh token that goes on with the session. */
export const SIGN_IN: TypedDocument<
  {
    signIn: {
      token: string | null;
      expiresAt: string | null;
      refreshToken: string | null;
      viewer: { id: string; name: string; email: string; roles: string[] } | null;
      errors: UserError[];
    };
  },
  { input: { email: string; password: string } }
> = `# The token goes into the header \`Authorization: Bearer …\`, or into \`connection_init\` of a WebSocket.
mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    token
    expiresAt
    refreshToken
    viewer {
      id
      name
      email
      roles
      account {
        id
        kind
        name
      }
    }
    errors {
      ...UserErrorFields
    }
  }
}

fragment UserErrorFields on UserError {
  __typename
  code
  message
  path
  ... on QuantityLimitError {
    minQuantity
    maxQuantity
  }
  ... on ActiveSubscriptionExistsError {
    subscription {
      id
      friendlyName
      state
    }
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on CancellationAlreadyRequestedError {
    request {
      id
      state
    }
  }
  ... on ChangeAlreadyRequestedError {
    change {
      id
      state
    }
  }
  ... on ProviderRejectedError {
    providerCode
  }
}
`;

/** The next tokens of a session: what `createSession` sends. */
export const REFRESH_TOKEN: TypedDocument<
  {
    refreshToken: {
      token: string | null;
      expiresAt: string | null;
      refreshToken: string | null;
      errors: UserError[];
    };
  },
  { input: { refreshToken: string } }
> =
  `# A token lasts a quarter of an hour. The refresh token is good once: keep the one that comes with the answer.
mutation RefreshToken($input: RefreshTokenInput!) {
  refreshToken(input: $input) {
    token
    expiresAt
    refreshToken
    errors {
      ...UserErrorFields
    }
  }
}

fragment UserErrorFields on UserError {
  __typename
  code
  message
  path
  ... on QuantityLimitError {
    minQuantity
    maxQuantity
  }
  ... on ActiveSubscriptionExistsError {
    subscription {
      id
      friendlyName
      state
    }
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on CancellationAlreadyRequestedError {
    request {
      id
      state
    }
  }
  ... on ChangeAlreadyRequestedError {
    change {
      id
      state
    }
  }
  ... on ProviderRejectedError {
    providerCode
  }
}
`;

/** Ends the session that the token is of. */
export const SIGN_OUT: TypedDocument<
  { signOut: { signedOut: boolean; errors: UserError[] } },
  Record<string, never>
> = `# Ends the session of the token that it is sent with, and the streams that it holds.
mutation SignOut {
  signOut {
    signedOut
    errors {
      ...UserErrorFields
    }
  }
}

fragment UserErrorFields on UserError {
  __typename
  code
  message
  path
  ... on QuantityLimitError {
    minQuantity
    maxQuantity
  }
  ... on ActiveSubscriptionExistsError {
    subscription {
      id
      friendlyName
      state
    }
  }
  ... on VersionConflictError {
    currentVersion
  }
  ... on CancellationAlreadyRequestedError {
    request {
      id
      state
    }
  }
  ... on ChangeAlreadyRequestedError {
    change {
      id
      state
    }
  }
  ... on ProviderRejectedError {
    providerCode
  }
}
`;

/** The stream of `followProvisioning`. */
export const PROVISIONING_UPDATES: TypedDocument<
  { provisioningUpdates: ProvisioningMessage },
  { orderId?: string; subscriptionId?: string; after?: string }
> = `# Every step as it happens. Keep the last cursor, and send it as \`after\` to go on where you were.
subscription ProvisioningUpdates($orderId: ID, $subscriptionId: ID, $after: StreamCursor) {
  provisioningUpdates(orderId: $orderId, subscriptionId: $subscriptionId, after: $after) {
    __typename
    ... on ProvisioningSnapshot {
      cursor
      operations {
        ...OperationFields
      }
    }
    ... on ProvisioningUpdate {
      cursor
      occurredAt
      message
      step
      stepState
      operationState
      operation {
        ...OperationFields
      }
    }
    ... on StreamReset {
      cursor
      reason
    }
  }
}

fragment OperationFields on ProvisioningOperation {
  id
  kind
  state
  progress
  trackId
  createdAt
  finishedAt
  steps {
    name
    state
    attempts
    startedAt
    finishedAt
    nextAttemptAt
    error {
      code
      message
      providerCode
      retryable
    }
  }
  subscription {
    id
    friendlyName
    state
    syncState
    capacityBytes
  }
  order {
    id
    number
    state
  }
}
`;

/** The stream of `followCancellations`. */
export const CANCELLATION_UPDATES: TypedDocument<
  { cancellationUpdates: CancellationMessage },
  { after?: string }
> =
  `# Open cancellation requests, then every change. Store the last cursor and pass it as \`after\` to resume.
subscription CancellationUpdates($after: StreamCursor) {
  cancellationUpdates(after: $after) {
    __typename
    ... on CancellationSnapshot {
      cursor
      truncated
      requests {
        ...CancellationRequestFields
      }
    }
    ... on CancellationUpdate {
      cursor
      occurredAt
      request {
        ...CancellationRequestFields
      }
    }
    ... on StreamReset {
      cursor
      reason
    }
  }
}

fragment CancellationRequestFields on CancellationRequest {
  id
  version
  state
  awaiting
  timing
  reason
  requestedAt
  requestedBy {
    id
    name
  }
  decidedAt
  decidedBy {
    id
    name
  }
  decisionNote
  completedAt
  subscription {
    id
    friendlyName
    state
    account {
      id
      name
    }
    product {
      id
      sku
      name
    }
  }
}
`;

/** The stream of `followOrders`. */
export const ORDER_UPDATES: TypedDocument<
  { orderUpdates: OrderMessage },
  { orderId?: string; after?: string }
> = `# Unfinished orders, then every change. Store the last cursor and pass it as \`after\` to resume.
subscription OrderUpdates($orderId: ID, $after: StreamCursor) {
  orderUpdates(orderId: $orderId, after: $after) {
    __typename
    ... on OrderSnapshot {
      cursor
      truncated
      orders {
        id
        version
        state
        externalReference
      }
    }
    ... on OrderUpdate {
      cursor
      type
      occurredAt
      order {
        id
        version
        state
        externalReference
      }
    }
    ... on StreamReset {
      cursor
      reason
    }
  }
}
`;

/** The stream of `followSubscriptions`. */
export const SUBSCRIPTION_UPDATES: TypedDocument<
  { subscriptionUpdates: SubscriptionMessage },
  { subscriptionId?: string; after?: string }
> = `# Unfinished subscriptions, then every change. Store the last cursor and pass it as \`after\` to resume.
subscription SubscriptionUpdates($subscriptionId: ID, $after: StreamCursor) {
  subscriptionUpdates(subscriptionId: $subscriptionId, after: $after) {
    __typename
    ... on CloudSubscriptionSnapshot {
      cursor
      truncated
      subscriptions {
        id
        version
        state
        externalReference
      }
    }
    ... on CloudSubscriptionUpdate {
      cursor
      type
      occurredAt
      subscription {
        id
        version
        state
        externalReference
      }
    }
    ... on StreamReset {
      cursor
      reason
    }
  }
}
`;
