import { type ApiKeyScope, Role } from '../entities';

/** Who is calling: a signed-in user with its account, as the database has it now. */
export interface Actor {
  userId: string;
  roles: readonly Role[];
  /** Null for BSS staff. */
  accountId: string | null;
  /** Of the account; a customer with a reseller is an end customer. */
  resellerId: string | null;
  /** Of the account; null means the public list. */
  priceListId: string | null;
  /** Of a person who signed in here: what `signOut` ends. */
  sessionId?: string;
  /** Of a program: what it came in with, and what that lets it do at most. */
  apiKey?: { id: string; scopes: readonly ApiKeyScope[] };
}

/** Whether `actor` has one of `roles`. */
export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return actor.roles.some(role => roles.includes(role));
}

/** BSS staff has no account, so no basket either. */
export function isStaff(actor: Actor): boolean {
  return hasRole(actor, Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR);
}

/** An administrator in person, not a program. */
export function isAdministrator(actor: Actor | null): boolean {
  return actor !== null && !actor.apiKey && hasRole(actor, Role.ADMINISTRATOR);
}
