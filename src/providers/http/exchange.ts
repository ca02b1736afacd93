import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { monotonicMs } from '../../clock';
import { closeIdleConnections } from './agent';
import { Interrupted, type Interruption, nodeCode } from './interrupted';
import { retryAfterMs } from './retry-after';

/** An answer longer than this many bytes is no answer of the contract, unless said otherwise. */
const MAX_RESPONSE_BYTES = 1_048_576;

/** One request, ready to leave; `timeoutMs` bounds all of it, from waiting for a socket to the answer's last byte. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  agent: http.Agent;
  headers: Record<string, string>;
  /** Empty for none. */
  body: string;
  timeoutMs: number;
  /** Of the answer. */
  maxResponseBytes?: number;
  signal?: AbortSignal | undefined;
}

/** A complete answer, whatever its status. */
export interface HttpResponse {
  status: number;
  body: string;
  /** Milliseconds that `Retry-After` asks for. Undefined without one. */
  retryAfterMs: number | undefined;
}

/**
 * Sends and reads the whole answer; rejects with {@link Interrupted}, which knows whether the request had left. An idle
 * connection may be dead: when one turns out to be, the others are closed, and a request of which nothing was sent goes
 * out once more on a fresh one.
 */
export async function exchange(outgoing: HttpRequest): Promise<HttpResponse> {
  const began = monotonicMs();
  try {
    return await exchangeOnce(outgoing);
  } catch (error) {
    if (!(error instanceof Interrupted && error.isStale)) throw error;
    closeIdleConnections(outgoing.agent);
    if (error.requestSent || error.reason === 'deadline') throw error;
    return exchangeOnce({ ...outgoing, timeoutMs: outgoing.timeoutMs - (monotonicMs() - began) });
  }
}

function exchangeOnce(outgoing: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const secure = outgoing.url.protocol === 'https:';
    // The agent queues in the background, so the request itself says when it got a socket: fetch would not tell.
    const request = (secure ? https : http).request(outgoing.url, {
      method: outgoing.method,
      agent: outgoing.agent,
      headers: { ...outgoing.headers, 'Content-Length': Buffer.byteLength(outgoing.body) },
    });
    let connected = false;
    let sent = false;

    const settle = (): void => {
      clearTimeout(deadline);
      outgoing.signal?.removeEventListener('abort', abandon);
    };
    const interrupt = (reason: Interruption, cause?: unknown): void => {
      settle();
      const left = connected && sent && !isUnwritten(cause);
      reject(new Interrupted(reason, left, cause, request.reusedSocket));
      request.destroy();
    };
    const abandon = (): void => interrupt('abandoned');
    const deadline = setTimeout(() => interrupt('deadline'), outgoing.timeoutMs);

    request.once('socket', socket => {
      onceConnected(socket, secure, () => {
        connected = true;
      });
    });
    request.once('finish', () => {
      sent = true;
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
        if (size > (outgoing.maxResponseBytes ?? MAX_RESPONSE_BYTES)) interrupt('oversized');
      });
      response.on('error', cause => interrupt(isGarbled(cause) ? 'garbled' : 'connection', cause));
      response.on('end', () => {
        settle();
        resolve({
          status: response.statusCode ?? 0,
          // Drops a byte order mark, which JSON.parse does not take.
          body: new TextDecoder().decode(Buffer.concat(chunks)),
          retryAfterMs: retryAfterMs(response.headers),
        });
      });
    });
    request.end(outgoing.body);
  });
}

/**
 * Node hands the request to the system the moment the socket is up. From then on it counts as sent: in doubt an effect may
 * exist. A socket that was refused by the system is neither up nor connecting, so both are asked for.
 */
function onceConnected(socket: Socket, secure: boolean, ready: () => void): void {
  if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', ready);
  else ready();
}

/** Whether the system did not take all of the request, which a receiver therefore cannot have carried out. */
function isUnwritten(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'syscall' in cause && cause.syscall === 'write';
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
