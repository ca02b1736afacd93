import { ApiKeyScope, Role } from '../entities';
import { forbidden, type Path, refuseIf, simple, type UserError } from '../errors';
import { type Actor, hasRole } from './actor';
import { scopesOfRoles } from './api-keys';

const { CUSTOMER, RESELLER, ACCOUNT_MANAGER, ADMINISTRATOR } = Role;

const administrators = [ADMINISTRATOR];
const buyers = [CUSTOMER, RESELLER];
/** Administrators deputize for account managers, so that every account has a user who can decide. */
const managers = [ACCOUNT_MANAGER, ADMINISTRATOR];
/** Deciders of requests. `deciders.ts` says of which ones. */
const deciders = [RESELLER, ACCOUNT_MANAGER, ADMINISTRATOR];
/** Creators of accounts. `own-accounts.ts` says which ones. */
const accountCreators = [RESELLER, ACCOUNT_MANAGER, ADMINISTRATOR];
/** `api-keys.ts` says which scopes their keys can have. */
const keyOwners = [RESELLER, ACCOUNT_MANAGER, ADMINISTRATOR];
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
  requestSubscriptionChange: everyone,
  withdrawSubscriptionChange: everyone,
  decideSubscriptionChange: deciders,
  decideCancellation: deciders,
  /** A suspension needs no decision: the distributor alone suspends. */
  suspendSubscription: managers,
  resumeSubscription: managers,
  retryProvisioning: managers,
  abandonOperation: managers,
  renameSubscription: everyone,
  setExternalReference: everyone,
  changePassword: everyone,
  setUserRoles: administrators,
  createApiKey: keyOwners,
  revokeApiKey: keyOwners,
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
  createAdjustment: administrators,
  setRetailPrice: [RESELLER],
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

const { ORDER, CANCEL, RENAME, CUSTOMERS, EXECUTE, DECIDE, MANAGE_CATALOG } = ApiKeyScope;

/**
 * Scopes of an API key that allow each mutation, any of which is enough. API keys cannot call the others: what changes
 * credentials, users, staff, webhooks or the care of accounts is for persons.
 */
const requiredScopes: Partial<Record<Action, readonly ApiKeyScope[]>> = {
  addToBasket: [ORDER],
  updateBasketLine: [ORDER],
  removeBasketLine: [ORDER],
  emptyBasket: [ORDER],
  chooseRecipient: [ORDER],
  confirmBilling: [ORDER],
  checkout: [ORDER],
  buyAddons: [ORDER, EXECUTE],
  placeOrder: [EXECUTE],
  executeOrder: [EXECUTE],
  cancelOrder: [EXECUTE],
  retryProvisioning: [EXECUTE],
  abandonOperation: [EXECUTE],
  requestCancellation: [CANCEL],
  withdrawCancellation: [CANCEL],
  decideCancellation: [DECIDE],
  requestSubscriptionChange: [ORDER, EXECUTE],
  withdrawSubscriptionChange: [ORDER, EXECUTE],
  decideSubscriptionChange: [DECIDE],
  suspendSubscription: [EXECUTE],
  resumeSubscription: [EXECUTE],
  renameSubscription: [RENAME],
  setRetailPrice: [CUSTOMERS],
  createAccount: [CUSTOMERS],
  updateAccount: [CUSTOMERS],
  /** A program that creates customers invites their first users too. `invitations.ts` limits the roles. */
  inviteUser: [CUSTOMERS],
  resendInvitation: [CUSTOMERS],
  revokeInvitation: [CUSTOMERS],
  /** `references.ts` says which of them each object needs. */
  setExternalReference: [CUSTOMERS, ORDER, EXECUTE],
  createCategory: [MANAGE_CATALOG],
  updateCategory: [MANAGE_CATALOG],
  createProduct: [MANAGE_CATALOG],
  updateProduct: [MANAGE_CATALOG],
  publishProduct: [MANAGE_CATALOG],
  retireProduct: [MANAGE_CATALOG],
  setProductAddons: [MANAGE_CATALOG],
  createAddon: [MANAGE_CATALOG],
  updateAddon: [MANAGE_CATALOG],
  publishAddon: [MANAGE_CATALOG],
  retireAddon: [MANAGE_CATALOG],
  createPriceList: [MANAGE_CATALOG],
  setPrice: [MANAGE_CATALOG],
  previewCatalogImport: [MANAGE_CATALOG],
  importCatalog: [MANAGE_CATALOG],
};

/** FORBIDDEN error if neither a role nor the API key of `actor` allows `action`. Null if it is allowed. */
export function actionError(actor: Actor, action: Action): UserError | null {
  const allowed: readonly Role[] = allowedRoles[action];
  const scopes = requiredScopes[action];
  if (actor.apiKey && !scopes) return forbidden('An API key cannot do this. Sign in as a user.');
  if (!hasRole(actor, ...allowed)) {
    const names = allowed.map(role => `${role.toLowerCase().replace('_', ' ')}s`);
    return forbidden(`Only ${names.join(' and ')} can do this.`);
  }
  return scopes ? scopeError(actor, scopes) : null;
}

/** FORBIDDEN error if `actor` is an API key without any of `scopes`. Null otherwise. */
export function scopeError(
  { apiKey, roles }: Actor,
  scopes: readonly ApiKeyScope[],
  path: Path | null = null,
): UserError | null {
  if (!apiKey || scopes.some(scope => apiKey.scopes.includes(scope))) return null;
  const possible = scopes.filter(scope => scopesOfRoles(roles).includes(scope));
  return simple('FORBIDDEN', `The API key needs the scope ${possible.join(' or ')}.`, path);
}

/** Refuses with FORBIDDEN unless `actor` is allowed to call `action`. */
export function authorize(actor: Actor, action: Action): void {
  refuseIf([actionError(actor, action)]);
}
