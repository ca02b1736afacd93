import { type ApiKeyScope, Role } from '../entities';

/** Authenticated caller: a user with its current roles and account. */
export interface Actor {
  userId: string;
  roles: readonly Role[];
  /** Null for BSS staff. */
  accountId: string | null;
  /** Reseller of the account. A customer with a reseller is an end customer. */
  resellerId: string | null;
  /** Price list of the account. Null means the public list. */
  priceListId: string | null;
  /** Account managers for whom the user acts as deputy at this moment. Absent for none. */
  deputizedIds?: readonly string[];
  /** Session of a person who signed in to the gateway. `signOut` ends it. */
  sessionId?: string;
  /** API key of a program, with the scopes that limit it. */
  apiKey?: { id: string; scopes: readonly ApiKeyScope[] };
}

/** Whether `actor` has one of `roles`. */
export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return actor.roles.some(role => roles.includes(role));
}

/** Whether `actor` is BSS staff, which has no account and so no basket. */
export function isStaff(actor: Actor): boolean {
  return hasRole(actor, Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR);
}

/** Whether `actor` is an administrator, or an API key of one. */
export function isAdministrator(actor: Actor | null): boolean {
  return actor !== null && hasRole(actor, Role.ADMINISTRATOR);
}

/** Key by which the limits of a caller are counted. A program does not use up the limits of the person it acts as. */
export const limitKey = ({ apiKey, userId }: Actor): string => apiKey?.id ?? userId;
