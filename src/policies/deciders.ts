import { ApiKeyScope, CancellationPolicy, Decider, Role, type User } from '../entities';
import { type Path, simple, type UserError } from '../errors';
import { scopeError } from './actions';
import { type Actor, hasRole, isStaff } from './actor';

/**
 * Relation of a user to a subscription that it can see. An account manager sees those in its care only. `STAFF_KEY` is an API
 * key of staff without the scope DECIDE: its requests await a person, as those of a reseller do.
 */
export type Relation = 'STAFF' | 'STAFF_KEY' | 'RESELLER' | 'END_CUSTOMER' | 'DIRECT_CUSTOMER';

const { AUTOMATIC, REQUIRES_DECISION } = CancellationPolicy;
const { RESELLER, DISTRIBUTOR } = Decider;

/** Party that a request awaits, by the relation of its requester and the policy of the service. Null if it needs no decision. */
export const decidersByRelation: Readonly<
  Record<Relation, Readonly<Record<CancellationPolicy, Decider | null>>>
> = {
  STAFF: { [AUTOMATIC]: null, [REQUIRES_DECISION]: null },
  STAFF_KEY: { [AUTOMATIC]: null, [REQUIRES_DECISION]: DISTRIBUTOR },
  RESELLER: { [AUTOMATIC]: null, [REQUIRES_DECISION]: DISTRIBUTOR },
  // The reseller pays, so it decides first.
  END_CUSTOMER: { [AUTOMATIC]: RESELLER, [REQUIRES_DECISION]: RESELLER },
  DIRECT_CUSTOMER: { [AUTOMATIC]: null, [REQUIRES_DECISION]: DISTRIBUTOR },
};

/** Relation of `actor` to a subscription, or to a request for it. */
export function relationOf(actor: Actor, { resellerId }: { resellerId: string | null }): Relation {
  if (isStaff(actor)) return scopeError(actor, [ApiKeyScope.DECIDE]) ? 'STAFF_KEY' : 'STAFF';
  if (resellerId === null) return 'DIRECT_CUSTOMER';
  return actor.accountId === resellerId ? 'RESELLER' : 'END_CUSTOMER';
}

/**
 * Party that decides after a request or an ACCEPT of `actor`. Null if nobody else has to. An ACCEPT counts as a request of the
 * decider, so a request that a reseller accepts awaits the same party as one that it opens.
 */
export const nextDecider = (
  actor: Actor,
  owner: { resellerId: string | null },
  policy: CancellationPolicy,
): Decider | null => decidersByRelation[relationOf(actor, owner)][policy];

/** FORBIDDEN error if `actor` cannot decide on a request that it can see. Staff can decide at any time. */
export function decisionError(actor: Actor, awaiting: Decider | null, path: Path): UserError | null {
  if (isStaff(actor)) return null;
  if (awaiting === RESELLER && hasRole(actor, Role.RESELLER)) return null;
  const decider = awaiting === RESELLER ? 'reseller' : 'account manager';
  return simple('FORBIDDEN', `The ${decider} decides on this request.`, path);
}

/**
 * FORBIDDEN error if `actor` cannot withdraw a request that it can see. End customers withdraw the requests of their account
 * only: the reseller pays, so they cannot undo what it or the distributor has requested.
 */
export function withdrawalError(
  actor: Actor,
  request: { accountId: string; resellerId: string | null },
  requester: Pick<User, 'accountId'>,
  path: Path,
): UserError | null {
  const isOfAccount = requester.accountId === request.accountId;
  if (isOfAccount || relationOf(actor, request) !== 'END_CUSTOMER') return null;
  return simple('FORBIDDEN', 'Only the reseller or the account manager can withdraw it.', path);
}
