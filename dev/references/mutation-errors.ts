import type { UserErrorCode } from '../../src/errors';

/** Errors of a line, and of the order that it is part of. */
const LINE = [
  'PRODUCT_UNAVAILABLE',
  'ADDON_UNAVAILABLE',
  'QUANTITY_LIMIT',
  'DUPLICATE_SERVICE_IN_BASKET',
] as const;
const SUBSCRIPTION = [
  'INVALID_STATE',
  'SUBSCRIPTION_BUSY',
  'SUBSCRIPTION_SUSPENDED',
  'CANCELLATION_ALREADY_REQUESTED',
  'CHANGE_ALREADY_REQUESTED',
] as const;
const SUSPENSION = [
  'INVALID_STATE',
  'SUBSCRIPTION_BUSY',
  'CANCELLATION_ALREADY_REQUESTED',
  'CHANGE_ALREADY_REQUESTED',
] as const;
const RECIPIENT = ['RECIPIENT_REQUIRED', 'RECIPIENT_NOT_ALLOWED', 'RESELLER_CANNOT_ORDER_FOR_SELF'] as const;
const EXECUTION = [
  'ACTIVE_SUBSCRIPTION_EXISTS',
  'PROVIDER_REJECTED',
  ...LINE,
  ...SUBSCRIPTION,
  ...RECIPIENT,
] as const;
const GUESSES = ['WRONG_CREDENTIALS', 'TOO_MANY_ATTEMPTS'] as const;

/**
 * Error codes of each mutation, beyond those that its input tells: see `errorCodesOf`. Tests fail for an answer with a code
 * that is not here: see test/support/declared-errors.
 */
const mutationErrors: Readonly<Record<string, readonly UserErrorCode[]>> = {
  signIn: [...GUESSES, 'PASSWORD_CHANGE_REQUIRED'],
  refreshToken: ['WRONG_CREDENTIALS'],
  changePassword: GUESSES,
  addToBasket: ['ACTIVE_SUBSCRIPTION_EXISTS', ...LINE, ...SUBSCRIPTION, ...RECIPIENT],
  updateBasketLine: [...LINE, ...SUBSCRIPTION],
  chooseRecipient: RECIPIENT,
  confirmBilling: ['BASKET_EMPTY', 'RECIPIENT_REQUIRED'],
  checkout: ['BASKET_EMPTY', 'BILLING_NOT_CONFIRMED', 'PRICE_CHANGED', 'REFERENCE_TAKEN', ...EXECUTION],
  placeOrder: ['BASKET_EMPTY', 'REFERENCE_TAKEN', ...EXECUTION],
  executeOrder: EXECUTION,
  cancelOrder: ['INVALID_STATE'],
  retryProvisioning: ['INVALID_STATE', 'SUBSCRIPTION_BUSY', 'CANCELLATION_ALREADY_REQUESTED'],
  abandonOperation: ['OPERATION_NOT_FAILED', 'SUBSCRIPTION_BUSY'],
  requestSubscriptionChange: [
    'NOTHING_TO_CHANGE',
    'PRODUCT_UNAVAILABLE',
    'ADDON_UNAVAILABLE',
    'QUANTITY_LIMIT',
    ...SUBSCRIPTION,
  ],
  decideSubscriptionChange: [
    'INVALID_STATE',
    'SUBSCRIPTION_BUSY',
    'SUBSCRIPTION_SUSPENDED',
    'CANCELLATION_ALREADY_REQUESTED',
  ],
  withdrawSubscriptionChange: ['INVALID_STATE'],
  requestCancellation: [
    'INVALID_STATE',
    'SUBSCRIPTION_BUSY',
    'CANCELLATION_ALREADY_REQUESTED',
    'CHANGE_ALREADY_REQUESTED',
  ],
  withdrawCancellation: ['INVALID_STATE', 'SUBSCRIPTION_BUSY'],
  decideCancellation: ['INVALID_STATE', 'SUBSCRIPTION_BUSY'],
  renameSubscription: ['INVALID_STATE'],
  suspendSubscription: SUSPENSION,
  resumeSubscription: SUSPENSION,
  createCategory: ['ALREADY_EXISTS'],
  updateCategory: ['ALREADY_EXISTS'],
  createProduct: ['ALREADY_EXISTS'],
  updateProduct: ['ALREADY_EXISTS', 'INVALID_STATE'],
  publishProduct: ['INVALID_STATE'],
  createAddon: ['ALREADY_EXISTS'],
  updateAddon: ['ALREADY_EXISTS', 'INVALID_STATE'],
  publishAddon: ['INVALID_STATE'],
  createPriceList: ['ALREADY_EXISTS'],
  previewCatalogImport: ['NOT_FOUND', 'PROVIDER_UNAVAILABLE'],
  importCatalog: ['NOT_FOUND', 'PROVIDER_UNAVAILABLE', 'INVALID_STATE'],
  createAccount: ['EMAIL_UNAVAILABLE', 'TOO_MANY_ATTEMPTS', 'REFERENCE_TAKEN', 'INVALID_STATE'],
  updateAccount: ['EMAIL_UNAVAILABLE', 'TOO_MANY_ATTEMPTS', 'INVALID_STATE'],
  setExternalReference: ['REFERENCE_TAKEN'],
  assignPriceList: ['INVALID_STATE'],
  createUser: ['ALREADY_EXISTS'],
  updateUser: ['ALREADY_EXISTS'],
  inviteUser: ['MAIL_NOT_CONFIGURED', 'TOO_MANY_ATTEMPTS', 'INVALID_STATE'],
  resendInvitation: ['MAIL_NOT_CONFIGURED', 'TOO_MANY_ATTEMPTS', 'INVALID_STATE'],
  revokeInvitation: ['INVALID_STATE'],
  acceptInvitation: ['MAIL_NOT_CONFIGURED', 'TOKEN_INVALID'],
  requestPasswordReset: ['MAIL_NOT_CONFIGURED', 'TOO_MANY_ATTEMPTS'],
  resetPassword: ['MAIL_NOT_CONFIGURED', 'TOKEN_INVALID'],
  resendMail: ['MAIL_NOT_CONFIGURED'],
  eraseUser: ['INVALID_STATE'],
  setUserRoles: ['INVALID_STATE'],
  deactivateUser: ['INVALID_STATE'],
  resetUserPassword: ['INVALID_STATE'],
  sendTestEvent: ['INVALID_STATE'],
  redeliver: ['INVALID_STATE'],
  redeliverSince: ['INVALID_STATE'],
};

/** Mutations that everybody can call, signed in or not, or that end the session. */
const UNGUARDED = new Set([
  'signIn',
  'refreshToken',
  'signOut',
  'acceptInvitation',
  'requestPasswordReset',
  'resetPassword',
]);

/** Error codes that a mutation can give, by its name and the fields of its input, in alphabetical order. */
export function errorCodesOf(mutation: string, input: readonly string[]): UserErrorCode[] {
  const codes = new Set<UserErrorCode>(mutationErrors[mutation]);
  if (!UNGUARDED.has(mutation)) codes.add('FORBIDDEN');
  if (input.some(name => name !== 'everywhere')) codes.add('INVALID_INPUT');
  if (input.some(name => /^id$|Ids?$/.test(name) || name === 'lines' || name === 'addons'))
    codes.add('NOT_FOUND');
  if (input.includes('expectedVersion')) codes.add('VERSION_CONFLICT');
  if (input.includes('idempotencyKey')) codes.add('IDEMPOTENCY_KEY_REUSED').add('IDEMPOTENCY_IN_PROGRESS');
  return [...codes].sort();
}
