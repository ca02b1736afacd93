import { ProviderFault } from './fault';
import type { HttpResponse } from './http/exchange';
import { type Interrupted, lacksDescriptors, nodeCode } from './http/interrupted';

/**
 * The one place that decides what a failed call means. The question behind it is always the same: may the provider
 * have done the work? If it may, only a repeat that is harmless is allowed, and all of our calls are (see the port).
 *
 * | what happened                                   | code            | retryable |
 * |-------------------------------------------------|-----------------|-----------|
 * | HTTP 200, Code other than 0; 400, 409, 422 of a |                 |           |
 * | broker, and work of it that has failed          | REJECTED        | no        |
 * | 401, 403                                        | UNAUTHORIZED    | no        |
 * | 429, 5xx (after a 5xx an effect may exist)      | UNAVAILABLE     | yes       |
 * | 3xx: a setting of ours or of its proxy is wrong | BAD_RESPONSE    | yes       |
 * | other 4xx: we and it disagree about the API     | BAD_RESPONSE    | no        |
 * | not JSON, wrong shape, not HTTP, endless        | BAD_RESPONSE    | yes       |
 * | no connection; given up before it was there     | UNAVAILABLE     | yes       |
 * | deadline before the request left                | TIMEOUT         | yes       |
 * | deadline, reset or given up after it left       | OUTCOME_UNKNOWN | yes       |
 */
export function fromRefusal(
  providerCode: number | undefined,
  vendorMessage: string | undefined,
): ProviderFault {
  const words = vendorMessage?.trim() || 'it gave no reason';
  const code = providerCode === undefined ? '' : ` (code ${providerCode})`;
  const fault = `The provider refused: ${words}${code}`;
  return new ProviderFault('REJECTED', fault, {
    retryable: false,
    providerCode,
    providerMessage: vendorMessage,
  });
}

/** The fault of an HTTP status, or undefined for 2xx, whose body decides. */
export function fromStatus(
  { status, retryAfterMs }: Pick<HttpResponse, 'status' | 'retryAfterMs'>,
  providerMessage: string | undefined,
): ProviderFault | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) {
    const words = `The provider redirects instead of answering (HTTP ${status}): check its base URL`;
    return new ProviderFault('BAD_RESPONSE', words, { retryable: true, providerMessage });
  }
  if (status === 401 || status === 403) {
    const words = `The provider does not accept our application id and key (HTTP ${status}): check the settings`;
    return new ProviderFault('UNAUTHORIZED', words, { retryable: false, providerMessage });
  }
  if (status === 429) {
    const words = 'The provider asks for fewer calls (HTTP 429)';
    return new ProviderFault('UNAVAILABLE', words, { retryable: true, providerMessage, retryAfterMs });
  }
  if (status >= 500) {
    const words = `The provider failed (HTTP ${status})`;
    return new ProviderFault('UNAVAILABLE', words, { retryable: true, providerMessage, retryAfterMs });
  }
  const words = `The provider does not take this request (HTTP ${status}): check its base URL and version`;
  return new ProviderFault('BAD_RESPONSE', words, { retryable: false, providerMessage });
}

/** The fault of an answer with a good status that can't be read; whether the work was done is unknown. */
export function unreadableResponse(what: string): ProviderFault {
  const words = `The provider's answer could not be read (${what}), so it is unknown whether it did the work`;
  return new ProviderFault('BAD_RESPONSE', words, { retryable: true });
}

/** The fault of an exchange that ended without an answer. */
export function fromInterruption(interrupted: Interrupted): ProviderFault {
  const { reason, requestSent, cause, isBlameless } = interrupted;
  if (reason === 'garbled') return unreadableResponse('it is not HTTP');
  if (reason === 'oversized') return unreadableResponse('it is too long');
  if (requestSent) {
    const how = { deadline: 'within the deadline', abandoned: 'before the call was given up' };
    const when = reason === 'connection' ? 'before the connection broke' : how[reason];
    const words = `The provider got the request and did not answer ${when}; it may have done the work`;
    return new ProviderFault('OUTCOME_UNKNOWN', words, { retryable: true, cause, isBlameless });
  }
  if (reason === 'deadline') {
    const words = 'No connection to the provider within the deadline; nothing was sent';
    return new ProviderFault('TIMEOUT', words, { retryable: true, cause, isBlameless });
  }
  const words = reason === 'abandoned' ? 'The call was given up' : connectionMessage(cause);
  return new ProviderFault('UNAVAILABLE', `${words}; nothing was sent`, {
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
