import type { GraphQLError } from 'graphql';
import type { RequestErrorCode } from '../errors';
import { requestError } from '../errors';

/** Refusal of a request before its execution. */
export class RequestRefusal {
  /**
   * @param errors One or more, each with a code of the registry.
   * @param status HTTP status. Defaults to 400.
   * @param retryAfterMs Milliseconds until a retry can succeed. Undefined if a retry cannot.
   */
  constructor(
    readonly errors: readonly GraphQLError[],
    readonly status = 400,
    readonly retryAfterMs?: number,
  ) {}

  /** Creates a refusal with one error of the registry. */
  static because(code: RequestErrorCode, message?: string, status?: number): RequestRefusal {
    return new RequestRefusal([requestError(code, message)], status);
  }
}
