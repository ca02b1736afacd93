import { Role } from '../entities';
import { type Actor, hasRole } from './actor';

/** Whether visibility depends on the user (an account manager's accounts), not only on roles and account. */
const dependsOnUser = (actor: Actor) => hasRole(actor, Role.ACCOUNT_MANAGER);

/** Key of viewers with the same answers: all that `visibility.ts`, `actions.ts` and price lists depend on. */
export function viewerClass(actor: Actor): string {
  const { roles, deputizedIds, accountId, resellerId, priceListId, apiKey } = actor;
  const user = dependsOnUser(actor) ? [actor.userId, ...(deputizedIds ?? [])] : null;
  const scopes = apiKey ? [...apiKey.scopes].sort() : null;
  return JSON.stringify([[...roles].sort(), accountId, resellerId, priceListId, scopes, user]);
}

/** Actor of a class. Reading `userId` throws unless the class depends on the user, because its answers are shared. */
export function classActor(actor: Actor): Actor {
  if (dependsOnUser(actor)) return actor;
  return Object.defineProperty({ ...actor }, 'userId', {
    enumerable: false,
    get() {
      throw new Error('A shared answer must not depend on one user.');
    },
  });
}
