/** Registry of all error codes. `docs/errors.md` and descriptions in the schema are generated from it. */

/** Codes of user errors: in `errors` of a payload, in `basket.problems` and in `blockedBy`. */
export const userErrors = {
  INVALID_INPUT: 'An input value is invalid. `path` names it.',
  NOT_FOUND: 'The object does not exist, or the caller cannot see it.',
  FORBIDDEN: 'The role of the caller does not permit the action.',
  WRONG_CREDENTIALS: 'The e-mail address, the password or the refresh token is not valid. Sign in again.',
  TOO_MANY_ATTEMPTS:
    'Too many wrong passwords or requests for a new password for this user, too many unavailable e-mail addresses, too many invitations, or too many from this network. Retry after the time in `message`.',
  PASSWORD_CHANGE_REQUIRED: 'The password is temporary. Sign in again and set `newPassword`.',
  ALREADY_EXISTS: 'Another object has this SKU, URL slug, code or e-mail address. `path` names the input.',
  MAIL_NOT_CONFIGURED: 'The gateway has no mail server, and the mutation sends a mail.',
  TOKEN_INVALID:
    'The link is not valid: it was used, replaced or revoked, or it has expired. Request another one.',
  EMAIL_UNAVAILABLE: 'The e-mail address cannot be used for this account. Choose another.',
  REFERENCE_TAKEN: 'Another object of the same type and buyer has this external reference. Choose another.',
  PRODUCT_UNAVAILABLE: 'The product is not sold, or not with this billing cycle on your price list.',
  ADDON_UNAVAILABLE:
    'The add-on is not sold, does not fit the product, or has no price for the billing cycle.',
  QUANTITY_LIMIT: 'The quantity is outside the limits of the service or the add-on.',
  ACTIVE_SUBSCRIPTION_EXISTS:
    'The recipient has a live subscription of this service, and the service allows one at a time.',
  DUPLICATE_SERVICE_IN_BASKET:
    'Two lines would each start a subscription of a service that allows one at a time.',
  BASKET_EMPTY: 'The basket has no lines. Add a line first.',
  RECIPIENT_REQUIRED: 'The recipient is missing. Choose the account that receives the services.',
  RECIPIENT_NOT_ALLOWED: 'The account cannot receive the service from you. Choose another recipient.',
  RESELLER_CANNOT_ORDER_FOR_SELF: 'A reseller orders for its end customers and affiliates, never for itself.',
  BILLING_NOT_CONFIRMED: 'The billing information and the prices are not confirmed. Confirm them first.',
  PRICE_CHANGED: 'A price has changed since it was confirmed. Confirm again.',
  INVALID_STATE: 'The current state does not permit the action.',
  OPERATION_NOT_FAILED: 'Only a failed operation can be abandoned. Read its state.',
  SUBSCRIPTION_BUSY: 'Another operation of the subscription is in progress. Retry when it has finished.',
  CANCELLATION_ALREADY_REQUESTED:
    'A cancellation of the subscription is already requested. Withdraw it, or wait until it is carried out.',
  CHANGE_ALREADY_REQUESTED:
    'A change of the subscription is already open. Withdraw it, or wait until it is carried out.',
  NOTHING_TO_CHANGE: 'The subscription already holds what the change asks for.',
  SUBSCRIPTION_SUSPENDED: 'The subscription is suspended. Resume it first.',
  PROVIDER_REJECTED: 'The provider rejected the order. `message` has its reason.',
  PROVIDER_UNAVAILABLE: 'The provider is unavailable. Retry later.',
  VERSION_CONFLICT: 'The object has changed since you read it. Read it again.',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used with another input. Use a new key.',
  IDEMPOTENCY_IN_PROGRESS: 'A call with this idempotency key is still running. Retry shortly.',
} as const;

/** Code of a user error. */
export type UserErrorCode = keyof typeof userErrors;

/** Codes of request errors: in `extensions.code` of the top-level `errors`. */
export const requestErrors = {
  UNAUTHENTICATED: 'The access token is missing, invalid or expired. Sign in again.',
  FORBIDDEN: 'The role of the caller does not permit reading this field.',
  BAD_USER_INPUT: 'A variable or an argument has the wrong type.',
  GRAPHQL_PARSE_FAILED: 'The document is not valid GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not match the schema.',
  OPERATION_RESOLUTION_FAILURE:
    'The document has no operation of this name, or has several and none is named.',
  BAD_REQUEST: 'The HTTP request is not a GraphQL request.',
  NOT_FOUND: 'The object of the stream does not exist, or the caller cannot see it.',
  LIMIT_EXCEEDED:
    'The document is too large, too deep or too wide. `limit`, `most` and `found` in the extensions name the limit, its value and the value of the document.',
  COST_LIMIT_EXCEEDED: 'The operation exceeds the cost limit of one operation. Request fewer items.',
  RATE_LIMITED: 'The caller exceeded its rate limit. Retry after `extensions.retryAfterMs` milliseconds.',
  DOCUMENT_NOT_TRUSTED:
    'The role of the caller can send only trusted documents: those of `schema/operations` and of TRUSTED_DOCUMENTS_FILES.',
  DOCUMENT_NOT_FOUND: 'No trusted document has this `documentId`.',
  INTROSPECTION_DISABLED:
    'Introspection requires an access token. The schema is also in `schema/schema.graphql`.',
  TOO_BROAD:
    'The list has too many candidates to search or sort in time. Add a filter such as `accountId`, `resellerId` or `states`, or more and longer words to `search`.',
  OPERATION_TIMEOUT: 'The operation exceeded its deadline. Retry a mutation with the same idempotency key.',
  UNAVAILABLE: 'A system that the gateway depends on is temporarily unavailable. Retry after `Retry-After`.',
  OVERLOADED: 'Too many requests are in flight. Retry after `Retry-After`.',
  BAD_CURSOR: 'The cursor does not belong to this list or stream.',
  TOO_MANY_STREAMS: 'The connection has reached its limit of concurrent operations. Complete one first.',
  INTERNAL_SERVER_ERROR: 'The request failed unexpectedly. Report `extensions.requestId` to the operator.',
} as const;

/** Code of a request error. */
export type RequestErrorCode = keyof typeof requestErrors;
