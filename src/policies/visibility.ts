import { type Account, AccountKind, Role, type User } from '../entities';
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

/** Scopes for webhooks: those of the own account, all for administrators. A key cannot see or change webhooks. */
export function webhookScopes(actor: Actor): Scope[] {
  if (actor.apiKey) return [];
  if (hasRole(actor, Role.ADMINISTRATOR)) return [{ rows: 'all' }];
  if (!hasRole(actor, Role.CUSTOMER, Role.RESELLER)) return [];
  return [{ rows: 'account', accountId: actor.accountId ?? '' }];
}

/** Actor whose visibility applies to webhooks of every account. */
export const DISTRIBUTOR: Actor = {
  userId: '',
  roles: [Role.ADMINISTRATOR],
  accountId: null,
  resellerId: null,
  priceListId: null,
};

/** Whether a user can have webhooks of every account: an administrator who is not deactivated. */
export const ownsEveryAccount = ({ roles, deactivatedAt }: Pick<User, 'roles' | 'deactivatedAt'>): boolean =>
  deactivatedAt === null && roles.includes(Role.ADMINISTRATOR);

/** Actor whose visibility applies to webhooks of `account`: a user of that account who has signed in. */
export function accountActor({ id, kind, resellerId, priceListId }: Account): Actor {
  const role = kind === AccountKind.RESELLER ? Role.RESELLER : Role.CUSTOMER;
  return { userId: '', roles: [role], accountId: id, resellerId, priceListId };
}

/**
 * Whether `actor` sees what the catalog, orders and subscriptions cost, and who is billed. An end customer does not: its
 * reseller pays. It sees retail prices.
 */
export const seesAmounts = (actor: Actor): boolean => actor.resellerId === null || isStaff(actor);

/** Account whose retail prices `actor` sets and sees: its own, for a reseller. Null for everybody else. */
export const ownRetailAccount = (actor: Actor): string | null =>
  hasRole(actor, Role.RESELLER) ? actor.accountId : null;

/** Whether `actor` might see rows of `owner`: streams skip others cheaply, and the database decides the rest. */
export function mightSee(
  actor: Actor,
  owner: { accountId: string | null; resellerId: string | null },
): boolean {
  if (hasRole(actor, Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR)) return true;
  if (actor.accountId === null) return false;
  return owner.accountId === actor.accountId || owner.resellerId === actor.accountId;
}
