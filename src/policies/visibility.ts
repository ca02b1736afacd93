import { type Account, AccountKind, Role } from '../entities';
import { type Actor, hasRole, isAdministrator } from './actor';

/**
 * Rows that can be seen: those of an account, those of a reseller's customers, those of the accounts that a user manages
 * or whose reseller it manages, or all. `src/store/visibility.ts` turns a list of scopes, any of which is enough, into a
 * condition.
 */
export type Scope =
  | { rows: 'account'; accountId: string }
  | { rows: 'customers'; accountId: string }
  | { rows: 'managed'; userId: string }
  | { rows: 'all' };

/** What each role may see of rows that belong to an account. */
const scopes: Readonly<Record<Role, (actor: Actor) => Scope>> = {
  CUSTOMER: ({ accountId }) => ({ rows: 'account', accountId: accountId ?? '' }),
  RESELLER: ({ accountId }) => ({ rows: 'customers', accountId: accountId ?? '' }),
  ACCOUNT_MANAGER: ({ userId }) => ({ rows: 'managed', userId }),
  ADMINISTRATOR: () => ({ rows: 'all' }),
};

/** Rows of accounts that `actor` may see. A user with several roles sees what any of them sees. */
export const scopesOf = (actor: Actor): Scope[] => actor.roles.map(role => scopes[role](actor));

/** API keys: a reseller's own, all for administrators, none for a key itself. */
export function keyScopes(actor: Actor): Scope[] {
  if (actor.apiKey) return [];
  if (hasRole(actor, Role.ADMINISTRATOR)) return [{ rows: 'all' }];
  return hasRole(actor, Role.RESELLER) ? [{ rows: 'account', accountId: actor.accountId ?? '' }] : [];
}

/** Webhooks: those of the own account, all for administrators, none for an API key. */
export function webhookScopes(actor: Actor): Scope[] {
  if (actor.apiKey) return [];
  if (hasRole(actor, Role.ADMINISTRATOR)) return [{ rows: 'all' }];
  const isOwner = hasRole(actor, Role.CUSTOMER, Role.RESELLER);
  return isOwner ? [{ rows: 'account', accountId: actor.accountId ?? '' }] : [];
}

/**
 * As whom a webhook of `account` is shown events: as a user of that account who has signed in, so that it gets what that
 * user's stream would show.
 */
export function accountActor({ id, kind, resellerId, priceListId }: Account): Actor {
  const role = kind === AccountKind.RESELLER ? Role.RESELLER : Role.CUSTOMER;
  return { userId: '', roles: [role], accountId: id, resellerId, priceListId };
}

/** Whether `actor` may read who did what: administrators in person. */
export function mayReadAudit(actor: Actor): boolean {
  return isAdministrator(actor);
}

/**
 * False only when `actor` can certainly not see what belongs to `owner`, told without a look at the database: lets a
 * stream pass over other tenants' events cheaply. The database still decides about the rest.
 */
export function mightSee(
  actor: Actor,
  owner: { accountId: string | null; resellerId: string | null },
): boolean {
  if (hasRole(actor, Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR)) return true;
  if (actor.accountId === null) return false;
  return owner.accountId === actor.accountId || owner.resellerId === actor.accountId;
}
