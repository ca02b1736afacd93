import type { UserErrorCode } from './registry';
import {
  ActiveSubscriptionExistsError,
  CancellationAlreadyRequestedError,
  ProviderRejectedError,
  QuantityLimitError,
  SimpleError,
  UserError,
  VersionConflictError,
} from './user-error';

/** Where in the input an error is: `['lines', '0', 'quantity']`. */
export type Path = readonly (string | number)[];

/** Thrown to refuse a whole action: what it wrote is rolled back, and the errors become the payload's. */
export class Refusal extends Error {
  constructor(readonly errors: readonly UserError[]) {
    super(errors.map(error => error.code).join(', '));
  }
}

/** Refuses with `errors` where there are any. */
export function refuseIf(errors: readonly UserError[]): void {
  if (errors.length > 0) throw new Refusal(errors);
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

/** An error without data of its own. */
export function simple(code: UserErrorCode, message: string, path: Path | null = null): SimpleError {
  return make(SimpleError, code, message, path, {});
}

/** A value of the input is not acceptable. */
export function invalid(path: Path, message: string): SimpleError {
  return simple('INVALID_INPUT', message, path);
}

/** There is no such `thing`, or it is another tenant's: the two must not differ by a byte. */
export function notFound(thing: string, path: Path | null): SimpleError {
  return simple('NOT_FOUND', `There is no such ${thing}.`, path);
}

/** The role may not. */
export function forbidden(message: string): SimpleError {
  return simple('FORBIDDEN', message);
}

/** The version that the caller read is not the one that is. */
function versionConflict(currentVersion: number): VersionConflictError {
  return make(
    VersionConflictError,
    'VERSION_CONFLICT',
    'It has changed since you read it. Read it again and decide anew.',
    ['expectedVersion'],
    { currentVersion },
  );
}

/** Refuses when `expected` was given and is not `current`. */
export function checkVersion(expected: number | null | undefined, current: number): void {
  if (expected !== undefined && expected !== null && expected !== current) {
    throw new Refusal([versionConflict(current)]);
  }
}

/** A quantity outside `[minQuantity, maxQuantity]`. */
export function quantityLimit(
  message: string,
  path: Path,
  minQuantity: number,
  maxQuantity: number | null,
): QuantityLimitError {
  return make(QuantityLimitError, 'QUANTITY_LIMIT', message, path, { minQuantity, maxQuantity });
}

/** The recipient already has a live subscription of the service; `subscriptionId` is null where it is not known. */
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

/** What can be done about an open cancellation request: it can be withdrawn, or is carried out, or has failed. */
export type RequestStanding = 'withdrawable' | 'underway' | 'failed';

const standings: Record<RequestStanding, string> = {
  withdrawable: 'A cancellation of this subscription is already requested. Withdraw it first.',
  underway:
    'A cancellation of this subscription is being carried out. Wait until the subscription has ended.',
  failed:
    'A cancellation of this subscription has failed at the provider. An account manager has to retry it.',
};

/** An open request stands in the way. */
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

/** The provider's pre-check said no, in its own words. */
export function providerRejected(message: string, providerCode: number | null): ProviderRejectedError {
  return make(ProviderRejectedError, 'PROVIDER_REJECTED', message, null, { providerCode });
}
