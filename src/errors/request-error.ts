import { GraphQLError } from 'graphql';
import { type RequestErrorCode, requestErrors } from './registry';

/** Creates a top-level error with a code of the registry. `message` defaults to the description of the code. */
export function requestError(code: RequestErrorCode, message: string = requestErrors[code]): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** Returns whether the error means that a dependency of the request is unavailable. */
export function isUnavailable(error: unknown): boolean {
  return (
    error instanceof GraphQLError && error.extensions.code === ('UNAVAILABLE' satisfies RequestErrorCode)
  );
}
