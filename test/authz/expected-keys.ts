/** Scopes of each kind of key. */
export const KINDS = {
  RESELLER: ['READ', 'ORDER', 'CANCEL', 'RENAME', 'CUSTOMERS', 'DECIDE'],
  ACCOUNT_MANAGER: ['READ', 'CANCEL', 'RENAME', 'CUSTOMERS', 'EXECUTE', 'DECIDE'],
  ADMINISTRATOR: ['READ', 'CANCEL', 'RENAME', 'CUSTOMERS', 'EXECUTE', 'DECIDE', 'MANAGE_CATALOG'],
} as const;

/** Kind of key. */
export type Kind = keyof typeof KINDS;

/** Mutations that a scope allows. With it a key is answered as its user. */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ORDER: [
    'addToBasket',
    'updateBasketLine',
    'removeBasketLine',
    'emptyBasket',
    'chooseRecipient',
    'confirmBilling',
    'checkout',
    'requestSubscriptionChange',
    'withdrawSubscriptionChange',
    'setExternalReference',
  ],
  CANCEL: ['requestCancellation', 'withdrawCancellation'],
  RENAME: ['renameSubscription'],
  CUSTOMERS: [
    'setRetailPrice',
    'createAccount',
    'updateAccount',
    'setExternalReference',
    'inviteUser',
    'resendInvitation',
    'revokeInvitation',
  ],
  EXECUTE: [
    'placeOrder',
    'executeOrder',
    'cancelOrder',
    'retryProvisioning',
    'abandonOperation',
    'requestSubscriptionChange',
    'withdrawSubscriptionChange',
    'suspendSubscription',
    'resumeSubscription',
    'setExternalReference',
  ],
  DECIDE: ['decideCancellation', 'decideSubscriptionChange'],
  MANAGE_CATALOG: [
    'createCategory',
    'updateCategory',
    'createProduct',
    'updateProduct',
    'publishProduct',
    'retireProduct',
    'setProductAddons',
    'createAddon',
    'updateAddon',
    'publishAddon',
    'retireAddon',
    'createPriceList',
    'setPrice',
    'previewCatalogImport',
    'importCatalog',
  ],
};

/** Mutations that ask for no caller. */
export const OPEN = ['signIn', 'refreshToken', 'acceptInvitation', 'requestPasswordReset', 'resetPassword'];

/** Cells of mutations that differ from those of the user of a key, by kind and scope, by scope, or by kind. */
export const OWN_CELLS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // The key of a reseller has a user, and so a basket, of its own.
  RESELLER: {
    updateBasketLine: 'NOT_FOUND lineId',
    removeBasketLine: 'NOT_FOUND lineId',
    checkout: 'NOT_FOUND basketId',
  },
  // The question is about an order, and administrators see everybody's.
  'ADMINISTRATOR CUSTOMERS': { setExternalReference: 'FORBIDDEN id' },
  CUSTOMERS: { setExternalReference: 'FORBIDDEN id/NOT_FOUND id' },
};

/** Cells of queries and nodes that differ from those of the user of a key. */
export const HIDDEN = {
  Query: ['apiKeys', 'webhooks', 'webhookDeliveries'],
  Node: ['ApiKey', 'Webhook', 'WebhookDelivery', 'Basket', 'BasketLine'],
};
