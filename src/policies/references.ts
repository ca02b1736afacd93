import { Account, ApiKeyScope, type CloudSubscription, type Order, Role } from '../entities';
import { simple, type UserError } from '../errors';
import { scopeError } from './actions';
import { type Actor, hasRole } from './actor';

const { CUSTOMERS, ORDER, EXECUTE } = ApiKeyScope;

/**
 * FORBIDDEN errors unless `actor` can set the external reference of a visible row. Account managers and administrators
 * set all; a reseller those of its customers, their orders and subscriptions; a direct customer those of its own orders
 * and subscriptions. An API key needs a scope that creates such objects.
 */
export function referenceErrors(actor: Actor, row: Account | Order | CloudSubscription): UserError[] {
  const missing = scopeError(actor, row instanceof Account ? [CUSTOMERS] : [ORDER, EXECUTE], ['id']);
  if (missing) return [missing];
  if (hasRole(actor, Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR)) return [];
  const buys = row.resellerId === null && !(row instanceof Account);
  if (buys || (row.resellerId !== null && row.resellerId === actor.accountId)) return [];
  return [simple('FORBIDDEN', 'Only the buyer and the distributor can set this reference.', ['id'])];
}
