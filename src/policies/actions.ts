import { ApiKeyScope, Role } from '../entities';
import { forbidden, Refusal, type UserError } from '../errors';
import { type Actor, hasRole } from './actor';

const { CUSTOMER, RESELLER, ACCOUNT_MANAGER, ADMINISTRATOR } = Role;

const administrators = [ADMINISTRATOR];
const buyers = [CUSTOMER, RESELLER];
/** Administrators deputize for account managers, so that every account has a user who can decide. */
const managers = [ACCOUNT_MANAGER, ADMINISTRATOR];
/** Creators of accounts. `own-accounts.ts` says which ones. */
const accountCreators = [RESELLER, ACCOUNT_MANAGER, ADMINISTRATOR];
const webhookOwners = [CUSTOMER, RESELLER, ADMINISTRATOR];
const everyone = [CUSTOMER, RESELLER, ACCOUNT_MANAGER, ADMINISTRATOR];

/** Mutations that change the caller, so that the rest of the document would run as another user. */
export const callerChangingMutations: ReadonlySet<string> = new Set([
  'Mutation.signIn',
  'Mutation.refreshToken',
  'Mutation.acceptInvitation',
]);

/** Roles that are allowed to call each mutation. `visibility.ts` checks the object: both must hold. */
export const allowedRoles = {
  addToBasket: buyers,
  updateBasketLine: buyers,
  removeBasketLine: buyers,
  emptyBasket: buyers,
  chooseRecipient: buyers,
  confirmBilling: buyers,
  checkout: buyers,
  /** `addToBasket` or `placeOrder` with a subscription. */
  buyAddons: everyone,
  placeOrder: managers,
  executeOrder: managers,
  cancelOrder: managers,
  requestCancellation: everyone,
  withdrawCancellation: everyone,
  decideCancellation: managers,
  retryProvisioning: managers,
  renameSubscription: everyone,
  setExternalReference: everyone,
  changePassword: everyone,
  setUserRoles: administrators,
  createApiKey: [RESELLER, ADMINISTRATOR],
  revokeApiKey: [RESELLER, ADMINISTRATOR],
  createCategory: administrators,
  updateCategory: administrators,
  createProduct: administrators,
  updateProduct: administrators,
  publishProduct: administrators,
  retireProduct: administrators,
  setProductAddons: administrators,
  createAddon: administrators,
  updateAddon: administrators,
  publishAddon: administrators,
  retireAddon: administrators,
  createPriceList: administrators,
  setPrice: administrators,
  createAccount: accountCreators,
  updateAccount: accountCreators,
  deactivateAccount: administrators,
  activateAccount: administrators,
  assignAccountManager: administrators,
  assignPriceList: administrators,
  createUser: administrators,
  updateUser: administrators,
  deactivateUser: administrators,
  activateUser: administrators,
  resetUserPassword: administrators,
  eraseUser: administrators,
  setNotifications: everyone,
  setDeputy: managers,
  inviteUser: everyone,
  resendInvitation: everyone,
  revokeInvitation: everyone,
  resendMail: administrators,
  previewCatalogImport: [ADMINISTRATOR],
  importCatalog: [ADMINISTRATOR],
  createWebhook: webhookOwners,
  updateWebhook: webhookOwners,
  deleteWebhook: webhookOwners,
  rotateWebhookSecret: webhookOwners,
  sendTestEvent: webhookOwners,
  redeliver: webhookOwners,
  redeliverSince: webhookOwners,
} as const satisfies Record<string, readonly Role[]>;

/** Mutation that requires a role. */
export type Action = keyof typeof allowedRoles;

/** Scope that an API key requires for each mutation. API keys cannot call the others. */
const requiredScopes: Partial<Record<Action, ApiKeyScope>> = {
  addToBasket: ApiKeyScope.ORDER,
  updateBasketLine: ApiKeyScope.ORDER,
  removeBasketLine: ApiKeyScope.ORDER,
  emptyBasket: ApiKeyScope.ORDER,
  chooseRecipient: ApiKeyScope.ORDER,
  confirmBilling: ApiKeyScope.ORDER,
  checkout: ApiKeyScope.ORDER,
  buyAddons: ApiKeyScope.ORDER,
  requestCancellation: ApiKeyScope.CANCEL,
  withdrawCancellation: ApiKeyScope.CANCEL,
  renameSubscription: ApiKeyScope.RENAME,
};

/** FORBIDDEN error if neither a role nor the API key of `actor` allows `action`. Null if it is allowed. */
export function actionError(actor: Actor, action: Action): UserError | null {
  const allowed: readonly Role[] = allowedRoles[action];
  if (actor.apiKey) {
    const scope = requiredScopes[action];
    if (!scope) return forbidden('An API key cannot do this. Sign in as a user.');
    if (!actor.apiKey.scopes.includes(scope)) return forbidden(`The API key needs the scope ${scope}.`);
  }
  if (hasRole(actor, ...allowed)) return null;
  const names = allowed.map(role => `${role.toLowerCase().replace('_', ' ')}s`);
  return forbidden(`Only ${names.join(' and ')} can do this.`);
}

/** Refuses with FORBIDDEN unless `actor` is allowed to call `action`. */
export function authorize(actor: Actor, action: Action): void {
  const refused = actionError(actor, action);
  if (refused) throw new Refusal([refused]);
}
