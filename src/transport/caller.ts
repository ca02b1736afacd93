import type { IncomingMessage } from 'node:http';
import type { SecurityConfig } from '../config';
import { isDatabaseFault } from '../database';
import { isUnavailable } from '../errors';
import { bucketOf, type Caller } from '../graphql';
import { type Dependencies, derive } from '../services/context';
import { type Authentication, authenticate } from './authenticate';
import { clientAddress, networkOf } from './client-address';
import { createDeadline } from './deadline';
import type { Slot } from './door';
import { overloaded } from './enter';
import { HttpRefusal, unavailable } from './refuse';

/** Sender of a request over HTTP or SSE. */
export interface HttpCaller extends Caller {
  authentication: Exclude<Authentication, 'rejected'>;
}

/**
 * Authenticates a complete request and counts it for its caller; a promise only where a credential has to be checked. Throws
 * a refusal, or rejects with it, if either fails.
 */
export function callerOf(
  request: IncomingMessage,
  slot: Slot,
  deps: Dependencies,
  { trustedProxies, requestTimeoutMs }: SecurityConfig,
): HttpCaller | Promise<HttpCaller> {
  const address = networkOf(clientAddress(request, trustedProxies));
  const { authorization } = request.headers;
  if (!authorization) return counted(slot, { actor: null, address, authentication: 'anonymous' });
  return authenticateWithin(deps, authorization, requestTimeoutMs).then(found => {
    if (found === 'rejected') throw new HttpRefusal(401, 'UNAUTHENTICATED');
    if (found === 'timed out') throw new HttpRefusal(504, 'OPERATION_TIMEOUT');
    if (found === 'unavailable') throw unavailable();
    const actor = found === 'anonymous' ? null : found.actor;
    return counted(slot, { actor, address, authentication: found });
  });
}

function counted(slot: Slot, caller: HttpCaller): HttpCaller {
  if (!slot.identify(bucketOf(caller))) throw overloaded();
  return caller;
}

/** Authenticates a header within a time. Statements that it waits for are stopped when the time is over. */
export async function authenticateWithin(
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
