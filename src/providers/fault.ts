/**
 * What went wrong with a call to the provider.
 * - REJECTED: it understood and said no; a person decides.
 * - UNAVAILABLE: it could not be reached, is overloaded or failed.
 * - TIMEOUT: no connection within the deadline; the request never left.
 * - OUTCOME_UNKNOWN: the request left and no answer came; it may or may not have been done.
 * - BAD_RESPONSE: it answered something that is not the contract.
 * - UNAUTHORIZED: it does not accept our application id and key.
 */
export type ProviderFaultCode =
  | 'REJECTED'
  | 'UNAVAILABLE'
  | 'TIMEOUT'
  | 'OUTCOME_UNKNOWN'
  | 'BAD_RESPONSE'
  | 'UNAUTHORIZED';

/** What a fault carries besides its code and its sentence. */
export interface ProviderFaultDetails {
  retryable: boolean;
  providerCode?: number | undefined;
  providerMessage?: string | undefined;
  retryAfterMs?: number | undefined;
  isBlameless?: boolean;
  cause?: unknown;
}

/** The one error of the provider port. `message` is a sentence for a person, free of keys and addresses of ours. */
export class ProviderFault extends Error {
  readonly code: ProviderFaultCode;
  /** Whether the same call may succeed later without a person's help. */
  readonly retryable: boolean;
  /** The provider's own number, with REJECTED only. */
  readonly providerCode?: number;
  /** The provider's own words, where it gave any. */
  readonly providerMessage?: string;
  /** Milliseconds that the provider asks to wait before the next attempt. Undefined when it asks for none. */
  readonly retryAfterMs?: number;
  /** Whether it says nothing about the provider's health, so that its circuit breaker ignores it. */
  readonly isBlameless: boolean;

  /** Made by the classification only; tests make their own to play a provider. */
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
