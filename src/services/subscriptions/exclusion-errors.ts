import { CloudSubscriptionState } from '../../entities';
import {
  cancellationAlreadyRequested,
  changeAlreadyRequested,
  type Path,
  type RequestStanding,
  simple,
  type UserError,
} from '../../errors';
import { type Blocker, type ExclusiveAction, findExclusion } from '../../policies';
import { subscriptionBusy } from '../../provisioning';
import type { OpenRequest } from '../../store';
import type { OpenRequests } from './activity';

/** Creates an INVALID_STATE error. */
export const invalidState = (message: string, path: Path | null): UserError =>
  simple('INVALID_STATE', message, path);

/** State as it is written in a sentence: `pending cancellation`. */
export const readable = (state: string): string => state.toLowerCase().replaceAll('_', ' ');

/** Reasons of an INVALID_STATE, after the name of the subscription. */
const wrongStates: Record<ExclusiveAction, string> = {
  BUY_ADDONS: 'is not active, so nothing can be added to it',
  CHANGE: 'is not active, so it cannot be changed',
  CARRY_OUT_CHANGE: 'is not active, so it cannot be changed',
  CANCEL: 'has ended already',
  SUSPEND: 'is not active, so it cannot be suspended',
  RESUME: 'is not suspended',
  RETRY: 'has ended; there is nothing to retry',
  ABANDON: 'has nothing to abandon',
  RENAME: 'has ended; it cannot be renamed',
};

/** Actions that a suspended subscription refuses until it is resumed. */
const resumable: readonly ExclusiveAction[] = ['BUY_ADDONS', 'CHANGE', 'CARRY_OUT_CHANGE'];

/** Open work as the table of exclusions names it. */
function blockersOf({ busy, failed, request, change }: OpenRequests): ReadonlySet<Blocker> {
  const open: Record<Blocker, boolean> = {
    CANCELLATION: request !== null && !request.failed,
    FAILED_CANCELLATION: request?.failed ?? false,
    CHANGE: change !== null && !change.failed,
    FAILED_CHANGE: change?.failed ?? false,
    OPERATION: busy,
    FAILED_OPERATION: failed,
  };
  return new Set((Object.keys(open) as Blocker[]).filter(blocker => open[blocker]));
}

/** Error that excludes `action` now, by the table of exclusions. Null if it is possible. */
export function exclusionError(action: ExclusiveAction, open: OpenRequests, path: Path): UserError | null {
  const { subscription, request, change } = open;
  const { friendlyName, state } = subscription;
  const excluded = findExclusion(action, state, blockersOf(open));
  switch (excluded) {
    case undefined:
      return null;
    case 'CANCELLATION':
    case 'FAILED_CANCELLATION':
      return cancellationAlreadyRequested(request?.id ?? '', standingOf(request), path);
    case 'CHANGE':
    case 'FAILED_CHANGE':
      return changeAlreadyRequested(change?.id ?? '', standingOf(change), path);
    case 'OPERATION':
      return subscriptionBusy(friendlyName, path.map(String));
    case 'FAILED_OPERATION':
      return invalidState(
        `An operation of ${friendlyName} has failed. An account manager has to retry or abandon it first.`,
        path,
      );
    case 'STATE':
      if (state === CloudSubscriptionState.SUSPENDED && resumable.includes(action)) {
        return simple('SUBSCRIPTION_SUSPENDED', `${friendlyName} is suspended. Resume it first.`, path);
      }
      return invalidState(`${friendlyName} ${wrongStates[action]}.`, path);
  }
}

/** Stage of an open request. */
function standingOf(open: OpenRequest | null): RequestStanding {
  if (open?.withdrawable) return 'withdrawable';
  return open?.failed ? 'failed' : 'underway';
}
