import type { ServerResponse } from 'node:http';
import type { Answer } from '../../graphql';
import type { ActorCache } from '../../services/identity/actor-cache';
import { type CloseReason, Connection } from './connection';
import type { Payload, Sink } from './payload';

const HEARTBEAT_MS = 12_000;
const STALL_TIMEOUT_MS = 60_000;
const MAX_BUFFERED_BYTES = 256 * 1024;
const MAX_BUFFERED_MESSAGES = 1000;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // nginx would buffer events otherwise.
  'x-accel-buffering': 'no',
};

/** SSE response with the events of one operation. */
export class SseConnection extends Connection implements Sink {
  private unsent = 0;
  private beatAt = performance.now();
  private stalledAt: number | undefined;

  constructor(
    actors: ActorCache,
    address: string,
    private readonly response: ServerResponse,
  ) {
    super(actors, address);
  }

  /** Sends the head, and a comment because some browsers wait for the first bytes of the body. */
  writeHead(): void {
    this.response.writeHead(200, HEADERS);
    this.response.write(':\n\n');
  }

  get ready(): boolean {
    const { writableLength, writableNeedDrain } = this.response;
    return !writableNeedDrain || (writableLength < MAX_BUFFERED_BYTES && this.unsent < MAX_BUFFERED_MESSAGES);
  }

  whenReady(callback: () => void): void {
    this.stalledAt ??= performance.now();
    this.response.once('drain', () => {
      this.stalledAt = undefined;
      callback();
    });
  }

  send(payloads: readonly Payload[]): void {
    if (this.response.writableLength === 0) this.unsent = 0;
    this.unsent += payloads.length;
    const events = payloads.map(({ cursor, json }) => `id: ${cursor}\nevent: next\ndata: ${json}\n\n`);
    this.response.write(events.join(''));
  }

  /** Sends a result that is not a message of a stream. */
  sendResult(result: Answer): void {
    this.response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
  }

  /** Sends `complete`, after which clients do not reconnect. */
  complete(): void {
    if (this.isValid()) this.response.end('event: complete\ndata:\n\n');
  }

  protected override end(_reason: CloseReason): void {
    // Without `complete`: the client reconnects, and gets the reason if it is refused. A slow consumer is not waited for.
    if (this.response.writableNeedDrain) this.response.destroy();
    else this.response.end();
  }

  protected override check(now: number): void {
    if (this.stalledAt !== undefined && now - this.stalledAt >= STALL_TIMEOUT_MS) {
      this.response.destroy();
    } else if (now - this.beatAt >= HEARTBEAT_MS) {
      this.beatAt = now;
      this.response.write(':\n\n');
    }
  }
}
