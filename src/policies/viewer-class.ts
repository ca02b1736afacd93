import { Role } from '../entities';
import { type Actor, hasRole } from './actor';

/** What an account manager may see goes by what is assigned to the user; for everybody else by roles and account. */
const dependsOnUser = (actor: Actor) => hasRole(actor, Role.ACCOUNT_MANAGER);

/**
 * Two actors of one class get the same answer to the same document at the same moment, for the class holds everything
 * that an answer can depend on: what `visibility.ts`, `actions.ts` and the price lists look at.
 */
export function viewerClass(actor: Actor): string {
  const { roles, accountId, resellerId, priceListId, apiKey } = actor;
  const user = dependsOnUser(actor) ? actor.userId : null;
  const scopes = apiKey ? [...apiKey.scopes].sort() : null;
  return JSON.stringify([[...roles].sort(), accountId, resellerId, priceListId, scopes, user]);
}

/**
 * An actor that stands for the whole class of `actor`. Where the class does not go by the user, whoever asks for the
 * user fails: an answer that is shared cannot be one user's own.
 */
export function classActor(actor: Actor): Actor {
  if (dependsOnUser(actor)) return actor;
  return Object.defineProperty({ ...actor }, 'userId', {
    enumerable: false,
    get() {
      throw new Error('An answer that several users share may not depend on one of them.');
    },
  });
}
