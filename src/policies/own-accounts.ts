import { type Account, AccountKind, Role } from '../entities';
import { simple, type UserError } from '../errors';
import { type Actor, hasRole } from './actor';

const { CUSTOMER, AFFILIATE } = AccountKind;

/** Account that a user wants to create. */
export type NewAccount = Pick<Account, 'kind' | 'resellerId' | 'accountManagerId' | 'priceListId'>;

/**
 * Accounts that each role can create: the kinds, and the place that an omitted id means. Administrators can create every
 * kind, with any reseller, account manager and price list.
 *
 * | role            | kinds               | under                                   | account manager               |
 * | --------------- | ------------------- | --------------------------------------- | ----------------------------- |
 * | RESELLER        | CUSTOMER, AFFILIATE | itself                                  | none: that of the reseller    |
 * | ACCOUNT_MANAGER | CUSTOMER, AFFILIATE | a reseller in its care                  | none: that of the reseller    |
 * | ACCOUNT_MANAGER | CUSTOMER            | nobody: a direct customer               | itself                        |
 */
const kindsOf = { RESELLER: [CUSTOMER, AFFILIATE], ACCOUNT_MANAGER: [CUSTOMER, AFFILIATE] } as const;

/** Fills the omitted ids of a new account with the place where the role of `actor` creates accounts. */
export function placeAccount(actor: Actor, account: NewAccount): NewAccount {
  if (hasRole(actor, Role.ADMINISTRATOR)) return account;
  if (!hasRole(actor, Role.ACCOUNT_MANAGER)) {
    return { ...account, resellerId: account.resellerId ?? actor.accountId };
  }
  const accountManagerId = account.resellerId === null ? actor.userId : null;
  return { ...account, accountManagerId: account.accountManagerId ?? accountManagerId };
}

/** FORBIDDEN errors if `actor` cannot create an account of this kind, or with these ids. The reseller must be visible. */
export function newAccountErrors(
  actor: Actor,
  { kind, accountManagerId, priceListId }: NewAccount,
): UserError[] {
  if (hasRole(actor, Role.ADMINISTRATOR)) return [];
  const manages = hasRole(actor, Role.ACCOUNT_MANAGER);
  const kinds: readonly AccountKind[] = kindsOf[manages ? 'ACCOUNT_MANAGER' : 'RESELLER'];
  const own = accountManagerId === null || (manages && accountManagerId === actor.userId);
  return [
    ...(kinds.includes(kind) ? [] : [administratorsOnly('create resellers', 'kind')]),
    ...(priceListId === null ? [] : [administratorsOnly('assign price lists', 'priceListId')]),
    ...(own ? [] : [administratorsOnly('assign account managers', 'accountManagerId')]),
  ];
}

const administratorsOnly = (action: string, field: string) =>
  simple('FORBIDDEN', `Only administrators can ${action}.`, [field]);

/** FORBIDDEN errors if `actor` sees the account but cannot change its details: a reseller changes those under it. */
export function accountChangeErrors(actor: Actor, { resellerId }: Account): UserError[] {
  if (hasRole(actor, Role.ADMINISTRATOR, Role.ACCOUNT_MANAGER)) return [];
  if (resellerId !== null && resellerId === actor.accountId) return [];
  const message = 'You can change the accounts under yours. Ask your account manager to change your own.';
  return [simple('FORBIDDEN', message, ['accountId'])];
}
