import type { IncomingMessage, Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { onUpgrade } from './ignore-upgrade';
import type { TransportLimits } from './limits';
import { HttpRefusal } from './refuse';

/** Seconds until a refused client retries. Load balancers use another gateway by then. */
const RETRY_AFTER_SECONDS = 2;
/** Paths that are served until the end, because load balancers route by them. */
const PROBES = ['/healthz', '/readyz'];
/** Error codes of a connection that the client closed or lost. */
const DISCONNECTED = [
  'EPIPE',
  'ECONNRESET',
  'ECANCELED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
];

/** Phases of a graceful shutdown: serving, draining (not ready, still serving), refusing. */
export class GracefulShutdown {
  private phase: 'serving' | 'draining' | 'refusing' = 'serving';

  /** Whether the server is draining or refusing: it is no longer ready. */
  get isDraining(): boolean {
    return this.phase !== 'serving';
  }

  /** Starts to close the connection after every answer. Requests are still served. */
  startDraining(): void {
    this.phase = 'draining';
  }

  /** Starts to refuse every request and every WebSocket. */
  refuseRequests(server: Server, { pipelined }: TransportLimits): void {
    this.phase = 'refusing';
    onUpgrade(server, pipelined, (_request, socket) => {
      // Node has removed its own error listener from an upgraded socket.
      socket.on('error', () => socket.destroy());
      const head = [
        'HTTP/1.1 503 Service Unavailable',
        `retry-after: ${RETRY_AFTER_SECONDS}`,
        'connection: close',
      ];
      socket.end(`${head.join('\r\n')}\r\ncontent-length: 0\r\n\r\n`);
    });
  }

  /** Throws a refusal if requests are refused. Probes are always served. */
  assertAccepting({ url }: IncomingMessage): void {
    if (this.phase !== 'refusing' || PROBES.includes(url ?? '')) return;
    const message = 'The gateway is stopping. Try again after `Retry-After`.';
    throw new HttpRefusal(503, 'UNAVAILABLE', message, { 'retry-after': RETRY_AFTER_SECONDS });
  }
}

/** Waits until the server is `closed`. Destroys the open connections after `graceMs` milliseconds or on `hurry`. */
export async function closeConnections(
  { sockets }: TransportLimits,
  graceMs: number,
  closed: Promise<void>,
  hurry?: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any(hurry ? [over.signal, hurry] : [over.signal]);
  const destroyed = sleep(graceMs, undefined, { signal })
    .catch(() => undefined)
    .then(() => sockets.destroyAll());
  await closed;
  over.abort();
  await destroyed;
}

/** Whether an error means that the client has disconnected. */
export const isClientDisconnect = (error: unknown): boolean =>
  DISCONNECTED.includes((error as NodeJS.ErrnoException | null)?.code ?? '');
