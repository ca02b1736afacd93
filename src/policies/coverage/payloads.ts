import type { FieldDecisions } from './field-decisions';

const error: FieldDecisions = { own: 'code message path' };

/** Decisions for every field of payloads and errors. */
export const payloads: Readonly<Record<string, FieldDecisions>> = {
  SimpleError: error,
  QuantityLimitError: { own: 'code message path minQuantity maxQuantity' },
  VersionConflictError: { own: 'code message path currentVersion' },
  ProviderRejectedError: { own: 'code message path providerCode' },
  ActiveSubscriptionExistsError: { ...error, asks: 'subscription' },
  CancellationAlreadyRequestedError: { ...error, asks: 'request' },
  SignInPayload: { own: 'token expiresAt refreshToken viewer errors' },
  SignOutPayload: { own: 'signedOut errors' },
  UserPayload: { own: 'errors', asks: 'user' },
  UserPasswordPayload: { own: 'oneTimePassword errors', asks: 'user' },
  CategoryPayload: { own: 'errors', catalog: 'category' },
  ProductPayload: { own: 'errors', catalog: 'product' },
  AddonPayload: { own: 'errors', catalog: 'addon' },
  PriceListPayload: { own: 'priceList errors' },
  PricePayload: { own: 'price errors' },
  AccountPayload: { own: 'errors', asks: 'account' },
  ApiKeyPayload: { own: 'errors', asks: 'apiKey' },
  WebhookPayload: { own: 'errors', asks: 'webhook' },
  WebhookSecretPayload: { own: 'secret errors', asks: 'webhook' },
  DeleteWebhookPayload: { own: 'deletedId errors' },
  WebhookDeliveryPayload: { own: 'errors', asks: 'delivery' },
  CreateApiKeyPayload: { own: 'secret errors', asks: 'apiKey' },
  BasketPayload: { own: 'basket errors' },
  OrderPayload: { own: 'errors', asks: 'order' },
  SubscriptionPayload: { own: 'errors', asks: 'subscription' },
  OperationPayload: { own: 'errors', asks: 'operation' },
  CatalogImportPayload: { own: 'catalogImport errors' },
  CatalogImportPreviewPayload: { own: 'changes errors' },
  CancellationRequestPayload: { own: 'errors', asks: 'cancellationRequest' },
};
