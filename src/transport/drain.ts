import type { IncomingMessage, Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrontDoor } from './door';
import { onUpgrade } from './ignore-upgrade';
import { HttpRefusal } from './refuse';

/** Seconds after which a refused client tries again: load balancers have turned to another gateway by then. */
const RETRY_AFTER = 2;
/** Paths that answer to the end: whoever asks them decides where requests go. */
const PROBES = ['/healthz', '/readyz'];
/** What a client hears that has left, or whose connection was cut: nobody's fault here. */
const LEFT = ['EPIPE', 'ECONNRESET', 'ECANCELED', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE'];

/** How a server ends while its clients go on: it first tells them, then refuses them, then cuts them off. */
export class Drain {
  private phase: 'serving' | 'draining' | 'refusing' = 'serving';

  /** Whether readiness has ended. */
  get isDraining(): boolean {
    return this.phase !== 'serving';
  }

  /** From now on every answer closes its connection. Requests are still served. */
  begin(): void {
    this.phase = 'draining';
  }

  /** From now on every request and every WebSocket is refused. */
  refuseAll(server: Server, { pipelined }: FrontDoor): void {
    this.phase = 'refusing';
    onUpgrade(server, pipelined, (_request, socket) => {
      // Node has removed its own listener by now.
      socket.on('error', () => socket.destroy());
      const head = ['HTTP/1.1 503 Service Unavailable', `retry-after: ${RETRY_AFTER}`, 'connection: close'];
      socket.end(`${head.join('\r\n')}\r\ncontent-length: 0\r\n\r\n`);
    });
  }

  /** Throws the refusal of a request that comes too late. */
  check({ url }: IncomingMessage): void {
    if (this.phase !== 'refusing' || PROBES.includes(url ?? '')) return;
    const words = 'The gateway is stopping. Try again after `Retry-After`.';
    throw new HttpRefusal(503, 'UNAVAILABLE', words, { 'retry-after': RETRY_AFTER });
  }
}

/** Waits until the server is `closed`. Destroys the connections that are left when `graceMs` is over or `hurry` is aborted. */
export async function cutOff(
  { sockets }: FrontDoor,
  graceMs: number,
  closed: Promise<void>,
  hurry?: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any(hurry ? [over.signal, hurry] : [over.signal]);
  const cut = sleep(graceMs, undefined, { signal })
    .catch(() => undefined)
    .then(() => sockets.destroyAll());
  await closed;
  over.abort();
  await cut;
}

/** Whether a request broke because its client has left. */
export const hasLeft = (error: unknown): boolean =>
  LEFT.includes((error as NodeJS.ErrnoException | null)?.code ?? '');
