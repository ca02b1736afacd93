/**
 * Kind of fault of a call to a provider.
 * - REJECTED: the provider refused the call. An operator decides.
 * - UNAVAILABLE: the provider is unreachable, overloaded or failed.
 * - TIMEOUT: no connection within the deadline. The request was not sent.
 * - OUTCOME_UNKNOWN: the request was sent and no response came. The work may be done.
 * - BAD_RESPONSE: the response does not follow the contract.
 * - UNAUTHORIZED: the provider rejects our credentials.
 */
export type ProviderFaultCode =
  | 'REJECTED'
  | 'UNAVAILABLE'
  | 'TIMEOUT'
  | 'OUTCOME_UNKNOWN'
  | 'BAD_RESPONSE'
  | 'UNAUTHORIZED';

/** Details of a fault. */
export interface ProviderFaultDetails {
  retryable: boolean;
  providerCode?: number | undefined;
  providerMessage?: string | undefined;
  retryAfterMs?: number | undefined;
  isBlameless?: boolean;
  cause?: unknown;
}

/** The only error of the provider port. `message` is a sentence for operators, without our credentials and addresses. */
export class ProviderFault extends Error {
  readonly code: ProviderFaultCode;
  /** Whether the same call can succeed later without a change by an operator. */
  readonly retryable: boolean;
  /** Error code of the provider, with REJECTED only. */
  readonly providerCode?: number;
  /** Error message of the provider, if any. */
  readonly providerMessage?: string;
  /** `Retry-After` of the response, in milliseconds. Undefined without one. */
  readonly retryAfterMs?: number;
  /** Whether the circuit breaker ignores it, because it says nothing about the provider's health. */
  readonly isBlameless: boolean;

  /** Created by `classify.ts`, and by steps that detect a fault themselves. */
  constructor(code: ProviderFaultCode, message: string, details: ProviderFaultDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ProviderFault';
    this.code = code;
    this.retryable = details.retryable;
    this.isBlameless = details.isBlameless ?? false;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
    if (details.providerCode !== undefined) this.providerCode = details.providerCode;
    if (details.providerMessage !== undefined) this.providerMessage = details.providerMessage;
  }
}
