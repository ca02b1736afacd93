import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { monotonicMs } from '../../clock';
import { closeIdleConnections } from './agent';
import { Interrupted, type Interruption, nodeCode } from './interrupted';
import { retryAfterMs } from './retry-after';

/** Default maximum size of a response. */
const MAX_RESPONSE_BYTES = 1_048_576;

/** One request. `timeoutMs` is the deadline from the wait for a socket to the last byte of the response. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  agent: http.Agent;
  headers: Record<string, string>;
  /** Empty for no body. */
  body: string;
  timeoutMs: number;
  /** Maximum size of the response. Defaults to 1 MiB. */
  maxResponseBytes?: number;
  signal?: AbortSignal | undefined;
}

/** Complete response, whatever its status. */
export interface HttpResponse {
  status: number;
  body: string;
  /** `Retry-After` in milliseconds. Undefined without one. */
  retryAfterMs: number | undefined;
}

/**
 * Sends a request and reads the whole response. Rejects with {@link Interrupted}, which says whether the request was sent. A
 * kept connection may be stale: the other idle connections are then closed, and a request of which nothing was sent is sent
 * once more on a new connection.
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
    // Not fetch: it does not report when a queued request gets its socket.
    const request = (secure ? https : http).request(outgoing.url, {
      method: outgoing.method,
      agent: outgoing.agent,
      headers: { ...outgoing.headers, 'Content-Length': Buffer.byteLength(outgoing.body) },
    });
    let connected = false;
    let sent = false;

    const cleanUp = (): void => {
      clearTimeout(deadline);
      outgoing.signal?.removeEventListener('abort', abandon);
    };
    const interrupt = (reason: Interruption, cause?: unknown): void => {
      cleanUp();
      const requestSent = connected && sent && !isUnwritten(cause);
      reject(new Interrupted(reason, requestSent, cause, request.reusedSocket));
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
        cleanUp();
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

/** Calls `ready` on connection. Node sends the request at once: from then on an effect may exist. */
function onceConnected(socket: Socket, secure: boolean, ready: () => void): void {
  if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', ready);
  else ready();
}

/** Whether the write of the request failed, so that the receiver cannot have executed it. */
function isUnwritten(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'syscall' in cause && cause.syscall === 'write';
}

/** Whether the response was not HTTP: codes of Node's HTTP parser start with `HPE_`. */
function isGarbled(cause: unknown): boolean {
  return nodeCode(cause)?.startsWith('HPE_') ?? false;
}

/** Parses a body. Returns undefined when it is not JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
