import type { IncomingMessage } from 'node:http';
import type { SecurityConfig } from '../config';
import { isDatabaseFault } from '../database';
import { isUnavailable } from '../errors';
import { bucketKey, type Caller } from '../graphql';
import { type Dependencies, derive } from '../services/context';
import { overloaded } from './acquire-slot';
import { type Authentication, authenticate } from './authenticate';
import { clientAddress, networkOf } from './client-address';
import { createDeadline } from './deadline';
import type { Slot } from './limits';
import { HttpRefusal, unavailable } from './refuse';

/** Sender of a request over HTTP or SSE. */
export interface HttpCaller extends Caller {
  authentication: Exclude<Authentication, 'rejected'>;
}

/**
 * Authenticates a complete request and assigns its slot to the caller. Returns a promise only if there is a credential to
 * check. Throws, or rejects with, a refusal if the credential is rejected or the caller is at its in-flight limit.
 */
export function identifyCaller(
  request: IncomingMessage,
  slot: Slot,
  deps: Dependencies,
  { trustedProxies, requestTimeoutMs }: SecurityConfig,
): HttpCaller | Promise<HttpCaller> {
  const address = networkOf(clientAddress(request, trustedProxies));
  const { authorization } = request.headers;
  if (!authorization) return assignSlot(slot, { actor: null, address, authentication: 'anonymous' });
  return authenticateWithTimeout(deps, authorization, requestTimeoutMs).then(found => {
    if (found === 'rejected') throw new HttpRefusal(401, 'UNAUTHENTICATED');
    if (found === 'timed out') throw new HttpRefusal(504, 'OPERATION_TIMEOUT');
    if (found === 'unavailable') throw unavailable();
    const actor = found === 'anonymous' ? null : found.actor;
    return assignSlot(slot, { actor, address, authentication: found });
  });
}

function assignSlot(slot: Slot, caller: HttpCaller): HttpCaller {
  if (!slot.assignTo(bucketKey(caller))) throw overloaded();
  return caller;
}

/** Authenticates a header within `timeoutMs` milliseconds. Its statements are cancelled at the timeout. */
export async function authenticateWithTimeout(
  deps: Dependencies,
  header: string | undefined,
  timeoutMs: number,
): Promise<Authentication | 'timed out' | 'unavailable'> {
  const deadline = createDeadline(timeoutMs);
  try {
    const db = deps.db.withSignal(deadline.signal);
    return (await deadline.within(authenticate(derive(deps, { db }), header))) ?? 'timed out';
  } catch (error) {
    if (isDatabaseFault(error) || isUnavailable(error)) return 'unavailable';
    throw error;
  } finally {
    deadline.end(true);
  }
}
