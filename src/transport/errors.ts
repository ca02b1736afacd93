import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { requestErrors } from '../errors';

const MASKED = 'INTERNAL_SERVER_ERROR';

/** Whether an error is one that we throw, or the protocol's, on purpose: every other is broken, and is masked. */
function isExpected(error: GraphQLFormattedError | GraphQLError): boolean {
  const code = error.extensions?.code;
  return (
    typeof code === 'string' &&
    code !== MASKED &&
    (code in requestErrors || code.startsWith('PERSISTED_QUERY_'))
  );
}

/** What a client is shown of an error: itself where it is expected, otherwise only where to find it in the log. */
export function maskError(
  error: GraphQLFormattedError | GraphQLError,
  requestId: string,
): GraphQLFormattedError {
  if (isExpected(error)) {
    const { message, locations, path, extensions } = error;
    return { message, ...(locations && { locations }), ...(path && { path }), extensions: extensions ?? {} };
  }
  return {
    message: `${requestErrors[MASKED].split('.')[0]}.`,
    ...(error.path && { path: error.path }),
    extensions: { code: MASKED, requestId },
  };
}

/** Logs what a client is not shown. */
export function logUnexpected(log: Logger, errors: readonly GraphQLError[]): void {
  for (const error of errors) {
    if (!isExpected(error))
      log.error({ err: error.originalError ?? error, path: error.path }, 'a request broke');
  }
}
