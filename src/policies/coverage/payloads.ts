import type { FieldDecisions } from './field-decisions';

const error: FieldDecisions = { own: 'code message path' };

/** Decisions for the payload of each mutation in `mutations`. */
const payloadsOf = (mutations: string, decisions: FieldDecisions) =>
  Object.fromEntries(
    mutations.split(/\s+/).map(name => {
      const payload = `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`;
      return [payload, { ...decisions, own: `errors ${decisions.own ?? ''}` }];
    }),
  );

/** Decisions for every field of payloads and errors. */
export const payloads: Readonly<Record<string, FieldDecisions>> = {
  SimpleError: error,
  QuantityLimitError: { own: 'code message path minQuantity maxQuantity' },
  VersionConflictError: { own: 'code message path currentVersion' },
  ProviderRejectedError: { own: 'code message path providerCode' },
  ActiveSubscriptionExistsError: { ...error, asks: 'subscription' },
  CancellationAlreadyRequestedError: { ...error, asks: 'request' },
  ChangeAlreadyRequestedError: { ...error, asks: 'change' },
  ...payloadsOf('previewSubscriptionChange', { own: 'preview' }),
  ...payloadsOf('requestSubscriptionChange withdrawSubscriptionChange decideSubscriptionChange', {
    asks: 'subscriptionChange',
  }),
  ...payloadsOf('createAdjustment', { asks: 'charge' }),
  ...payloadsOf('signIn refreshToken changePassword acceptInvitation', {
    own: 'token expiresAt refreshToken viewer',
  }),
  ...payloadsOf('requestPasswordReset resetPassword', {}),
  ...payloadsOf('inviteUser', { asks: 'user invitation' }),
  ...payloadsOf('resendInvitation revokeInvitation', { asks: 'invitation' }),
  ...payloadsOf('resendMail', { asks: 'mail' }),
  ...payloadsOf('signOut', { own: 'signedOut' }),
  ...payloadsOf('setUserRoles updateUser deactivateUser activateUser setNotifications setDeputy eraseUser', {
    asks: 'user',
  }),
  ...payloadsOf('createUser resetUserPassword', { own: 'oneTimePassword', asks: 'user' }),
  ...payloadsOf('createCategory updateCategory', { catalog: 'category' }),
  ...payloadsOf('createProduct updateProduct publishProduct retireProduct setProductAddons', {
    catalog: 'product',
  }),
  ...payloadsOf('createAddon updateAddon publishAddon retireAddon', { catalog: 'addon' }),
  ...payloadsOf('setRetailPrice', { catalog: 'product addon' }),
  ...payloadsOf('createPriceList', { own: 'priceList' }),
  ...payloadsOf('setPrice', { own: 'price' }),
  ...payloadsOf(
    'createAccount updateAccount deactivateAccount activateAccount assignAccountManager assignPriceList',
    { asks: 'account' },
  ),
  ...payloadsOf('createApiKey', { own: 'secret', asks: 'apiKey' }),
  ...payloadsOf('revokeApiKey', { asks: 'apiKey' }),
  ...payloadsOf('createWebhook rotateWebhookSecret', { own: 'secret', asks: 'webhook' }),
  ...payloadsOf('updateWebhook sendTestEvent redeliverSince', { asks: 'webhook' }),
  ...payloadsOf('deleteWebhook', { own: 'deletedId' }),
  ...payloadsOf('redeliver', { asks: 'delivery' }),
  ...payloadsOf('addToBasket updateBasketLine removeBasketLine emptyBasket chooseRecipient confirmBilling', {
    own: 'basket',
  }),
  ...payloadsOf('checkout placeOrder executeOrder cancelOrder', { asks: 'order' }),
  ...payloadsOf('setExternalReference', { asks: 'node' }),
  ...payloadsOf('renameSubscription suspendSubscription resumeSubscription', { asks: 'subscription' }),
  ...payloadsOf('retryProvisioning', { asks: 'operation' }),
  ...payloadsOf('abandonOperation', { asks: 'operation undo' }),
  ...payloadsOf('importCatalog', { own: 'catalogImport' }),
  ...payloadsOf('previewCatalogImport', { own: 'changes' }),
  ...payloadsOf('requestCancellation withdrawCancellation decideCancellation', {
    asks: 'cancellationRequest',
  }),
};
