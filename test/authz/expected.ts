type Row = readonly [string, string, string, string, string];

const ANYONE: Row = ['seen', 'seen', 'seen', 'seen', 'seen'];
const UNKNOWN = 'UNAUTHENTICATED';
/** Each sees what is its own; administrators see what is anybody's. */
const OWNED: Row = ['-', 'seen/-', 'seen/-', 'seen/-', 'seen'];
const LISTED: Row = [UNKNOWN, 'seen/-', 'seen/-', 'seen/-', 'seen'];

/** Those of the own account; administrators see all, account managers none. */
const WEBHOOKS: Row = ['-', 'seen/-', 'seen/-', '-', 'seen'];

/** Visible to administrators only. */
const ADMINISTRATIVE: Row = ['-', '-', '-', '-', 'seen'];

const NO = 'FORBIDDEN';
const all = (cell: string): Row => [cell, cell, cell, cell, cell];
const signedIn = (cell: string): Row => [UNKNOWN, cell, cell, cell, cell];
/** Administrators find everybody's. */
const parties = (cell: string): Row => [UNKNOWN, cell, cell, cell, cell.split('/')[0] ?? cell];
const buyers = (cell: string): Row => [UNKNOWN, cell, cell, NO, NO];
const administrators = (cell: string): Row => [UNKNOWN, NO, NO, NO, cell];
const STALE = administrators('VERSION_CONFLICT expectedVersion');
/** Nobody changes the own user. */
const STALE_USER = administrators('FORBIDDEN/VERSION_CONFLICT expectedVersion');
const webhooks = (cell: string, thing = 'webhookId'): Row => {
  const theirs = `${cell}/NOT_FOUND ${thing}`;
  return [UNKNOWN, theirs, theirs, NO, cell];
};
const managers = (cell: string): Row => [UNKNOWN, NO, NO, cell, cell.split('/')[0] ?? cell];

/**
 * What each caller gets: anonymous, customer, reseller, account manager, administrator. `own/foreign` where the two
 * differ; `seen` for what is shown, `-` for what is answered as if it never was, `done` for what was carried out.
 */
export const expected: Record<'Node' | 'Query' | 'Mutation' | 'Subscription', Record<string, Row>> = {
  Node: {
    User: OWNED,
    Account: OWNED,
    Order: OWNED,
    OrderLine: OWNED,
    CloudSubscription: OWNED,
    ProvisioningOperation: OWNED,
    CancellationRequest: OWNED,
    SubscriptionChange: OWNED,
    // Those of the payer: test/http/charges.test.ts.
    Charge: OWNED,
    Basket: ['-', 'seen/-', 'seen/-', '-', '-'],
    BasketLine: ['-', 'seen/-', 'seen/-', '-', '-'],
    Invitation: OWNED,
    Mail: ADMINISTRATIVE,
    ApiKey: ['-', '-', 'seen/-', '-', 'seen'],
    Webhook: WEBHOOKS,
    WebhookDelivery: WEBHOOKS,
    Service: ANYONE,
    Category: ANYONE,
    Product: ANYONE,
    Addon: ANYONE,
    Provider: ANYONE,
    PriceList: ADMINISTRATIVE,
    CatalogImport: ADMINISTRATIVE,
  },
  Query: {
    viewer: [UNKNOWN, 'seen', 'seen', 'seen', 'seen'],
    node: OWNED,
    nodes: OWNED,
    categories: ANYONE,
    category: ANYONE,
    products: ANYONE,
    product: ANYONE,
    basket: [UNKNOWN, 'seen', 'seen', '-', '-'],
    account: LISTED,
    operation: LISTED,
    cancellationRequest: LISTED,
    // The payload says which: test/http/changes.test.ts.
    previewSubscriptionChange: [UNKNOWN, 'seen', 'seen', 'seen', 'seen'],
    subscriptionChange: LISTED,
    subscriptionChanges: LISTED,
    charges: LISTED,
    services: ANYONE,
    providers: ANYONE,
    eventTypes: ANYONE,
    accounts: LISTED,
    orders: LISTED,
    order: LISTED,
    subscriptions: LISTED,
    subscription: LISTED,
    cancellationRequests: [UNKNOWN, 'seen', 'seen', 'seen', 'seen'],
    apiKeys: [UNKNOWN, '-', 'seen', '-', 'seen'],
    auditTrail: administrators('seen'),
    catalogProducts: administrators('seen'),
    catalogAddons: administrators('seen'),
    priceLists: administrators('seen'),
    pastPrices: administrators('seen'),
    users: administrators('seen'),
    catalogImports: administrators('seen'),
    mails: administrators('seen'),
    // What its numbers count: test/http/overview.test.ts.
    overview: managers('seen'),
    webhooks: [UNKNOWN, 'seen', 'seen', '-', 'seen'],
    webhookDeliveries: [UNKNOWN, 'seen/-', 'seen/-', '-', 'seen'],
  },
  Mutation: {
    signIn: all('WRONG_CREDENTIALS'),
    refreshToken: all('WRONG_CREDENTIALS refreshToken'),
    changePassword: signedIn('WRONG_CREDENTIALS currentPassword'),
    acceptInvitation: all('TOKEN_INVALID token'),
    requestPasswordReset: all('done'),
    resetPassword: all('TOKEN_INVALID token'),
    inviteUser: parties('INVALID_INPUT roles/NOT_FOUND accountId'),
    resendInvitation: parties('done/NOT_FOUND invitationId'),
    revokeInvitation: parties('done/NOT_FOUND invitationId'),
    resendMail: administrators('done'),
    setNotifications: signedIn('done'),
    setDeputy: [UNKNOWN, NO, NO, 'INVALID_INPUT deputyId/NOT_FOUND deputyId', 'INVALID_INPUT userId'],
    // An account manager with accounts.
    eraseUser: administrators('INVALID_STATE userId'),
    // Nobody changes the own roles.
    setUserRoles: [UNKNOWN, NO, NO, NO, 'FORBIDDEN/INVALID_INPUT roles'],
    createApiKey: [
      UNKNOWN,
      NO,
      'INVALID_INPUT accountId/NOT_FOUND accountId',
      'FORBIDDEN accountId/NOT_FOUND accountId',
      'INVALID_INPUT accountId',
    ],
    // Account managers see their own keys only.
    revokeApiKey: [UNKNOWN, NO, 'done/NOT_FOUND apiKeyId', 'NOT_FOUND apiKeyId', 'done'],
    createWebhook: webhooks('done', 'accountId'),
    updateWebhook: webhooks('VERSION_CONFLICT expectedVersion'),
    rotateWebhookSecret: webhooks('done'),
    sendTestEvent: webhooks('done'),
    redeliver: webhooks('done', 'deliveryId'),
    redeliverSince: webhooks('done'),
    deleteWebhook: webhooks('done'),
    addToBasket: buyers('CANCELLATION_ALREADY_REQUESTED subscriptionId/NOT_FOUND subscriptionId'),
    updateBasketLine: buyers('QUANTITY_LIMIT quantity/NOT_FOUND lineId'),
    chooseRecipient: buyers('done/NOT_FOUND accountId'),
    removeBasketLine: buyers('done/NOT_FOUND lineId'),
    emptyBasket: buyers('done'),
    confirmBilling: buyers('BASKET_EMPTY lines'),
    checkout: buyers('BASKET_EMPTY lines/NOT_FOUND basketId'),
    placeOrder: managers('NOT_FOUND lines 0 productId/NOT_FOUND recipientId'),
    executeOrder: managers('VERSION_CONFLICT expectedVersion/NOT_FOUND orderId'),
    cancelOrder: managers('VERSION_CONFLICT expectedVersion/NOT_FOUND orderId'),
    requestCancellation: parties('CANCELLATION_ALREADY_REQUESTED subscriptionId/NOT_FOUND subscriptionId'),
    withdrawCancellation: parties('VERSION_CONFLICT expectedVersion/NOT_FOUND requestId'),
    decideCancellation: [
      UNKNOWN,
      NO,
      'VERSION_CONFLICT expectedVersion/NOT_FOUND requestId',
      'VERSION_CONFLICT expectedVersion/NOT_FOUND requestId',
      'VERSION_CONFLICT expectedVersion',
    ],
    requestSubscriptionChange: parties('CHANGE_ALREADY_REQUESTED subscriptionId/NOT_FOUND subscriptionId'),
    withdrawSubscriptionChange: parties('VERSION_CONFLICT expectedVersion/NOT_FOUND changeId'),
    decideSubscriptionChange: [
      UNKNOWN,
      NO,
      'VERSION_CONFLICT expectedVersion/NOT_FOUND changeId',
      'VERSION_CONFLICT expectedVersion/NOT_FOUND changeId',
      'VERSION_CONFLICT expectedVersion',
    ],
    createAdjustment: administrators('INVALID_INPUT amount'),
    retryProvisioning: [
      UNKNOWN,
      NO,
      NO,
      'INVALID_STATE operationId/NOT_FOUND operationId',
      'INVALID_STATE operationId',
    ],
    abandonOperation: [
      UNKNOWN,
      NO,
      NO,
      'OPERATION_NOT_FAILED operationId/NOT_FOUND operationId',
      'OPERATION_NOT_FAILED operationId',
    ],
    suspendSubscription: managers('VERSION_CONFLICT expectedVersion/NOT_FOUND subscriptionId'),
    resumeSubscription: managers('VERSION_CONFLICT expectedVersion/NOT_FOUND subscriptionId'),
    renameSubscription: parties('VERSION_CONFLICT expectedVersion/NOT_FOUND subscriptionId'),
    createCategory: administrators('ALREADY_EXISTS slug'),
    updateCategory: STALE,
    createProduct: administrators('ALREADY_EXISTS sku'),
    updateProduct: STALE,
    publishProduct: STALE,
    retireProduct: STALE,
    setProductAddons: STALE,
    createAddon: administrators('ALREADY_EXISTS sku'),
    updateAddon: STALE,
    publishAddon: STALE,
    retireAddon: STALE,
    createPriceList: administrators('ALREADY_EXISTS code'),
    setPrice: STALE,
    setRetailPrice: [UNKNOWN, NO, 'NOT_FOUND productId', NO, NO],
    createAccount: [
      UNKNOWN,
      NO,
      'EMAIL_UNAVAILABLE email',
      'EMAIL_UNAVAILABLE email',
      'EMAIL_UNAVAILABLE email',
    ],
    updateAccount: [
      UNKNOWN,
      NO,
      'VERSION_CONFLICT expectedVersion/NOT_FOUND accountId',
      'VERSION_CONFLICT expectedVersion/NOT_FOUND accountId',
      'VERSION_CONFLICT expectedVersion',
    ],
    deactivateAccount: STALE,
    activateAccount: STALE,
    assignAccountManager: STALE,
    assignPriceList: STALE,
    createUser: administrators('ALREADY_EXISTS email'),
    updateUser: STALE_USER,
    deactivateUser: STALE_USER,
    activateUser: STALE_USER,
    resetUserPassword: STALE_USER,
    previewCatalogImport: administrators('NOT_FOUND provider'),
    importCatalog: administrators('NOT_FOUND provider'),
    setExternalReference: parties('done/NOT_FOUND id'),
    // The second time there is no session any more.
    signOut: signedIn('done/UNAUTHENTICATED'),
  },
  Subscription: {
    provisioningUpdates: [UNKNOWN, 'seen/NOT_FOUND', 'seen/NOT_FOUND', 'seen/NOT_FOUND', 'seen'],
    cancellationUpdates: LISTED,
    orderUpdates: [UNKNOWN, 'seen/NOT_FOUND', 'seen/NOT_FOUND', 'seen/NOT_FOUND', 'seen'],
    subscriptionUpdates: [UNKNOWN, 'seen/NOT_FOUND', 'seen/NOT_FOUND', 'seen/NOT_FOUND', 'seen'],
  },
};
