import http from 'node:http';
import https from 'node:https';
import { exchange, Interrupted } from '../provisioning';
import { type AddressRules, guardedLookup, PrivateAddress, refusedUrl } from './addresses';

/** The receiver did not take a message. `message` is a sentence for the owner of the webhook. */
export class ReceiverFault extends Error {
  /** @param status of its answer, where there was one. */
  constructor(
    message: string,
    readonly status: number | null,
  ) {
    super(message);
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
  /** Resolves to the status of an answer that takes the message; rejects with `ReceiverFault` otherwise. */
  post(envelope: Envelope, signal: AbortSignal): Promise<number>;
  close(): void;
}

/** An answer longer than this many bytes is not read to its end. */
const MOST_BYTES = 64 * 1024;
/** How long a connection is kept for the next message. */
const KEPT_MS = 30_000;

/** A postman that keeps to `rules`, follows no redirect and waits `timeoutMs` for a complete answer. */
export function createPostman(rules: AddressRules, timeoutMs: number): Postman {
  const options = { keepAlive: true, timeout: KEPT_MS, lookup: guardedLookup(rules) };
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  return {
    async post({ url: text, headers, body }, signal) {
      const refused = refusedUrl(text, rules);
      if (refused) throw new ReceiverFault(`The address may not be called. ${refused}`, null);
      const url = new URL(text);
      const agent = agents[url.protocol as keyof typeof agents];
      const outgoing = {
        method: 'POST' as const,
        url,
        agent,
        headers,
        body,
        timeoutMs,
        signal,
        mostBytes: MOST_BYTES,
      };
      const { status } = await exchange(outgoing).catch((error: unknown) => {
        throw error instanceof Interrupted ? new ReceiverFault(wordsFor(error, timeoutMs), null) : error;
      });
      if (status >= 200 && status < 300) return status;
      throw new ReceiverFault(`The receiver answered with HTTP ${status}${adviceFor(status)}.`, status);
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
