import { createAgent, exchange, Interrupted } from '../provisioning';
import { type AddressRules, guardedLookup, PrivateAddress, refusedUrl } from './addresses';

/** The receiver did not take a message. `message` is a sentence for the owner of the webhook. */
export class ReceiverFault extends Error {
  /** Milliseconds that the receiver asks to wait before the next attempt. Undefined when it asks for none. */
  readonly retryAfterMs: number | undefined;
  /** Whether it says nothing about the receiver's health. */
  readonly isBlameless: boolean;

  /** @param status of its answer, where there was one. */
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

/** A signed message, ready to leave. */
export interface Envelope {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Posts messages to whatever receivers there are. */
export interface Postman {
  /**
   * Resolves to the status of an answer that takes the message; rejects with `ReceiverFault` otherwise. A brief attempt has
   * a deadline of 2 seconds at most.
   */
  post(envelope: Envelope, signal: AbortSignal, isBrief: boolean): Promise<number>;
  close(): void;
}

/** An answer longer than this many bytes is not read to its end. */
const MOST_BYTES = 64 * 1024;
/** Deadline of a brief attempt, in milliseconds. */
const BRIEF_MS = 2000;

/** A postman that keeps to `rules`, follows no redirect and waits `timeoutMs` for a complete answer. */
export function createPostman(rules: AddressRules, timeoutMs: number): Postman {
  const options = { lookup: guardedLookup(rules) };
  const agents = { 'http:': createAgent('http:', options), 'https:': createAgent('https:', options) };
  return {
    async post({ url: text, headers, body }, signal, isBrief) {
      const refused = refusedUrl(text, rules);
      if (refused) throw new ReceiverFault(`The address may not be called. ${refused}`, null);
      const url = new URL(text);
      const agent = agents[url.protocol as keyof typeof agents];
      const deadlineMs = isBrief ? Math.min(BRIEF_MS, timeoutMs) : timeoutMs;
      const { status, retryAfterMs } = await exchange({
        method: 'POST',
        url,
        agent,
        headers,
        body,
        timeoutMs: deadlineMs,
        signal,
        mostBytes: MOST_BYTES,
      }).catch((error: unknown) => {
        if (!(error instanceof Interrupted)) throw error;
        const { isBlameless } = error;
        throw new ReceiverFault(wordsFor(error, deadlineMs), null, { isBlameless });
      });
      if (status >= 200 && status < 300) return status;
      const words = `The receiver answered with HTTP ${status}${adviceFor(status)}.`;
      throw new ReceiverFault(words, status, { retryAfterMs });
    },
    close: () => Object.values(agents).forEach(agent => void agent.destroy()),
  };
}

const adviceFor = (status: number) => (status >= 300 && status < 400 ? '; redirects are not followed' : '');

/** What is said of an exchange without an answer: nothing of what the network looks like from here. */
function wordsFor({ reason, left, cause }: Interrupted, timeoutMs: number): string {
  if (cause instanceof PrivateAddress)
    return 'The address may not be called: its host has no public address.';
  if (reason === 'deadline') return `There was no complete answer within ${timeoutMs / 1000} seconds.`;
  if (reason === 'garbled') return 'The answer was not HTTP.';
  if (reason === 'oversized') return `The answer was longer than ${MOST_BYTES / 1024} kB.`;
  if (reason === 'abandoned') return 'The attempt was interrupted by the gateway; it is made again.';
  return left ? 'The connection broke before there was an answer.' : 'No connection could be made.';
}
