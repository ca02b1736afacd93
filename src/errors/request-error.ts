import { GraphQLError } from 'graphql';
import { type RequestErrorCode, requestErrors } from './registry';

/** A top-level error with a code of the registry. `message` replaces the registry's sentence. */
export function requestError(code: RequestErrorCode, message: string = requestErrors[code]): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** Returns whether the error says that a service that the request depends on is not available. */
export function isUnavailable(error: unknown): boolean {
  return (
    error instanceof GraphQLError && error.extensions.code === ('UNAVAILABLE' satisfies RequestErrorCode)
  );
}
