/**
 * Every code that a client can meet, and what it means. `docs/errors.md` and the descriptions in the schema are made of
 * these tables: a code that is not here does not exist.
 */

/** Errors that a client can act on: data, in `errors` of a payload, in `basket.problems` and in `blockedBy`. */
export const userErrors = {
  INVALID_INPUT: 'A value of the input is not acceptable; `path` names it.',
  NOT_FOUND: 'There is no such thing, or it is not yours.',
  FORBIDDEN: 'Your role may not do this.',
  WRONG_CREDENTIALS: 'The e-mail address, the password or the refresh token is not valid. Sign in again.',
  TOO_MANY_ATTEMPTS: 'Too many wrong passwords for this user or from this network. Try again in 15 minutes.',
  PASSWORD_CHANGE_REQUIRED:
    'The password was given to begin with; sign in again with it and a `newPassword` of your own.',
  ALREADY_EXISTS: 'Another one has this SKU, slug, code or e-mail address; `path` names it.',
  PRODUCT_UNAVAILABLE: 'The product is not sold, or not with this billing cycle on your price list.',
  ADDON_UNAVAILABLE: 'The add-on is not sold, does not fit the product, or has no such price.',
  QUANTITY_LIMIT: 'The quantity is outside what the service or the add-on allows.',
  ACTIVE_SUBSCRIPTION_EXISTS:
    'The recipient has a live subscription of this service, and the service allows one at a time.',
  DUPLICATE_SERVICE_IN_BASKET:
    'Two lines would each start a subscription of a service that allows one at a time.',
  BASKET_EMPTY: 'There is nothing to order.',
  RECIPIENT_REQUIRED: 'Choose whom the services are for.',
  RECIPIENT_NOT_ALLOWED: 'This account cannot receive this service from you.',
  RESELLER_CANNOT_ORDER_FOR_SELF: 'A reseller orders for its end customers and affiliates, never for itself.',
  BILLING_NOT_CONFIRMED: 'Billing information and prices have to be confirmed first.',
  PRICE_CHANGED: 'A price is no longer the one that was confirmed; confirm again.',
  INVALID_STATE: 'This is not possible in the state that it is in.',
  SUBSCRIPTION_BUSY: 'Something else is being done with the subscription; try again when it is finished.',
  CANCELLATION_ALREADY_REQUESTED: 'A cancellation of the subscription is already requested.',
  PROVIDER_REJECTED: 'The provider would not accept the order.',
  PROVIDER_UNAVAILABLE: 'The provider could not be asked; try again later.',
  VERSION_CONFLICT: 'It has changed since you read it; read it again.',
  IDEMPOTENCY_KEY_REUSED: 'The key was used with another input; use a new one.',
  IDEMPOTENCY_IN_PROGRESS: 'A call with this key is still running; repeat it shortly.',
} as const;

/** A code of an error that is data. */
export type UserErrorCode = keyof typeof userErrors;

/** Errors of the request itself: top-level `errors`, code in `extensions.code`. */
export const requestErrors = {
  UNAUTHENTICATED: 'No token, or one that is not valid (any more). Sign in again.',
  FORBIDDEN: 'Your role may not read this.',
  BAD_USER_INPUT: 'A variable or an argument has the wrong type.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE:
    'The document has no operation of this name, or has several and none is named.',
  BAD_REQUEST: 'The HTTP request is not a GraphQL request.',
  NOT_FOUND: 'What the stream is to be about does not exist, or is not yours.',
  LIMIT_EXCEEDED:
    'The document is too large, too deep or too wide; `limit`, `most` and `found` in the extensions say in what.',
  COST_LIMIT_EXCEEDED: 'The operation asks for more than one operation may cost. Ask for fewer items.',
  RATE_LIMITED: 'Too much in a short time. Try again after `extensions.retryAfterMs`.',
  DOCUMENT_NOT_TRUSTED: 'Your role may only send the documents of `schema/operations`.',
  DOCUMENT_NOT_FOUND: 'No trusted document has this `documentId`.',
  INTROSPECTION_DISABLED:
    'The schema is not shown to callers without a token. It is in `schema/schema.graphql`.',
  OPERATION_TIMEOUT: 'It took too long and was given up. Repeat a mutation with the same idempotency key.',
  UNAVAILABLE: 'A system that the gateway depends on is temporarily unavailable. Retry after `Retry-After`.',
  OVERLOADED: 'There are too many requests at once. Try again after `Retry-After`.',
  BAD_CURSOR: 'The cursor does not belong to this list or stream.',
  CURSOR_EXPIRED: 'What follows the cursor is no longer kept. Read the list anew and begin without `after`.',
  TOO_MANY_STREAMS: 'So many operations at once are not allowed here. End one first.',
  INTERNAL_SERVER_ERROR: 'The request failed unexpectedly. Report `extensions.requestId` to the operator.',
} as const;

/** A code of a top-level error. */
export type RequestErrorCode = keyof typeof requestErrors;
