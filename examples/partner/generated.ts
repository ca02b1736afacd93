/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Kind of account. */
export type AccountKind =
  /** A company in the group of a reseller. It can receive services, unlike the reseller itself. */
  | 'AFFILIATE'
  /** A direct customer, or the end customer of a reseller. */
  | 'CUSTOMER'
  /** A reseller, which sells to its own end customers. */
  | 'RESELLER';

/** Line to add: either `productId` for a new subscription, or `subscriptionId` for add-ons to a live one. */
export type AddToBasketInput = {
  /** Add-ons of the product. Each add-on can occur once. */
  addons?: Array<AddonQuantityInput> | null | undefined;
  /** Billing cycle. Defaults to the first cycle in which the product has a price. */
  billingCycle?: BillingCycle | null | undefined;
  /** Version that you read. The mutation fails with VERSION_CONFLICT if the object has changed since. */
  expectedVersion?: number | null | undefined;
  /** Name of the new subscription, up to 100 characters. Defaults to the name of the product. */
  friendlyName?: string | null | undefined;
  /** Idempotency key, up to 255 characters, stored for at least a day. A repeat with the same key returns the first result. Without a key every call is executed. */
  idempotencyKey?: string | null | undefined;
  /** Id of the product. Set it to order a new subscription. */
  productId?: string | null | undefined;
  /** Number of licenses of the product. Defaults to 1. With `subscriptionId`, 0 and 1 have no effect and other values are rejected. */
  quantity?: number;
  /** Id of the live subscription that receives the add-ons. */
  subscriptionId?: string | null | undefined;
};

/** Quantity of an add-on. */
export type AddonQuantityInput = {
  /** Id of the add-on. */
  addonId: string;
  /** Number of units. */
  quantity?: number;
};

/** Billing cycle of a price. */
export type BillingCycle =
  /** Every year. */
  | 'ANNUALLY'
  /** Every month. */
  | 'MONTHLY'
  /** Every three years. */
  | 'THREE_YEARS'
  /** Every two years. */
  | 'TWO_YEARS';

/** Company to bill and its address. */
export type BillingDetailsInput = {
  /** Street and number. */
  addressLine1: string;
  /** Second line of the address. */
  addressLine2?: string | null | undefined;
  /** City. */
  city: string;
  /** Company name. */
  company: string;
  /** Country. */
  country: string;
  /** E-mail address that receives invoices. */
  email: string;
  /** Postal code in the format of the country. */
  postalCode: string;
  /** Value added tax (VAT) number. */
  vatNumber?: string | null | undefined;
};

/** Basket to check out. */
export type CheckoutInput = {
  /** Id of the basket. */
  basketId: string;
  /** Version that you read. The mutation fails with VERSION_CONFLICT if the object has changed since. */
  expectedVersion?: number | null | undefined;
  /** Reference of the order in another system, up to 100 characters, unique among the orders of the buyer: the reseller, or else the customer. Null or blank for none. */
  externalReference?: string | null | undefined;
  /** Idempotency key, up to 255 characters, stored for at least a day. A repeat with the same key returns the first result. */
  idempotencyKey: string;
  /** Purchase order number of the buyer, up to 100 characters. Null or blank for none. */
  purchaseOrderNumber?: string | null | undefined;
};

/** State of a subscription. */
export type CloudSubscriptionState =
  /** In use. */
  | 'ACTIVE'
  /** Ended. */
  | 'CANCELLED'
  /** Ordered, not provisioned yet. */
  | 'PENDING'
  /** Ends with the current billing period. Usable until then. */
  | 'PENDING_CANCELLATION'
  /** Suspended by the distributor. Not usable. */
  | 'SUSPENDED';

/** Account to create. */
export type CreateAccountInput = {
  /** Id of the account manager. The account manager of a reseller also manages its end customers and affiliates. Administrators only; an account manager manages the direct customers that it creates. */
  accountManagerId?: string | null | undefined;
  /** Default billing details of orders. */
  billing: BillingDetailsInput;
  /** E-mail address, unique among accounts. Providers match the account by it. */
  email: string;
  /** Reference of the account in another system, up to 100 characters, unique among the customers of the reseller, or among the accounts without a reseller. Null or blank for none. */
  externalReference?: string | null | undefined;
  /** Idempotency key, up to 255 characters, stored for at least a day. A repeat with the same key returns the first result. Without a key every call is executed. */
  idempotencyKey?: string | null | undefined;
  /** Kind of account. Cannot be changed. */
  kind: AccountKind;
  /** Company name, up to 200 characters. */
  name: string;
  /** Id of the price list. Defaults to the public price list. Administrators only. */
  priceListId?: string | null | undefined;
  /** Id of the reseller of an end customer or affiliate. Omit it for resellers and direct customers. A reseller that omits it means itself. */
  resellerId?: string | null | undefined;
};

/** Webhook to create. */
export type CreateWebhookInput = {
  /** Id of the account that owns the webhook. Defaults to the viewer's account. Only administrators can set another. */
  accountId?: string | null | undefined;
  /** Cursor of another webhook, or of a stream without a filter. The webhook receives the events that follow it. Defaults to now. */
  after?: string | null | undefined;
  /** Human-readable description, up to 200 characters. */
  description?: string | null | undefined;
  /** Event types to receive: `order.completed`, or a group such as `order.*`. An empty list means all types. */
  eventTypes?: Array<string> | null | undefined;
  /** True for a webhook that receives the events of every account, without `accountId`. Administrators only. */
  everyAccount?: boolean | null | undefined;
  /** Idempotency key, up to 255 characters, stored for at least a day. A repeat with the same key returns the first result. Without a key every call is executed. */
  idempotencyKey?: string | null | undefined;
  /** URL that receives the events: https, and reachable from the internet. */
  url: string;
};

/** State of an order. */
export type OrderState =
  /** Cancelled before its execution, or every line was abandoned. */
  | 'CANCELLED'
  /** Every line is provisioned. */
  | 'COMPLETED'
  /** Executed. Its services are being provisioned. */
  | 'EXECUTING'
  /** At least one line has failed and can be retried or abandoned, or is being undone. */
  | 'FAILED'
  /** At least one line is provisioned. The others were abandoned. */
  | 'PARTIALLY_COMPLETED'
  /** Placed, not executed yet. */
  | 'SUBMITTED';

/** Machine-readable code of a user error. New codes can be added: handle unknown codes in a default branch. */
export type UserErrorCode =
  /** The recipient has a live subscription of this service, and the service allows one at a time. */
  | 'ACTIVE_SUBSCRIPTION_EXISTS'
  /** The add-on is not sold, does not fit the product, or has no price for the billing cycle. */
  | 'ADDON_UNAVAILABLE'
  /** Another object has this SKU, URL slug, code or e-mail address. `path` names the input. */
  | 'ALREADY_EXISTS'
  /** The basket has no lines. Add a line first. */
  | 'BASKET_EMPTY'
  /** The billing information and the prices are not confirmed. Confirm them first. */
  | 'BILLING_NOT_CONFIRMED'
  /** A cancellation of the subscription is already requested. Withdraw it, or wait until it is carried out. */
  | 'CANCELLATION_ALREADY_REQUESTED'
  /** A change of the subscription is already open. Withdraw it, or wait until it is carried out. */
  | 'CHANGE_ALREADY_REQUESTED'
  /** Two lines would each start a subscription of a service that allows one at a time. */
  | 'DUPLICATE_SERVICE_IN_BASKET'
  /** The e-mail address cannot be used for this account. Choose another. */
  | 'EMAIL_UNAVAILABLE'
  /** The role of the caller does not permit the action. */
  | 'FORBIDDEN'
  /** A call with this idempotency key is still running. Retry shortly. */
  | 'IDEMPOTENCY_IN_PROGRESS'
  /** The idempotency key was used with another input. Use a new key. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** An input value is invalid. `path` names it. */
  | 'INVALID_INPUT'
  /** The current state does not permit the action. */
  | 'INVALID_STATE'
  /** The gateway has no mail server, and the mutation sends a mail. */
  | 'MAIL_NOT_CONFIGURED'
  /** The subscription already holds what the change asks for. */
  | 'NOTHING_TO_CHANGE'
  /** The object does not exist, or the caller cannot see it. */
  | 'NOT_FOUND'
  /** Only a failed operation can be abandoned. Read its state. */
  | 'OPERATION_NOT_FAILED'
  /** The password is temporary. Sign in again and set `newPassword`. */
  | 'PASSWORD_CHANGE_REQUIRED'
  /** A price has changed since it was confirmed. Confirm again. */
  | 'PRICE_CHANGED'
  /** The product is not sold, or not with this billing cycle on your price list. */
  | 'PRODUCT_UNAVAILABLE'
  /** The provider rejected the order. `message` has its reason. */
  | 'PROVIDER_REJECTED'
  /** The provider is unavailable. Retry later. */
  | 'PROVIDER_UNAVAILABLE'
  /** The quantity is outside the limits of the service or the add-on. */
  | 'QUANTITY_LIMIT'
  /** The account cannot receive the service from you. Choose another recipient. */
  | 'RECIPIENT_NOT_ALLOWED'
  /** The recipient is missing. Choose the account that receives the services. */
  | 'RECIPIENT_REQUIRED'
  /** Another object of the same type and buyer has this external reference. Choose another. */
  | 'REFERENCE_TAKEN'
  /** A reseller orders for its end customers and affiliates, never for itself. */
  | 'RESELLER_CANNOT_ORDER_FOR_SELF'
  /** Another operation of the subscription is in progress. Retry when it has finished. */
  | 'SUBSCRIPTION_BUSY'
  /** The subscription is suspended. Resume it first. */
  | 'SUBSCRIPTION_SUSPENDED'
  /** The link is not valid: it was used, replaced or revoked, or it has expired. Request another one. */
  | 'TOKEN_INVALID'
  /** Too many wrong passwords or requests for a new password for this user, too many unavailable e-mail addresses, too many invitations, or too many from this network. Retry after the time in `message`. */
  | 'TOO_MANY_ATTEMPTS'
  /** The object has changed since you read it. Read it again. */
  | 'VERSION_CONFLICT'
  /** The e-mail address, the password or the refresh token is not valid. Sign in again. */
  | 'WRONG_CREDENTIALS';

export type EmptyBasketMutationVariables = Exact<{ [key: string]: never; }>;


export type EmptyBasketMutation = { emptyBasket: { basket: { version: number } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type AddLineMutationVariables = Exact<{
  input: AddToBasketInput;
}>;


export type AddLineMutation = { addToBasket: { basket: { version: number } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type ChooseRecipientMutationVariables = Exact<{
  accountId: string;
  expectedVersion: number;
}>;


export type ChooseRecipientMutation = { chooseRecipient: { basket: { version: number } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type ConfirmBillingMutationVariables = Exact<{
  expectedVersion: number;
}>;


export type ConfirmBillingMutation = { confirmBilling: { basket: { id: string, version: number, total: { amount: string, currency: string }, problems: Array<
        | { code: UserErrorCode, message: string, path: Array<string> | null }
        | { code: UserErrorCode, message: string, path: Array<string> | null }
        | { code: UserErrorCode, message: string, path: Array<string> | null }
        | { code: UserErrorCode, message: string, path: Array<string> | null }
        | { code: UserErrorCode, message: string, path: Array<string> | null }
        | { code: UserErrorCode, message: string, path: Array<string> | null }
        | { code: UserErrorCode, message: string, path: Array<string> | null }
      > } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type CheckoutMutationVariables = Exact<{
  input: CheckoutInput;
}>;


export type CheckoutMutation = { checkout: { order: { __typename: 'Order', number: string, id: string, version: number, externalReference: string | null, orderState: OrderState, lines: Array<{ subscription: { __typename: 'CloudSubscription', id: string, version: number, state: CloudSubscriptionState, externalReference: string | null } | null }> } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type OrderCopyFragment = { __typename: 'Order', id: string, version: number, externalReference: string | null, orderState: OrderState };

export type SubscriptionCopyFragment = { __typename: 'CloudSubscription', id: string, version: number, state: CloudSubscriptionState, externalReference: string | null };

export type ReadOneQueryVariables = Exact<{
  id: string;
}>;


export type ReadOneQuery = { node:
    | { __typename: 'Account' }
    | { __typename: 'Addon' }
    | { __typename: 'ApiKey' }
    | { __typename: 'Basket' }
    | { __typename: 'BasketLine' }
    | { __typename: 'CancellationRequest' }
    | { __typename: 'CatalogImport' }
    | { __typename: 'Category' }
    | { __typename: 'Charge' }
    | { __typename: 'CloudSubscription', id: string, version: number, state: CloudSubscriptionState, externalReference: string | null }
    | { __typename: 'Invitation' }
    | { __typename: 'Mail' }
    | { __typename: 'Order', id: string, version: number, externalReference: string | null, orderState: OrderState }
    | { __typename: 'OrderLine' }
    | { __typename: 'PriceList' }
    | { __typename: 'Product' }
    | { __typename: 'Provider' }
    | { __typename: 'ProvisioningOperation' }
    | { __typename: 'Service' }
    | { __typename: 'SubscriptionChange' }
    | { __typename: 'User' }
    | { __typename: 'Webhook' }
    | { __typename: 'WebhookDelivery' }
   | null };

export type ReadOrdersQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ReadOrdersQuery = { orders: { nodes: Array<{ __typename: 'Order', id: string, version: number, externalReference: string | null, orderState: OrderState }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ReadSubscriptionsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ReadSubscriptionsQuery = { subscriptions: { nodes: Array<{ __typename: 'CloudSubscription', id: string, version: number, state: CloudSubscriptionState, externalReference: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FindCustomerQueryVariables = Exact<{
  reference: string;
}>;


export type FindCustomerQuery = { accounts: { nodes: Array<{ id: string, name: string }> } };

export type CreateCustomerMutationVariables = Exact<{
  input: CreateAccountInput;
}>;


export type CreateCustomerMutation = { createAccount: { account: { id: string, name: string } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type FindOrderQueryVariables = Exact<{
  reference: string;
}>;


export type FindOrderQuery = { orders: { nodes: Array<{ __typename: 'Order', number: string, id: string, version: number, externalReference: string | null, orderState: OrderState, lines: Array<{ subscription: { __typename: 'CloudSubscription', id: string, version: number, state: CloudSubscriptionState, externalReference: string | null } | null }> }> } };

export type SetReferenceMutationVariables = Exact<{
  id: string;
  reference: string;
}>;


export type SetReferenceMutation = { setExternalReference: { errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type OrderFieldsFragment = { __typename: 'Order', number: string, id: string, version: number, externalReference: string | null, orderState: OrderState, lines: Array<{ subscription: { __typename: 'CloudSubscription', id: string, version: number, state: CloudSubscriptionState, externalReference: string | null } | null }> };

export type FindProductQueryVariables = Exact<{
  sku: string;
}>;


export type FindProductQuery = { product: { id: string, name: string, addons: Array<{ id: string, sku: string }> } | null };

type Refusal_ActiveSubscriptionExistsError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

type Refusal_CancellationAlreadyRequestedError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

type Refusal_ChangeAlreadyRequestedError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

type Refusal_ProviderRejectedError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

type Refusal_QuantityLimitError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

type Refusal_SimpleError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

type Refusal_VersionConflictError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

export type RefusalFragment =
  | Refusal_ActiveSubscriptionExistsError_Fragment
  | Refusal_CancellationAlreadyRequestedError_Fragment
  | Refusal_ChangeAlreadyRequestedError_Fragment
  | Refusal_ProviderRejectedError_Fragment
  | Refusal_QuantityLimitError_Fragment
  | Refusal_SimpleError_Fragment
  | Refusal_VersionConflictError_Fragment
;

export type ReadWebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadWebhooksQuery = { webhooks: { nodes: Array<{ id: string, url: string }> } };

export type CreateWebhookMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;


export type CreateWebhookMutation = { createWebhook: { secret: string | null, webhook: { id: string } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type RotateSecretMutationVariables = Exact<{
  webhookId: string;
}>;


export type RotateSecretMutation = { rotateWebhookSecret: { secret: string | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type RedeliverMutationVariables = Exact<{
  webhookId: string;
  after: string;
}>;


export type RedeliverMutation = { redeliverSince: { errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const OrderCopyFragmentDoc = new TypedDocumentString(`
    fragment OrderCopy on Order {
  __typename
  id
  version
  orderState: state
  externalReference
}
    `, {"fragmentName":"OrderCopy"}) as unknown as TypedDocumentString<OrderCopyFragment, unknown>;
export const SubscriptionCopyFragmentDoc = new TypedDocumentString(`
    fragment SubscriptionCopy on CloudSubscription {
  __typename
  id
  version
  state
  externalReference
}
    `, {"fragmentName":"SubscriptionCopy"}) as unknown as TypedDocumentString<SubscriptionCopyFragment, unknown>;
export const OrderFieldsFragmentDoc = new TypedDocumentString(`
    fragment OrderFields on Order {
  ...OrderCopy
  number
  lines {
    subscription {
      ...SubscriptionCopy
    }
  }
}
    fragment OrderCopy on Order {
  __typename
  id
  version
  orderState: state
  externalReference
}
fragment SubscriptionCopy on CloudSubscription {
  __typename
  id
  version
  state
  externalReference
}`, {"fragmentName":"OrderFields"}) as unknown as TypedDocumentString<OrderFieldsFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on UserError {
  code
  message
  path
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const EmptyBasketDocument = new TypedDocumentString(`
    mutation EmptyBasket {
  emptyBasket(input: {}) {
    basket {
      version
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<EmptyBasketMutation, EmptyBasketMutationVariables>;
export const AddLineDocument = new TypedDocumentString(`
    mutation AddLine($input: AddToBasketInput!) {
  addToBasket(input: $input) {
    basket {
      version
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<AddLineMutation, AddLineMutationVariables>;
export const ChooseRecipientDocument = new TypedDocumentString(`
    mutation ChooseRecipient($accountId: ID!, $expectedVersion: Int!) {
  chooseRecipient(
    input: {accountId: $accountId, expectedVersion: $expectedVersion}
  ) {
    basket {
      version
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<ChooseRecipientMutation, ChooseRecipientMutationVariables>;
export const ConfirmBillingDocument = new TypedDocumentString(`
    mutation ConfirmBilling($expectedVersion: Int!) {
  confirmBilling(input: {expectedVersion: $expectedVersion}) {
    basket {
      id
      version
      total {
        amount
        currency
      }
      problems {
        ...Refusal
      }
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<ConfirmBillingMutation, ConfirmBillingMutationVariables>;
export const CheckoutDocument = new TypedDocumentString(`
    mutation Checkout($input: CheckoutInput!) {
  checkout(input: $input) {
    order {
      ...OrderFields
    }
    errors {
      ...Refusal
    }
  }
}
    fragment OrderCopy on Order {
  __typename
  id
  version
  orderState: state
  externalReference
}
fragment SubscriptionCopy on CloudSubscription {
  __typename
  id
  version
  state
  externalReference
}
fragment OrderFields on Order {
  ...OrderCopy
  number
  lines {
    subscription {
      ...SubscriptionCopy
    }
  }
}
fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CheckoutMutation, CheckoutMutationVariables>;
export const ReadOneDocument = new TypedDocumentString(`
    query ReadOne($id: ID!) {
  node(id: $id) {
    __typename
    ...OrderCopy
    ...SubscriptionCopy
  }
}
    fragment OrderCopy on Order {
  __typename
  id
  version
  orderState: state
  externalReference
}
fragment SubscriptionCopy on CloudSubscription {
  __typename
  id
  version
  state
  externalReference
}`) as unknown as TypedDocumentString<ReadOneQuery, ReadOneQueryVariables>;
export const ReadOrdersDocument = new TypedDocumentString(`
    query ReadOrders($after: String) {
  orders(first: 100, after: $after) {
    nodes {
      ...OrderCopy
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment OrderCopy on Order {
  __typename
  id
  version
  orderState: state
  externalReference
}`) as unknown as TypedDocumentString<ReadOrdersQuery, ReadOrdersQueryVariables>;
export const ReadSubscriptionsDocument = new TypedDocumentString(`
    query ReadSubscriptions($after: String) {
  subscriptions(first: 100, after: $after) {
    nodes {
      ...SubscriptionCopy
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment SubscriptionCopy on CloudSubscription {
  __typename
  id
  version
  state
  externalReference
}`) as unknown as TypedDocumentString<ReadSubscriptionsQuery, ReadSubscriptionsQueryVariables>;
export const FindCustomerDocument = new TypedDocumentString(`
    query FindCustomer($reference: String!) {
  accounts(filter: {externalReference: $reference}, first: 1) {
    nodes {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<FindCustomerQuery, FindCustomerQueryVariables>;
export const CreateCustomerDocument = new TypedDocumentString(`
    mutation CreateCustomer($input: CreateAccountInput!) {
  createAccount(input: $input) {
    account {
      id
      name
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CreateCustomerMutation, CreateCustomerMutationVariables>;
export const FindOrderDocument = new TypedDocumentString(`
    query FindOrder($reference: String!) {
  orders(filter: {externalReference: $reference}, first: 1) {
    nodes {
      ...OrderFields
    }
  }
}
    fragment OrderCopy on Order {
  __typename
  id
  version
  orderState: state
  externalReference
}
fragment SubscriptionCopy on CloudSubscription {
  __typename
  id
  version
  state
  externalReference
}
fragment OrderFields on Order {
  ...OrderCopy
  number
  lines {
    subscription {
      ...SubscriptionCopy
    }
  }
}`) as unknown as TypedDocumentString<FindOrderQuery, FindOrderQueryVariables>;
export const SetReferenceDocument = new TypedDocumentString(`
    mutation SetReference($id: ID!, $reference: String!) {
  setExternalReference(input: {id: $id, externalReference: $reference}) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<SetReferenceMutation, SetReferenceMutationVariables>;
export const FindProductDocument = new TypedDocumentString(`
    query FindProduct($sku: String!) {
  product(sku: $sku) {
    id
    name
    addons {
      id
      sku
    }
  }
}
    `) as unknown as TypedDocumentString<FindProductQuery, FindProductQueryVariables>;
export const ReadWebhooksDocument = new TypedDocumentString(`
    query ReadWebhooks {
  webhooks(first: 20) {
    nodes {
      id
      url
    }
  }
}
    `) as unknown as TypedDocumentString<ReadWebhooksQuery, ReadWebhooksQueryVariables>;
export const CreateWebhookDocument = new TypedDocumentString(`
    mutation CreateWebhook($input: CreateWebhookInput!) {
  createWebhook(input: $input) {
    webhook {
      id
    }
    secret
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const RotateSecretDocument = new TypedDocumentString(`
    mutation RotateSecret($webhookId: ID!) {
  rotateWebhookSecret(input: {webhookId: $webhookId}) {
    secret
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<RotateSecretMutation, RotateSecretMutationVariables>;
export const RedeliverDocument = new TypedDocumentString(`
    mutation Redeliver($webhookId: ID!, $after: StreamCursor!) {
  redeliverSince(input: {webhookId: $webhookId, after: $after}) {
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<RedeliverMutation, RedeliverMutationVariables>;