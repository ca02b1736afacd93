import { GraphQLError } from 'graphql';
import { type RequestErrorCode, requestErrors } from './registry';

/** A top-level error with a code of the registry. `message` replaces the registry's sentence. */
export function requestError(code: RequestErrorCode, message: string = requestErrors[code]): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
