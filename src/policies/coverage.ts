import { Role } from '../entities';

/**
 * The decision for everything that the graph has: who may call what, and why a field may be seen. A field, an argument
 * or a stream that is not here keeps the gateway from starting, and a test names it.
 */

/** Who may call a field of a root; what it does then depends on whose things it is about. */
export type Callers = 'anyone' | 'signedIn' | readonly Role[];

/** The roots. Mutations are refused by role as data, in `actions.ts`: here only who gets that far. */
export const roots: Readonly<
  Record<'Query' | 'Mutation' | 'Subscription', Readonly<Record<string, Callers>>>
> = {
  Query: {
    categories: 'anyone',
    category: 'anyone',
    products: 'anyone',
    product: 'anyone',
    // The catalog's for anyone; what has an owner is absent without a token.
    node: 'anyone',
    nodes: 'anyone',
    viewer: 'signedIn',
    basket: 'signedIn',
    accounts: 'signedIn',
    orders: 'signedIn',
    order: 'signedIn',
    subscriptions: 'signedIn',
    subscription: 'signedIn',
    cancellationRequests: 'signedIn',
    apiKeys: 'signedIn',
    auditTrail: [Role.ADMINISTRATOR],
    catalogProducts: [Role.ADMINISTRATOR],
    catalogAddons: [Role.ADMINISTRATOR],
    priceLists: [Role.ADMINISTRATOR],
    pastPrices: [Role.ADMINISTRATOR],
    users: [Role.ADMINISTRATOR],
    catalogImports: [Role.ADMINISTRATOR],
    webhooks: 'signedIn',
    webhookDeliveries: 'signedIn',
  },
  Mutation: {
    signIn: 'anyone',
    refreshToken: 'anyone',
    signOut: 'signedIn',
    changePassword: 'signedIn',
    setUserRoles: 'signedIn',
    createApiKey: 'signedIn',
    revokeApiKey: 'signedIn',
    createWebhook: 'signedIn',
    updateWebhook: 'signedIn',
    deleteWebhook: 'signedIn',
    rotateWebhookSecret: 'signedIn',
    sendTestEvent: 'signedIn',
    redeliver: 'signedIn',
    redeliverSince: 'signedIn',
    addToBasket: 'signedIn',
    updateBasketLine: 'signedIn',
    removeBasketLine: 'signedIn',
    emptyBasket: 'signedIn',
    chooseRecipient: 'signedIn',
    confirmBilling: 'signedIn',
    checkout: 'signedIn',
    placeOrder: 'signedIn',
    executeOrder: 'signedIn',
    cancelOrder: 'signedIn',
    requestCancellation: 'signedIn',
    withdrawCancellation: 'signedIn',
    decideCancellation: 'signedIn',
    retryProvisioning: 'signedIn',
    renameSubscription: 'signedIn',
    createCategory: 'signedIn',
    updateCategory: 'signedIn',
    createProduct: 'signedIn',
    updateProduct: 'signedIn',
    publishProduct: 'signedIn',
    retireProduct: 'signedIn',
    setProductAddons: 'signedIn',
    createAddon: 'signedIn',
    updateAddon: 'signedIn',
    publishAddon: 'signedIn',
    retireAddon: 'signedIn',
    createPriceList: 'signedIn',
    setPrice: 'signedIn',
    createAccount: 'signedIn',
    updateAccount: 'signedIn',
    deactivateAccount: 'signedIn',
    activateAccount: 'signedIn',
    assignAccountManager: 'signedIn',
    assignPriceList: 'signedIn',
    createUser: 'signedIn',
    updateUser: 'signedIn',
    deactivateUser: 'signedIn',
    activateUser: 'signedIn',
    resetUserPassword: 'signedIn',
    previewCatalogImport: 'signedIn',
    importCatalog: 'signedIn',
  },
  Subscription: {
    provisioningUpdates: 'signedIn',
    cancellationUpdates: 'signedIn',
  },
};

/**
 * Why a field may be read by whoever holds its object.
 *
 * - `own`: it is a value, or a part, of the object itself
 * - `catalog`: public, or on the viewer's price list
 * - `follows`: a row that has the same owner, by what the services write
 * - `asks`: a row that may be another's: it is looked up among those that the viewer may see
 * - `named`: a user who did something: `id` and `name` are shown, the rest of it `asks`
 * - `administrators`: null for everybody else
 */
export type FieldDecision = 'own' | 'catalog' | 'follows' | 'asks' | 'named' | 'administrators';

type Decided = Partial<Record<FieldDecision, string>>;

const error: Decided = { own: 'code message path' };
const connection: Decided = { own: 'edges nodes pageInfo totalCount' };
const edge: Decided = { own: 'node cursor' };

/** Every field of every object type but the roots, under the reason for which it may be read. */
export const fields: Readonly<Record<string, Decided>> = {
  User: { own: 'id name', asks: 'email roles account', administrators: 'version active' },
  Account: {
    own: 'id version kind name email billing active serviceAccounts',
    named: 'accountManager',
    administrators: 'priceList',
    asks: 'reseller subscriptions',
  },
  BillingDetails: { own: 'company vatNumber email addressLine1 addressLine2 city postalCode country' },
  ServiceAccount: { own: 'state externalId error syncedAt', catalog: 'service' },
  ApiKey: {
    own: 'id name scopes createdAt expiresAt lastUsedAt revokedAt',
    follows: 'account',
    named: 'user createdBy',
  },
  Webhook: {
    own: `id version url description eventTypes state disabledReason disabledAt failingSince previousSecretUntil
      createdAt`,
    follows: 'account',
    named: 'createdBy',
  },
  WebhookDelivery: {
    own: `id cursor eventType state attempts responseStatus error createdAt firstAttemptAt nextAttemptAt
      deliveredAt`,
    follows: 'webhook',
  },
  AuditEntry: {
    own: 'seq type occurredAt message orderId subscriptionId operationId cancellationRequestId',
    named: 'by',
    asks: 'account',
  },
  Category: { catalog: 'id version slug name description parent children products' },
  Product: {
    catalog: 'id version state sku slug name description capacityBytes service category prices addons',
    administrators: 'assignedAddons providerAttributes listedPrices',
  },
  Addon: {
    catalog: 'id version state sku name description incrementBytes minQuantity maxQuantity prices',
    administrators: 'providerAttributes listedPrices',
  },
  ProviderAttribute: { own: 'name value' },
  PriceList: { own: 'id code currency isDefault' },
  ListedPrice: { own: 'billingCycle unitPrice version validFrom', catalog: 'priceList', named: 'setBy' },
  PastPrice: {
    own: 'billingCycle unitPrice version validFrom validUntil',
    catalog: 'priceList',
    named: 'setBy',
  },
  CatalogImport: {
    own: 'id provider state total done changes error startedAt finishedAt',
    named: 'startedBy',
  },
  CatalogChange: { own: 'kind item code field from to' },
  Service: {
    catalog: 'id code name quantityLimit allowMultipleSubscriptions recipientKinds cancellationPolicy',
  },
  Price: { own: 'billingCycle unitPrice' },
  Money: { own: 'amount currency' },
  Basket: {
    own: 'id version step lines billing billingConfirmedAt total problems updatedAt',
    asks: 'recipient recipients',
  },
  BasketLine: {
    own: 'id billingCycle quantity friendlyName addons unitPrice total capacityBytes',
    catalog: 'product',
    asks: 'subscription',
  },
  BasketAddon: { own: 'quantity unitPrice total', catalog: 'addon' },
  Order: {
    own: 'id number version source state billing total placedAt executedAt completedAt lines availableActions',
    follows: 'recipient operations',
    asks: 'reseller',
    named: 'placedBy executedBy',
  },
  OrderLine: {
    own: 'id billingCycle quantity friendlyName addons unitPrice total',
    catalog: 'product',
    asks: 'subscription',
  },
  OrderAddon: { own: 'quantity unitPrice total', catalog: 'addon' },
  OrderActionAvailability: { own: 'action allowed blockedBy' },
  CloudSubscription: {
    own: `id version friendlyName state syncState billingCycle addons capacityBytes recurringTotal externalId
      currentPeriodEnd createdAt activatedAt cancelledAt availableActions`,
    catalog: 'product',
    follows: 'account order operations cancellationRequest',
    asks: 'reseller',
  },
  CloudSubscriptionAddon: { own: 'quantity', catalog: 'addon' },
  CloudSubscriptionActionAvailability: { own: 'action allowed blockedBy' },
  CancellationRequest: {
    own: 'id version state timing reason requestedAt decidedAt decisionNote completedAt',
    follows: 'subscription',
    named: 'requestedBy decidedBy',
  },
  ProvisioningOperation: {
    own: 'id kind state steps progress trackId createdAt finishedAt',
    follows: 'order subscription',
  },
  ProvisioningStep: { own: 'name state attempts startedAt finishedAt nextAttemptAt error' },
  ProvisioningError: { own: 'code message providerCode retryable' },
  ProvisioningSnapshot: { own: 'cursor', asks: 'operations' },
  ProvisioningUpdate: {
    own: 'cursor occurredAt step stepState operationState message',
    asks: 'operation',
  },
  StreamReset: { own: 'cursor reason' },
  CancellationUpdate: { own: 'cursor occurredAt', asks: 'request' },
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
  PageInfo: { own: 'hasNextPage hasPreviousPage startCursor endCursor' },
  AccountConnection: connection,
  AccountEdge: edge,
  UserConnection: connection,
  UserEdge: edge,
  PriceListConnection: connection,
  PriceListEdge: edge,
  PastPriceConnection: connection,
  PastPriceEdge: edge,
  AddonConnection: connection,
  AddonEdge: edge,
  ApiKeyConnection: connection,
  ApiKeyEdge: edge,
  AuditEntryConnection: connection,
  AuditEntryEdge: edge,
  CancellationRequestConnection: connection,
  CancellationRequestEdge: edge,
  CloudSubscriptionConnection: connection,
  CloudSubscriptionEdge: edge,
  OrderConnection: connection,
  OrderEdge: edge,
  ProductConnection: connection,
  ProductEdge: edge,
  WebhookConnection: connection,
  WebhookEdge: edge,
  WebhookDeliveryConnection: connection,
  WebhookDeliveryEdge: edge,
};

/**
 * What is done with a value that a client sends.
 *
 * - `narrows`: chooses among what the viewer may see anyway
 * - `visible`: names a row, which is looked up among those that the viewer may see
 * - `ownBasket`: names the viewer's open basket, or a line of it
 * - `catalog`: names something that is sold
 * - `value`: is checked by the service that takes it, and means nothing to who else's it is
 * - `secret`: is compared with a hash, never stored, never logged
 * - `input`: an input type, whose fields are decided by themselves
 */
export type ValueDecision = 'narrows' | 'visible' | 'ownBasket' | 'catalog' | 'value' | 'secret' | 'input';

type DecidedValues = Partial<Record<ValueDecision, string>>;

const page = 'first after';
const input: DecidedValues = { input: 'input' };

/** Every argument, by the field that takes it. */
export const fieldArguments: Readonly<Record<string, DecidedValues>> = {
  'Query.node': { visible: 'id' },
  'Query.nodes': { visible: 'ids' },
  'Query.category': { catalog: 'slug' },
  'Query.products': { catalog: 'categorySlug', narrows: `search ${page}` },
  'Query.product': { catalog: 'id sku' },
  'Query.accounts': { narrows: `search kind active ${page}` },
  'Query.catalogProducts': { narrows: `states search ${page}` },
  'Query.catalogAddons': { narrows: `states search ${page}` },
  'Query.priceLists': { narrows: page },
  'Query.pastPrices': { narrows: `priceListId itemId billingCycle ${page}` },
  'Query.users': { narrows: `search role accountId active ${page}` },
  'Query.orders': { narrows: page, input: 'filter' },
  'Query.order': { visible: 'id number' },
  'Query.subscriptions': { narrows: page, input: 'filter' },
  'Query.subscription': { visible: 'id' },
  'Query.cancellationRequests': { narrows: `states ${page}` },
  'Query.apiKeys': { narrows: `accountId ${page}` },
  'Query.webhooks': { narrows: `accountId ${page}` },
  'Query.webhookDeliveries': { visible: 'webhookId', narrows: `states ${page}` },
  'Query.auditTrail': { narrows: page, input: 'filter' },
  'Mutation.signOut': { value: 'everywhere' },
  ...Object.fromEntries(
    Object.keys(roots.Mutation)
      .filter(name => name !== 'signOut' && name !== 'emptyBasket')
      .map(name => [`Mutation.${name}`, input]),
  ),
  'Subscription.provisioningUpdates': { visible: 'orderId subscriptionId', narrows: 'after' },
  'Subscription.cancellationUpdates': { narrows: 'after' },
  'Account.subscriptions': { narrows: page, input: 'filter' },
  'Basket.recipients': { narrows: `search ${page}` },
  'Category.products': { narrows: page },
};

/** Every field of every input type. */
export const inputFields: Readonly<Record<string, DecidedValues>> = {
  SignInInput: { value: 'email', secret: 'password newPassword' },
  RefreshTokenInput: { secret: 'refreshToken' },
  ChangePasswordInput: { secret: 'currentPassword newPassword' },
  SetUserRolesInput: { visible: 'userId', value: 'roles expectedVersion' },
  CreateUserInput: { visible: 'accountId', value: 'name email roles', secret: 'password' },
  UpdateUserInput: { visible: 'userId', value: 'name email expectedVersion' },
  UserInput: { visible: 'userId', value: 'expectedVersion' },
  CreateAccountInput: {
    visible: 'resellerId accountManagerId',
    catalog: 'priceListId',
    value: 'kind name email',
    input: 'billing',
  },
  UpdateAccountInput: { visible: 'accountId', value: 'name email expectedVersion', input: 'billing' },
  AccountInput: { visible: 'accountId', value: 'expectedVersion' },
  AssignAccountManagerInput: { visible: 'accountId accountManagerId', value: 'expectedVersion' },
  AssignPriceListInput: { visible: 'accountId', catalog: 'priceListId', value: 'expectedVersion' },
  CreateCategoryInput: { catalog: 'parentId', value: 'slug name description position' },
  UpdateCategoryInput: {
    catalog: 'categoryId parentId',
    value: 'slug name description position expectedVersion',
  },
  ProviderAttributeInput: { value: 'name value' },
  CreateProductInput: {
    catalog: 'serviceId categoryId',
    value: 'sku slug name description capacityBytes position',
    input: 'providerAttributes',
  },
  UpdateProductInput: {
    catalog: 'productId categoryId',
    value: 'sku slug name description capacityBytes position expectedVersion',
    input: 'providerAttributes',
  },
  ProductInput: { catalog: 'productId', value: 'expectedVersion' },
  SetProductAddonsInput: { catalog: 'productId addonIds', value: 'expectedVersion' },
  CreateAddonInput: {
    value: 'sku name description incrementBytes minQuantity maxQuantity',
    input: 'providerAttributes',
  },
  UpdateAddonInput: {
    catalog: 'addonId',
    value: 'sku name description incrementBytes minQuantity maxQuantity expectedVersion',
    input: 'providerAttributes',
  },
  AddonInput: { catalog: 'addonId', value: 'expectedVersion' },
  CreatePriceListInput: { value: 'code currency' },
  SetPriceInput: { catalog: 'priceListId itemId', value: 'billingCycle unitPrice expectedVersion' },
  CatalogImportInput: { value: 'provider' },
  CreateApiKeyInput: { visible: 'accountId', value: 'name scopes expiresAt' },
  CreateWebhookInput: { visible: 'accountId', value: 'url description eventTypes after' },
  UpdateWebhookInput: { visible: 'webhookId', value: 'url description eventTypes state expectedVersion' },
  DeleteWebhookInput: { visible: 'webhookId' },
  RotateWebhookSecretInput: { visible: 'webhookId', value: 'keepPreviousForHours' },
  SendTestEventInput: { visible: 'webhookId' },
  RedeliverInput: { visible: 'deliveryId' },
  RedeliverSinceInput: { visible: 'webhookId', value: 'after' },
  RevokeApiKeyInput: { visible: 'apiKeyId' },
  AddonQuantityInput: { catalog: 'addonId', value: 'quantity' },
  AddToBasketInput: {
    catalog: 'productId',
    visible: 'subscriptionId',
    value: 'billingCycle quantity friendlyName expectedVersion',
    input: 'addons',
  },
  UpdateBasketLineInput: {
    ownBasket: 'lineId',
    value: 'billingCycle quantity friendlyName expectedVersion',
    input: 'addons',
  },
  RemoveBasketLineInput: { ownBasket: 'lineId', value: 'expectedVersion' },
  ChooseRecipientInput: { visible: 'accountId', value: 'expectedVersion' },
  BillingDetailsInput: {
    value: 'company vatNumber email addressLine1 addressLine2 city postalCode country',
  },
  ConfirmBillingInput: { input: 'billing', value: 'expectedVersion' },
  CheckoutInput: { ownBasket: 'basketId', value: 'idempotencyKey expectedVersion' },
  OrderLineInput: {
    catalog: 'productId',
    visible: 'subscriptionId',
    value: 'billingCycle quantity friendlyName',
    input: 'addons',
  },
  PlaceOrderInput: { visible: 'recipientId', input: 'lines billing', value: 'idempotencyKey' },
  ExecuteOrderInput: { visible: 'orderId', value: 'idempotencyKey expectedVersion' },
  CancelOrderInput: { visible: 'orderId', value: 'reason expectedVersion' },
  RequestCancellationInput: { visible: 'subscriptionId', value: 'timing reason idempotencyKey' },
  WithdrawCancellationInput: { visible: 'requestId', value: 'expectedVersion' },
  DecideCancellationInput: { visible: 'requestId', value: 'decision note idempotencyKey expectedVersion' },
  RetryProvisioningInput: { visible: 'operationId', value: 'idempotencyKey' },
  RenameSubscriptionInput: { visible: 'subscriptionId', value: 'friendlyName expectedVersion' },
  OrderFilter: { narrows: 'states recipientId source' },
  CloudSubscriptionFilter: { narrows: 'states syncStates accountId search' },
  AuditFilter: { narrows: 'userId accountId orderId subscriptionId types since until' },
};
