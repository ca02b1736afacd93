import { type Account, Role } from '../entities';
import { type Actor, hasRole } from './actor';

/** Relation of an inviter to the account of the invited person. `staff` is no account. */
type Relation = 'own' | 'customer' | 'managed' | 'any' | 'staff';

interface Grant {
  inviter: Role;
  to: Relation;
  roles: readonly Role[];
}

const { CUSTOMER, RESELLER, ACCOUNT_MANAGER, ADMINISTRATOR } = Role;

/** Roles that each role can grant by an invitation, and to which accounts. */
const grants: readonly Grant[] = [
  // Only direct customers: the users of an end customer are those that its reseller invites.
  { inviter: CUSTOMER, to: 'own', roles: [CUSTOMER] },
  { inviter: RESELLER, to: 'customer', roles: [CUSTOMER] },
  { inviter: RESELLER, to: 'own', roles: [RESELLER] },
  { inviter: ACCOUNT_MANAGER, to: 'managed', roles: [CUSTOMER, RESELLER] },
  { inviter: ADMINISTRATOR, to: 'any', roles: [CUSTOMER, RESELLER] },
  { inviter: ADMINISTRATOR, to: 'staff', roles: [ACCOUNT_MANAGER, ADMINISTRATOR] },
];

/** Whether `actor` has the relation to an account that it can see. Null for BSS staff. */
function isRelated(actor: Actor, to: Relation, account: Pick<Account, 'id' | 'resellerId'> | null): boolean {
  if (account === null) return to === 'staff';
  if (to === 'own') return account.id === actor.accountId && actor.resellerId === null;
  if (to === 'customer') return actor.accountId !== null && account.resellerId === actor.accountId;
  // An account manager sees the accounts in its care only.
  return to === 'managed' || to === 'any';
}

/**
 * Roles that `actor` can grant to users of an account that it can see, or to BSS staff. An API key can invite customers
 * only: a colleague with the rights of its user would escape the scopes of the key.
 */
export function grantableRoles(actor: Actor, account: Pick<Account, 'id' | 'resellerId'> | null): Role[] {
  const own = grants.filter(({ inviter, to }) => hasRole(actor, inviter) && isRelated(actor, to, account));
  const roles = [...new Set(own.flatMap(one => one.roles))];
  return actor.apiKey ? roles.filter(role => role === CUSTOMER) : roles;
}
