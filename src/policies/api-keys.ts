import { ApiKeyScope, Role } from '../entities';
import { invalid, type UserError } from '../errors';
import { type Actor, hasRole } from './actor';

const { READ, ORDER, CANCEL, RENAME, CUSTOMERS, EXECUTE, DECIDE, MANAGE_CATALOG } = ApiKeyScope;

const managersScopes = [READ, CANCEL, RENAME, CUSTOMERS, EXECUTE, DECIDE];

/** Scopes that a key can have, by the role of the user that it acts as. */
const scopesByRole: Readonly<Record<Role, readonly ApiKeyScope[]>> = {
  CUSTOMER: [],
  RESELLER: [READ, ORDER, CANCEL, RENAME, CUSTOMERS, DECIDE],
  ACCOUNT_MANAGER: managersScopes,
  ADMINISTRATOR: [...managersScopes, MANAGE_CATALOG],
};

/** Scopes that a key can have that acts as a user with these roles. */
export const scopesOfRoles = (roles: readonly Role[]): ApiKeyScope[] => [
  ...new Set(roles.flatMap(role => scopesByRole[role])),
];

/** INVALID_INPUT errors for the scopes that a key of a user with these roles cannot have. */
export function keyScopeErrors(roles: readonly Role[], scopes: readonly ApiKeyScope[]): UserError[] {
  const allowed = scopesOfRoles(roles);
  return scopes.flatMap((scope, index) =>
    allowed.includes(scope)
      ? []
      : [
          invalid(
            ['scopes', index],
            `A key of this kind cannot have the scope ${scope}. Choose among ${allowed.join(', ')}.`,
          ),
        ],
  );
}

/**
 * Actor of a key: its user with its current rights, limited to the scopes that its roles still allow. Null if they allow
 * none, so that a key ends with the role of its user.
 */
export function keyActor(user: Actor, key: { id: string; scopes: readonly ApiKeyScope[] }): Actor | null {
  const allowed = scopesOfRoles(user.roles);
  const scopes = key.scopes.filter(scope => allowed.includes(scope));
  return scopes.length === 0 ? null : { ...user, apiKey: { id: key.id, scopes } };
}

/** Owners of keys. Resellers have keys of their account, account managers their own, and administrators see all. */
export type KeyOwner = { accountId: string } | { userId: string } | 'all' | 'none';

/** Owner of the API keys that `actor` may see. A key cannot see or change credentials. */
export function visibleKeys(actor: Actor): KeyOwner {
  if (actor.apiKey) return 'none';
  if (hasRole(actor, Role.ADMINISTRATOR)) return 'all';
  if (hasRole(actor, Role.ACCOUNT_MANAGER)) return { userId: actor.userId };
  return hasRole(actor, Role.RESELLER) ? { accountId: actor.accountId ?? '' } : 'none';
}
