import { userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { Notification } from '../../src/entities';
import { encodeCursor, LOG_KEY } from '../../src/events';
import { newKey } from '../support/shop';
import type { World } from './worlds';

/** What is asked about a world: a selection of a root, and the input where it is a mutation. */
export type Question = (world: World) => string;

const id = (value: string) => JSON.stringify(value);
const key = () => `idempotencyKey: ${id(newKey())}`;
const stale = 'expectedVersion: 0';
const STORAGE = demoId('prod', 'IC-BASE-1TB');
const SERVER = demoId('prod', 'CB-SERVER');
const MORE = demoId('add', 'IC-ADD-1TB');
const CATEGORY = demoId('cat', 'impossible-cloud');
const LIST = demoId('pl', 'public');
const BILLING =
  'billing: { company: "x", email: "x@x.example", addressLine1: "x", city: "x", postalCode: "1", country: "DE" }';
const unknown = demoId('prod', 'no such product');

/** How each query is asked about a world. Fields of the catalog belong to nobody. */
export const queries: Record<string, Question> = {
  viewer: () => 'viewer { id }',
  node: ({ Order }) => `node(id: ${id(Order)}) { id }`,
  nodes: ({ Order }) => `nodes(ids: [${id(Order)}]) { id }`,
  categories: () => 'categories { id }',
  category: () => 'category(slug: "impossible-cloud") { id }',
  products: () => 'products { nodes { id } }',
  product: () => 'product(sku: "IC-BASE-1TB") { id }',
  basket: () => 'basket { id }',
  accounts: ({ accountName }) =>
    `accounts(filter: { search: ${id(accountName)} }) { nodes { id } totalCount }`,
  account: ({ Account }) => `account(id: ${id(Account)}) { id }`,
  operation: ({ ProvisioningOperation }) => `operation(id: ${id(ProvisioningOperation)}) { id }`,
  cancellationRequest: ({ CancellationRequest }) =>
    `cancellationRequest(id: ${id(CancellationRequest)}) { id }`,
  previewSubscriptionChange: ({ changingSubscription }) =>
    `previewSubscriptionChange(input: { subscriptionId: ${id(changingSubscription)}, productId: ${id(SERVER)} }) {
      errors { code } }`,
  subscriptionChange: ({ SubscriptionChange }) => `subscriptionChange(id: ${id(SubscriptionChange)}) { id }`,
  subscriptionChanges: ({ changingSubscription }) =>
    `subscriptionChanges(filter: { subscriptionId: ${id(changingSubscription)} }) { nodes { id } totalCount }`,
  charges: ({ CloudSubscription }) =>
    `charges(filter: { subscriptionId: ${id(CloudSubscription)} }) { nodes { id } totalCount totals { count } }`,
  services: () => 'services { id }',
  providers: () => 'providers { id }',
  eventTypes: () => 'eventTypes { name }',
  orders: ({ Account }) => `orders(filter: { recipientId: ${id(Account)} }) { nodes { id } totalCount }`,
  order: ({ orderNumber }) => `order(number: ${id(orderNumber)}) { id }`,
  subscriptions: ({ Account }) =>
    `subscriptions(filter: { accountId: ${id(Account)} }) { nodes { id } totalCount }`,
  subscription: ({ CloudSubscription }) => `subscription(id: ${id(CloudSubscription)}) { id }`,
  cancellationRequests: ({ CancellationRequest }) =>
    `cancellationRequests { nodes { id } } node(id: ${id(CancellationRequest)}) { id }`,
  apiKeys: ({ ApiKey }) => `apiKeys { nodes { id } } node(id: ${id(ApiKey)}) { id }`,
  catalogProducts: () => 'catalogProducts(first: 1) { nodes { id } }',
  catalogAddons: () => 'catalogAddons(first: 1) { nodes { id } }',
  priceLists: () => 'priceLists { nodes { id } }',
  pastPrices: () =>
    `pastPrices(priceListId: ${id(demoId('pl', 'public'))}, itemId: ${id(STORAGE)}, billingCycle: MONTHLY) { pageInfo { endCursor } }`,
  users: ({ Account }) => `users(filter: { accountId: ${id(Account)} }) { totalCount }`,
  catalogImports: () => 'catalogImports { id }',
  mails: () => 'mails { nodes { id } }',
  overview: () => 'overview { readAt }',
  webhooks: ({ Webhook }) => `webhooks { nodes { id } } node(id: ${id(Webhook)}) { id }`,
  webhookDeliveries: ({ Webhook }) =>
    `webhookDeliveries(webhookId: ${id(Webhook)}) { nodes { id } totalCount }`,
  auditTrail: ({ Order }) => `auditTrail(filter: { orderId: ${id(Order)} }) { nodes { seq } }`,
};

/**
 * How each mutation is asked about a world: with what it finds if it gets as far as looking, and then refuses, wherever
 * that can be had. In the order in which they are asked.
 */
export const mutations: Record<string, Question> = {
  signIn: () => `signIn(input: { email: ${id(`${newKey()}@nowhere.example`)}, password: "wrong" })`,
  refreshToken: () => 'refreshToken(input: { refreshToken: "wrong" })',
  changePassword: () => 'changePassword(input: { currentPassword: "wrong", newPassword: "a good long one" })',
  acceptInvitation: () => 'acceptInvitation(input: { token: "wrong", password: "a good long one" })',
  requestPasswordReset: () => `requestPasswordReset(input: { email: ${id(`${newKey()}@nowhere.example`)} })`,
  resetPassword: () => 'resetPassword(input: { token: "wrong", newPassword: "a good long one" })',
  inviteUser: ({ Account }) =>
    `inviteUser(input: { accountId: ${id(Account)}, name: "x", email: "x@x.example", roles: [ADMINISTRATOR], ${key()} })`,
  resendInvitation: ({ Invitation }) => `resendInvitation(input: { invitationId: ${id(Invitation)} })`,
  revokeInvitation: ({ Invitation }) => `revokeInvitation(input: { invitationId: ${id(Invitation)} })`,
  resendMail: ({ Mail }) => `resendMail(input: { mailId: ${id(Mail)} })`,
  setNotifications: () => `setNotifications(input: { enabled: [${Object.keys(Notification)}] })`,
  setDeputy: ({ User }) => `setDeputy(input: { deputyId: ${id(User)} })`,
  eraseUser: () => `eraseUser(input: { userId: ${id(userId('manager2@bss.example'))} })`,
  setUserRoles: ({ Account: _, User }) =>
    `setUserRoles(input: { userId: ${id(User)}, roles: [CUSTOMER, ADMINISTRATOR] })`,
  createApiKey: ({ Account }) =>
    `createApiKey(input: { name: "x", scopes: [READ], accountId: ${id(Account)} })`,
  revokeApiKey: ({ ApiKey }) => `revokeApiKey(input: { apiKeyId: ${id(ApiKey)} })`,
  createWebhook: ({ owner }) =>
    `createWebhook(input: { url: "http://127.0.0.1:1/", accountId: ${id(owner)} })`,
  updateWebhook: ({ Webhook }) => `updateWebhook(input: { webhookId: ${id(Webhook)}, ${stale} })`,
  rotateWebhookSecret: ({ Webhook }) => `rotateWebhookSecret(input: { webhookId: ${id(Webhook)} })`,
  sendTestEvent: ({ Webhook }) => `sendTestEvent(input: { webhookId: ${id(Webhook)} })`,
  redeliver: ({ WebhookDelivery }) => `redeliver(input: { deliveryId: ${id(WebhookDelivery)} })`,
  redeliverSince: ({ Webhook }) =>
    `redeliverSince(input: { webhookId: ${id(Webhook)}, after: ${id(encodeCursor({ seq: 1 }, LOG_KEY))} })`,
  deleteWebhook: ({ Webhook }) => `deleteWebhook(input: { webhookId: ${id(Webhook)} })`,
  addToBasket: ({ CloudSubscription }) =>
    `addToBasket(input: { subscriptionId: ${id(CloudSubscription)}, addons: [{ addonId: ${id(demoId('add', 'IC-ADD-1TB'))} }] })`,
  updateBasketLine: ({ BasketLine }) =>
    `updateBasketLine(input: { lineId: ${id(BasketLine)}, quantity: 99 })`,
  chooseRecipient: ({ Account }) => `chooseRecipient(input: { accountId: ${id(Account)} })`,
  removeBasketLine: ({ BasketLine }) => `removeBasketLine(input: { lineId: ${id(BasketLine)} })`,
  emptyBasket: () => 'emptyBasket',
  confirmBilling: () => 'confirmBilling(input: {})',
  checkout: ({ Basket }) => `checkout(input: { basketId: ${id(Basket)}, ${key()} })`,
  placeOrder: ({ Account }) =>
    `placeOrder(input: { recipientId: ${id(Account)}, lines: [{ productId: ${id(unknown)} }], ${key()} })`,
  executeOrder: ({ Order }) => `executeOrder(input: { orderId: ${id(Order)}, ${key()}, ${stale} })`,
  cancelOrder: ({ Order }) => `cancelOrder(input: { orderId: ${id(Order)}, ${stale} })`,
  requestCancellation: ({ CloudSubscription }) =>
    `requestCancellation(input: { subscriptionId: ${id(CloudSubscription)}, ${key()} })`,
  withdrawCancellation: ({ CancellationRequest }) =>
    `withdrawCancellation(input: { requestId: ${id(CancellationRequest)}, ${stale} })`,
  decideCancellation: ({ CancellationRequest }) =>
    `decideCancellation(input: { requestId: ${id(CancellationRequest)}, decision: ACCEPT, ${key()}, ${stale} })`,
  requestSubscriptionChange: ({ changingSubscription }) =>
    `requestSubscriptionChange(input: { subscriptionId: ${id(changingSubscription)}, productId: ${id(SERVER)}, ${key()} })`,
  withdrawSubscriptionChange: ({ SubscriptionChange }) =>
    `withdrawSubscriptionChange(input: { changeId: ${id(SubscriptionChange)}, ${stale} })`,
  decideSubscriptionChange: ({ SubscriptionChange }) =>
    `decideSubscriptionChange(input: { changeId: ${id(SubscriptionChange)}, decision: ACCEPT, ${key()}, ${stale} })`,
  createAdjustment: ({ CloudSubscription }) =>
    `createAdjustment(input: { subscriptionId: ${id(CloudSubscription)}, amount: "0", reason: "x", ${key()} })`,
  retryProvisioning: ({ ProvisioningOperation }) =>
    `retryProvisioning(input: { operationId: ${id(ProvisioningOperation)}, ${key()} })`,
  abandonOperation: ({ ProvisioningOperation }) =>
    `abandonOperation(input: { operationId: ${id(ProvisioningOperation)}, reason: "x", ${key()} })`,
  suspendSubscription: ({ CloudSubscription }) =>
    `suspendSubscription(input: { subscriptionId: ${id(CloudSubscription)}, reason: "x", ${key()}, ${stale} })`,
  resumeSubscription: ({ CloudSubscription }) =>
    `resumeSubscription(input: { subscriptionId: ${id(CloudSubscription)}, ${key()}, ${stale} })`,
  renameSubscription: ({ CloudSubscription }) =>
    `renameSubscription(input: { subscriptionId: ${id(CloudSubscription)}, friendlyName: "x", ${stale} })`,
  createCategory: () => 'createCategory(input: { slug: "impossible-cloud", name: "x" })',
  updateCategory: () => `updateCategory(input: { categoryId: ${id(CATEGORY)}, ${stale} })`,
  createProduct: () =>
    `createProduct(input: { sku: "IC-BASE-1TB", slug: "x", name: "x", capacityBytes: "1", categoryId: ${id(CATEGORY)},
      serviceId: ${id(demoId('svc', 'cloud-backup'))} })`,
  updateProduct: () => `updateProduct(input: { productId: ${id(STORAGE)}, ${stale} })`,
  publishProduct: () => `publishProduct(input: { productId: ${id(STORAGE)}, ${stale} })`,
  retireProduct: () => `retireProduct(input: { productId: ${id(STORAGE)}, ${stale} })`,
  setProductAddons: () => `setProductAddons(input: { productId: ${id(STORAGE)}, addonIds: [], ${stale} })`,
  createAddon: () => 'createAddon(input: { sku: "IC-ADD-1TB", name: "x", incrementBytes: "1" })',
  updateAddon: () => `updateAddon(input: { addonId: ${id(MORE)}, ${stale} })`,
  publishAddon: () => `publishAddon(input: { addonId: ${id(MORE)}, ${stale} })`,
  retireAddon: () => `retireAddon(input: { addonId: ${id(MORE)}, ${stale} })`,
  createPriceList: () => 'createPriceList(input: { code: "public", currency: "EUR" })',
  setPrice: () =>
    `setPrice(input: { priceListId: ${id(LIST)}, itemId: ${id(STORAGE)}, billingCycle: MONTHLY, unitPrice: "7.00", ${stale} })`,
  setRetailPrice: () =>
    `setRetailPrice(input: { productId: ${id(unknown)}, billingCycle: MONTHLY, unitPrice: "9.90" })`,
  createAccount: () =>
    `createAccount(input: { kind: CUSTOMER, name: "x", email: "it@northwind.example", ${BILLING} })`,
  updateAccount: ({ Account }) => `updateAccount(input: { accountId: ${id(Account)}, ${stale} })`,
  deactivateAccount: ({ Account }) => `deactivateAccount(input: { accountId: ${id(Account)}, ${stale} })`,
  activateAccount: ({ Account }) => `activateAccount(input: { accountId: ${id(Account)}, ${stale} })`,
  assignAccountManager: ({ Account }) =>
    `assignAccountManager(input: { accountId: ${id(Account)}, ${stale} })`,
  assignPriceList: ({ Account }) => `assignPriceList(input: { accountId: ${id(Account)}, ${stale} })`,
  createUser: () =>
    'createUser(input: { name: "x", email: "admin@bss.example", roles: [ADMINISTRATOR], password: "a good long one" })',
  updateUser: ({ User }) => `updateUser(input: { userId: ${id(User)}, ${stale} })`,
  deactivateUser: ({ User }) => `deactivateUser(input: { userId: ${id(User)}, ${stale} })`,
  activateUser: ({ User }) => `activateUser(input: { userId: ${id(User)}, ${stale} })`,
  resetUserPassword: ({ User }) => `resetUserPassword(input: { userId: ${id(User)}, ${stale} })`,
  previewCatalogImport: () => 'previewCatalogImport(input: { provider: "nobody" })',
  importCatalog: () => 'importCatalog(input: { provider: "nobody" })',
  setExternalReference: ({ Order }) => `setExternalReference(input: { id: ${id(Order)} })`,
  signOut: () => 'signOut',
};

/** How each stream is asked about a world. */
export const streams: Record<string, Question> = {
  provisioningUpdates: ({ Order }) =>
    `provisioningUpdates(orderId: ${id(Order)}) { ... on ProvisioningSnapshot { operations { id } } }`,
  orderUpdates: ({ Order }) =>
    `orderUpdates(orderId: ${id(Order)}) { ... on OrderSnapshot { orders { id } } }`,
  subscriptionUpdates: ({ CloudSubscription }) =>
    `subscriptionUpdates(subscriptionId: ${id(CloudSubscription)}) { ... on CloudSubscriptionSnapshot { subscriptions { id } } }`,
  cancellationUpdates: () => 'cancellationUpdates { ... on CancellationSnapshot { requests { id } } }',
};
