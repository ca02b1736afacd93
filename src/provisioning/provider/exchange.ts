import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { Interrupted, type Interruption, nodeCode } from './interrupted';

/** An answer longer than this many bytes is no answer of the contract, unless said otherwise. */
const MAX_ANSWER_BYTES = 1_048_576;

/** One request, ready to leave; `timeoutMs` bounds all of it, from waiting for a socket to the answer's last byte. */
export interface Outgoing {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  agent: http.Agent;
  headers: Record<string, string>;
  /** Empty for none. */
  body: string;
  timeoutMs: number;
  /** Of the answer. */
  mostBytes?: number;
  signal?: AbortSignal | undefined;
}

/** A complete answer, whatever its status. */
export interface Answer {
  status: number;
  body: string;
  /** What `Retry-After` asks for, where it is a number of seconds. */
  retryAfterMs?: number;
}

/** Sends and reads the whole answer; rejects with {@link Interrupted}, which knows whether the request had left. */
export function exchange(outgoing: Outgoing): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const secure = outgoing.url.protocol === 'https:';
    // The agent queues in the background, so the request itself says when it got a socket: fetch would not tell.
    const request = (secure ? https : http).request(outgoing.url, {
      method: outgoing.method,
      agent: outgoing.agent,
      headers: { ...outgoing.headers, 'Content-Length': Buffer.byteLength(outgoing.body) },
    });
    let left = false;

    const settle = (): void => {
      clearTimeout(deadline);
      outgoing.signal?.removeEventListener('abort', abandon);
    };
    const interrupt = (reason: Interruption, cause?: unknown): void => {
      settle();
      reject(new Interrupted(reason, left, cause));
      request.destroy();
    };
    const abandon = (): void => interrupt('abandoned');
    const deadline = setTimeout(() => interrupt('deadline'), outgoing.timeoutMs);

    request.once('socket', socket => {
      whenReady(socket, secure, () => {
        left = true;
      });
    });
    request.on('error', cause => interrupt(isGarbled(cause) ? 'garbled' : 'connection', cause));
    if (outgoing.signal?.aborted) {
      abandon();
      return;
    }
    outgoing.signal?.addEventListener('abort', abandon);
    request.on('response', response => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > (outgoing.mostBytes ?? MAX_ANSWER_BYTES)) interrupt('oversized');
      });
      response.on('error', cause => interrupt(isGarbled(cause) ? 'garbled' : 'connection', cause));
      response.on('end', () => {
        settle();
        const seconds = response.headers['retry-after'];
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          ...(seconds && /^\d{1,6}$/.test(seconds) && { retryAfterMs: Number(seconds) * 1000 }),
        });
      });
    });
    request.end(outgoing.body);
  });
}

/**
 * Node writes the request the moment the socket is up, so from then on it counts as sent: in doubt an effect may exist.
 * A kept-alive socket is up already, hence a reset on it before any byte of an answer is an unknown outcome too.
 */
function whenReady(socket: Socket, secure: boolean, ready: () => void): void {
  if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', ready);
  else ready();
}

/** Node's HTTP parser marks what is not HTTP with codes that begin so. */
function isGarbled(cause: unknown): boolean {
  return nodeCode(cause)?.startsWith('HPE_') ?? false;
}

/** What a body says; undefined when it is not JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
