import { createAgent, exchange, Interrupted } from '../providers';
import { type AddressRules, guardedLookup, PrivateAddressError, urlProblem } from './addresses';

/** Fault of a delivery. `message` is a sentence for the owner of the webhook. */
export class ReceiverFault extends Error {
  /** `Retry-After` of the response, in milliseconds. Undefined without one. */
  readonly retryAfterMs: number | undefined;
  /** Whether the circuit breaker ignores it, because it says nothing about the receiver's health. */
  readonly isBlameless: boolean;

  /** @param status HTTP status; null without a response. */
  constructor(
    message: string,
    readonly status: number | null,
    { retryAfterMs, isBlameless = false }: { retryAfterMs?: number | undefined; isBlameless?: boolean } = {},
  ) {
    super(message);
    this.retryAfterMs = retryAfterMs;
    this.isBlameless = isBlameless;
  }
}

/** Signed message. */
export interface SignedMessage {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** HTTP client that sends messages to receivers. */
export interface WebhookSender {
  /** Sends a message. Rejects with `ReceiverFault` unless the status is 2xx. A short attempt has 2 s. */
  send(envelope: SignedMessage, signal: AbortSignal, isShort: boolean): Promise<number>;
  close(): void;
}

/** Maximum size of a response. */
const MAX_RESPONSE_BYTES = 64 * 1024;
/** Deadline of a short attempt, in milliseconds. */
const SHORT_DEADLINE_MS = 2000;

/** Creates a client that connects to allowed addresses only and follows no redirects. `timeoutMs` is the deadline of an attempt. */
export function createWebhookSender(rules: AddressRules, timeoutMs: number): WebhookSender {
  const options = { lookup: guardedLookup(rules) };
  const agents = { 'http:': createAgent('http:', options), 'https:': createAgent('https:', options) };
  return {
    async send({ url: text, headers, body }, signal, isShort) {
      const refused = urlProblem(text, rules);
      if (refused) throw new ReceiverFault(`The address may not be called. ${refused}`, null);
      const url = new URL(text);
      const agent = agents[url.protocol as keyof typeof agents];
      const deadlineMs = isShort ? Math.min(SHORT_DEADLINE_MS, timeoutMs) : timeoutMs;
      const { status, retryAfterMs } = await exchange({
        method: 'POST',
        url,
        agent,
        headers,
        body,
        timeoutMs: deadlineMs,
        signal,
        maxResponseBytes: MAX_RESPONSE_BYTES,
      }).catch((error: unknown) => {
        if (!(error instanceof Interrupted)) throw error;
        const { isBlameless } = error;
        throw new ReceiverFault(describeInterruption(error, deadlineMs), null, { isBlameless });
      });
      if (status >= 200 && status < 300) return status;
      const message = `The receiver answered with HTTP ${status}${redirectNote(status)}.`;
      throw new ReceiverFault(message, status, { retryAfterMs });
    },
    close: () => Object.values(agents).forEach(agent => void agent.destroy()),
  };
}

const redirectNote = (status: number) =>
  status >= 300 && status < 400 ? '; redirects are not followed' : '';

/** Message for an exchange without a response. Reveals nothing about our network. */
function describeInterruption({ reason, requestSent, cause }: Interrupted, timeoutMs: number): string {
  if (cause instanceof PrivateAddressError)
    return 'The address may not be called: its host has no public address.';
  if (reason === 'deadline') return `There was no complete answer within ${timeoutMs / 1000} seconds.`;
  if (reason === 'garbled') return 'The answer was not HTTP.';
  if (reason === 'oversized') return `The answer was longer than ${MAX_RESPONSE_BYTES / 1024} kB.`;
  if (reason === 'abandoned') return 'The attempt was interrupted by the gateway; it is made again.';
  return requestSent ? 'The connection broke before there was an answer.' : 'No connection could be made.';
}
