import type { UserErrorCode } from './registry';
import {
  ActiveSubscriptionExistsError,
  CancellationAlreadyRequestedError,
  ChangeAlreadyRequestedError,
  ProviderRejectedError,
  QuantityLimitError,
  SimpleError,
  UserError,
  VersionConflictError,
} from './user-error';

/** Path of a value in the input: `['lines', '0', 'quantity']`. */
export type Path = readonly (string | number)[];

/** Thrown to reject an action as a whole. Its transaction is rolled back, and the payload gets the errors. */
export class Refusal extends Error {
  constructor(readonly errors: readonly UserError[]) {
    super(errors.map(error => error.code).join(', '));
  }
}

/** Throws a Refusal if there are errors. A rule that does not block gives null. */
export function refuseIf(errors: readonly (UserError | null)[]): void {
  const found = errors.filter(error => error !== null);
  if (found.length > 0) throw new Refusal(found);
}

type OwnFields<T extends UserError> = Omit<T, keyof UserError>;

function make<T extends UserError>(
  type: new () => T,
  code: UserErrorCode,
  message: string,
  path: Path | null,
  own: OwnFields<T>,
): T {
  return Object.assign(new type(), { code, message, path: path?.map(String) ?? null }, own);
}

/** Creates an error without further fields. */
export function simple(code: UserErrorCode, message: string, path: Path | null = null): SimpleError {
  return make(SimpleError, code, message, path, {});
}

/** Creates an INVALID_INPUT error for the value at `path`. */
export function invalid(path: Path, message: string): SimpleError {
  return simple('INVALID_INPUT', message, path);
}

/** Creates a NOT_FOUND error. Another tenant's object gets the same bytes as an object that does not exist. */
export function notFound(thing: string, path: Path | null): SimpleError {
  return simple('NOT_FOUND', `This ${thing} does not exist, or you cannot see it.`, path);
}

/** Creates a FORBIDDEN error. */
export function forbidden(message: string): SimpleError {
  return simple('FORBIDDEN', message);
}

/** Creates a VERSION_CONFLICT error. */
function versionConflict(currentVersion: number): VersionConflictError {
  return make(
    VersionConflictError,
    'VERSION_CONFLICT',
    'The object has changed since you read it. Read it again, then repeat the call with the new version.',
    ['expectedVersion'],
    { currentVersion },
  );
}

/** Throws a VERSION_CONFLICT Refusal if `expected` is set and differs from `current`. */
export function checkVersion(expected: number | null | undefined, current: number): void {
  if (expected !== undefined && expected !== null && expected !== current) {
    throw new Refusal([versionConflict(current)]);
  }
}

/** Creates an error for a quantity outside `[minQuantity, maxQuantity]`. A null maximum is no limit. */
export function quantityLimit(
  message: string,
  path: Path,
  minQuantity: number,
  maxQuantity: number | null,
): QuantityLimitError {
  return make(QuantityLimitError, 'QUANTITY_LIMIT', message, path, { minQuantity, maxQuantity });
}

/** Creates an error for a second live subscription of a service. `subscriptionId` is null if it is not known. */
export function activeSubscriptionExists(
  recipient: string,
  service: string,
  subscriptionId: string | null,
  path: Path | null,
): ActiveSubscriptionExistsError {
  return make(
    ActiveSubscriptionExistsError,
    'ACTIVE_SUBSCRIPTION_EXISTS',
    `${recipient} already has a subscription of ${service}. Buy add-ons for it, or cancel it first.`,
    path,
    { subscriptionId },
  );
}

/** Stage of an open request or change: it can be withdrawn, is being carried out, or has failed. */
export type RequestStanding = 'withdrawable' | 'underway' | 'failed';

const standings: Record<RequestStanding, string> = {
  withdrawable: 'A cancellation of this subscription is already requested. Withdraw it first.',
  underway: 'The cancellation of this subscription is in progress. Wait until the subscription has ended.',
  failed:
    'The cancellation of this subscription has failed at the provider. An account manager has to retry or abandon it.',
};

/** Creates an error for a subscription with an open cancellation request. */
export function cancellationAlreadyRequested(
  requestId: string,
  standing: RequestStanding,
  path: Path | null,
): CancellationAlreadyRequestedError {
  return make(
    CancellationAlreadyRequestedError,
    'CANCELLATION_ALREADY_REQUESTED',
    standings[standing],
    path,
    { requestId },
  );
}

const changeStandings: Record<RequestStanding, string> = {
  withdrawable: 'A change of this subscription is already requested. Withdraw it first.',
  underway: 'A change of this subscription is in progress. Wait until it is completed.',
  failed:
    'A change of this subscription has failed at the provider. An account manager has to retry or abandon it.',
};

/** Creates an error for a subscription with an open change. */
export function changeAlreadyRequested(
  changeId: string,
  standing: RequestStanding,
  path: Path | null,
): ChangeAlreadyRequestedError {
  return make(ChangeAlreadyRequestedError, 'CHANGE_ALREADY_REQUESTED', changeStandings[standing], path, {
    changeId,
  });
}

/** Creates an error for an order that the provider rejected in its pre-check, with its message, or would reject. */
export function providerRejected(
  message: string,
  providerCode: number | null,
  path: Path | null = null,
): ProviderRejectedError {
  return make(ProviderRejectedError, 'PROVIDER_REJECTED', message, path, { providerCode });
}
