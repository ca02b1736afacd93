import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SecurityConfig } from '../config';
import { isOutage } from '../database';
import { bucketOf, type Caller } from '../graphql';
import { type Deps, derive } from '../services/context';
import { type Authentication, authenticate } from './authenticate';
import { clientAddress, networkOf } from './client-address';
import { createDeadline } from './deadline';
import { REFUSED } from './read-request';
import { refuse, refuseUnavailable } from './refuse';

/** Sender of a request over HTTP or SSE. */
export interface HttpCaller extends Caller {
  authentication: Exclude<Authentication, 'rejected'>;
  /** Key by which requests are counted. */
  bucket: string;
}

/** Authenticates a request within the time that a request has; `REFUSED` if it is answered with a refusal. */
export async function callerOf(
  request: IncomingMessage,
  response: ServerResponse,
  deps: Deps,
  { trustedProxies, requestTimeoutMs }: SecurityConfig,
): Promise<HttpCaller | typeof REFUSED> {
  const address = networkOf(clientAddress(request, trustedProxies));
  const { authorization } = request.headers;
  const authentication = authorization
    ? await authenticateWithin(deps, authorization, requestTimeoutMs)
    : 'anonymous';
  if (authentication === 'rejected') return refused(() => refuse(response, 401, 'UNAUTHENTICATED'));
  if (authentication === 'timed out') return refused(() => refuse(response, 504, 'OPERATION_TIMEOUT'));
  if (authentication === 'unavailable') return refused(() => refuseUnavailable(response));
  const actor = authentication === 'anonymous' ? null : authentication.actor;
  const caller: Caller = { actor, address };
  return { ...caller, authentication, bucket: bucketOf(caller) };
}

function refused(answer: () => void): typeof REFUSED {
  answer();
  return REFUSED;
}

/** Authenticates a header. Statements that it waits for are stopped when the time is over. */
export async function authenticateWithin(
  deps: Deps,
  header: string | undefined,
  timeoutMs: number,
): Promise<Authentication | 'timed out' | 'unavailable'> {
  const deadline = createDeadline(timeoutMs);
  try {
    const db = deps.db.metered(deadline.signal);
    return (await deadline.within(authenticate(derive(deps, { db }), header))) ?? 'timed out';
  } catch (error) {
    if (isOutage(error)) return 'unavailable';
    throw error;
  } finally {
    deadline.end(true);
  }
}
