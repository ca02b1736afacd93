import type { GraphQLError } from 'graphql';
import type { RequestErrorCode } from '../errors';
import { requestError } from '../errors';

/** Reasons why a request is not executed. */
export class Refusal {
  /**
   * @param errors At least one, each with a code of the registry.
   * @param status Status of an answer over HTTP.
   * @param retryAfterMs Milliseconds after which the same request can succeed; undefined if time changes nothing.
   */
  constructor(
    readonly errors: readonly GraphQLError[],
    readonly status = 400,
    readonly retryAfterMs?: number,
  ) {}

  /** Refusal with one error of the registry. */
  static because(code: RequestErrorCode, message?: string, status?: number): Refusal {
    return new Refusal([requestError(code, message)], status);
  }
}
