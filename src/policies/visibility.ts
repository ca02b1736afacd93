import { type Account, AccountKind, Role } from '../entities';
import { type Actor, hasRole, isStaff } from './actor';

/**
 * Scope of visible rows: those of an account, of a reseller's customers, of the accounts that users manage or whose
 * reseller they manage, or all. `src/store/visibility.ts` turns a list of scopes into a condition that any of them
 * meets.
 */
export type Scope =
  | { rows: 'account'; accountId: string }
  | { rows: 'customers'; accountId: string }
  | { rows: 'managed'; userIds: readonly string[] }
  | { rows: 'all' };

/** Account managers whose accounts `actor` has in its care: itself, and those for whom it acts as deputy. */
export const managersOf = ({ userId, deputizedIds = [] }: Actor): string[] => [userId, ...deputizedIds];

/** Scope of each role for rows that belong to an account. */
const scopes: Readonly<Record<Role, (actor: Actor) => Scope>> = {
  CUSTOMER: ({ accountId }) => ({ rows: 'account', accountId: accountId ?? '' }),
  RESELLER: ({ accountId }) => ({ rows: 'customers', accountId: accountId ?? '' }),
  ACCOUNT_MANAGER: actor => ({ rows: 'managed', userIds: managersOf(actor) }),
  ADMINISTRATOR: () => ({ rows: 'all' }),
};

/** Scopes of `actor`. A user with several roles sees the rows of each. */
export const scopesOf = (actor: Actor): Scope[] => actor.roles.map(role => scopes[role](actor));

/** Scopes for what an account sets up: its own for users with a role of `owners`, all for administrators. */
function setupScopes(actor: Actor, ...owners: readonly Role[]): Scope[] {
  // A key cannot see or change credentials.
  if (actor.apiKey) return [];
  if (hasRole(actor, Role.ADMINISTRATOR)) return [{ rows: 'all' }];
  return hasRole(actor, ...owners) ? [{ rows: 'account', accountId: actor.accountId ?? '' }] : [];
}

/** Scopes for API keys. */
export const keyScopes = (actor: Actor) => setupScopes(actor, Role.RESELLER);

/** Scopes for webhooks. */
export const webhookScopes = (actor: Actor) => setupScopes(actor, Role.CUSTOMER, Role.RESELLER);

/** Actor whose visibility applies to webhooks of `account`: a user of that account who has signed in. */
export function accountActor({ id, kind, resellerId, priceListId }: Account): Actor {
  const role = kind === AccountKind.RESELLER ? Role.RESELLER : Role.CUSTOMER;
  return { userId: '', roles: [role], accountId: id, resellerId, priceListId };
}

/**
 * Whether `actor` sees what orders and subscriptions cost, and who is billed. An end customer does not: its reseller
 * pays.
 */
export const seesAmounts = (actor: Actor): boolean => actor.resellerId === null || isStaff(actor);

/** Whether `actor` might see rows of `owner`: streams skip others cheaply, and the database decides the rest. */
export function mightSee(
  actor: Actor,
  owner: { accountId: string | null; resellerId: string | null },
): boolean {
  if (hasRole(actor, Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR)) return true;
  if (actor.accountId === null) return false;
  return owner.accountId === actor.accountId || owner.resellerId === actor.accountId;
}
