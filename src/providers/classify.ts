import { ProviderFault } from './fault';
import type { HttpResponse } from './http/exchange';
import { type Interrupted, lacksDescriptors, nodeCode } from './http/interrupted';

/**
 * Classifies failed calls, in one place. The criterion is whether the provider may have done the work. If it may, only a
 * repeatable call can be retried, and all calls of the port are repeatable.
 *
 * | event                                           | code            | retryable |
 * |-------------------------------------------------|-----------------|-----------|
 * | HTTP 200, Code other than 0; 400, 409, 422 of a |                 |           |
 * | broker, and work of it that has failed          | REJECTED        | no        |
 * | 401, 403                                        | UNAUTHORIZED    | no        |
 * | 429, 5xx (after a 5xx an effect may exist)      | UNAVAILABLE     | yes       |
 * | 3xx: the base URL or a proxy is misconfigured   | BAD_RESPONSE    | yes       |
 * | other 4xx: incompatible API                     | BAD_RESPONSE    | no        |
 * | not JSON, wrong shape, not HTTP, endless        | BAD_RESPONSE    | yes       |
 * | no connection, or aborted before it             | UNAVAILABLE     | yes       |
 * | deadline before the request was sent            | TIMEOUT         | yes       |
 * | deadline, reset or abort after it was sent      | OUTCOME_UNKNOWN | yes       |
 */
export function fromRefusal(
  providerCode: number | undefined,
  vendorMessage: string | undefined,
): ProviderFault {
  const reason = vendorMessage?.trim() || 'it gave no reason';
  const code = providerCode === undefined ? '' : ` (code ${providerCode})`;
  const message = `The provider refused: ${reason}${code}`;
  return new ProviderFault('REJECTED', message, {
    retryable: false,
    providerCode,
    providerMessage: vendorMessage,
  });
}

/** Fault of an HTTP status. Undefined for 2xx, whose body decides. */
export function fromStatus(
  { status, retryAfterMs }: Pick<HttpResponse, 'status' | 'retryAfterMs'>,
  providerMessage: string | undefined,
): ProviderFault | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) {
    const message = `The provider redirects instead of answering (HTTP ${status}): check its base URL`;
    return new ProviderFault('BAD_RESPONSE', message, { retryable: true, providerMessage });
  }
  if (status === 401 || status === 403) {
    const message = `The provider does not accept our application id and key (HTTP ${status}): check the settings`;
    return new ProviderFault('UNAUTHORIZED', message, { retryable: false, providerMessage });
  }
  if (status === 429) {
    const message = 'The provider asks for fewer calls (HTTP 429)';
    return new ProviderFault('UNAVAILABLE', message, { retryable: true, providerMessage, retryAfterMs });
  }
  if (status >= 500) {
    const message = `The provider failed (HTTP ${status})`;
    return new ProviderFault('UNAVAILABLE', message, { retryable: true, providerMessage, retryAfterMs });
  }
  const message = `The provider does not take this request (HTTP ${status}): check its base URL and version`;
  return new ProviderFault('BAD_RESPONSE', message, { retryable: false, providerMessage });
}

/** Fault of a 2xx response that cannot be read. The outcome of the call is unknown. */
export function unreadableResponse(reason: string): ProviderFault {
  const message = `The provider's answer could not be read (${reason}), so it is unknown whether it did the work`;
  return new ProviderFault('BAD_RESPONSE', message, { retryable: true });
}

/** Fault of an exchange without a complete response. */
export function fromInterruption(interrupted: Interrupted): ProviderFault {
  const { reason, requestSent, cause, isBlameless } = interrupted;
  if (reason === 'garbled') return unreadableResponse('it is not HTTP');
  if (reason === 'oversized') return unreadableResponse('it is too long');
  if (requestSent) {
    const how = { deadline: 'within the deadline', abandoned: 'before the call was given up' };
    const when = reason === 'connection' ? 'before the connection broke' : how[reason];
    const message = `The provider got the request and did not answer ${when}; it may have done the work`;
    return new ProviderFault('OUTCOME_UNKNOWN', message, { retryable: true, cause, isBlameless });
  }
  if (reason === 'deadline') {
    const message = 'No connection to the provider within the deadline; nothing was sent';
    return new ProviderFault('TIMEOUT', message, { retryable: true, cause, isBlameless });
  }
  const message = reason === 'abandoned' ? 'The call was given up' : connectionMessage(cause);
  return new ProviderFault('UNAVAILABLE', `${message}; nothing was sent`, {
    retryable: true,
    cause,
    isBlameless,
  });
}

function connectionMessage(cause: unknown): string {
  const code = nodeCode(cause) ?? 'unknown error';
  if (lacksDescriptors(cause)) return `The gateway has no file descriptors left (${code})`;
  if (code === 'ECONNREFUSED') return 'The provider refuses connections';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return "The provider's host name has no address";
  return `The connection to the provider failed (${code})`;
}
