import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { Cancelled, isDatabaseFault } from '../database';
import { requestErrors } from '../errors';

const MASKED = 'INTERNAL_SERVER_ERROR';

/** Whether an error has a code of the registry or of the protocol. Other errors are masked. */
function isExpected({ extensions }: { extensions?: { code?: unknown } | undefined }): boolean {
  const code = extensions?.code;
  return (
    typeof code === 'string' &&
    code !== MASKED &&
    (code in requestErrors || code.startsWith('PERSISTED_QUERY_'))
  );
}

/** Masks an error, unless it is expected: UNAVAILABLE, or INTERNAL_SERVER_ERROR with the request id. */
export function maskError(error: GraphQLError, requestId: string): GraphQLError {
  if (isExpected(error)) return copy(error, error.message, error.extensions);
  if (isDatabaseFault(causeOf(error))) return copy(error, requestErrors.UNAVAILABLE, { code: 'UNAVAILABLE' });
  return copy(error, requestErrors[MASKED], { code: MASKED, requestId });
}

/** Logs the errors that are masked. Database faults are logged where they occur. */
export function logUnexpected(log: Logger, errors: readonly GraphQLError[]): void {
  for (const error of errors) {
    const cause = causeOf(error);
    if (isExpected(error) || isStopped(cause) || isDatabaseFault(cause)) continue;
    log.error({ err: cause, path: error.path }, 'request failed unexpectedly');
  }
}

const causeOf = (error: GraphQLError): unknown => error.originalError ?? error;

/** Whether a statement was cancelled because its request has ended. */
function isStopped(cause: unknown): boolean {
  const INTERRUPTED = 1317;
  return cause instanceof Cancelled || (cause as { errno?: number }).errno === INTERRUPTED;
}

/** Copies an error. Compiled code throws errors of its own class, with locations and without nodes. */
function copy(
  { path, locations }: GraphQLError,
  message: string,
  extensions: Record<string, unknown>,
): GraphQLError {
  const error = new GraphQLError(message, { path: path ?? null, extensions });
  if (locations) Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
  return error;
}
