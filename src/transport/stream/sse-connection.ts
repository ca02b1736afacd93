import type { ServerResponse } from 'node:http';
import type { Answer } from '../../graphql';
import type { ActorCache } from '../../services/identity/actor-cache';
import { Connection, type Cut } from './connection';
import type { Payload, Sink } from './payload';

const HEARTBEAT_MS = 12_000;
const STALLED_MS = 60_000;
const MOST_BYTES = 256 * 1024;
const MOST_MESSAGES = 1000;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // nginx would hold events back until its buffer is full.
  'x-accel-buffering': 'no',
};

/** One response with the events of one operation. */
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

  /** Sends the head, and a comment, for some browsers wait for the first bytes of the body. */
  begin(): void {
    this.response.writeHead(200, HEADERS);
    this.response.write(':\n\n');
  }

  get ready(): boolean {
    const { writableLength, writableNeedDrain } = this.response;
    return !writableNeedDrain || (writableLength < MOST_BYTES && this.unsent < MOST_MESSAGES);
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

  /** A result that is no message of a stream. */
  result(result: Answer): void {
    this.response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
  }

  /** The operation is over, and the client need not come back. */
  complete(): void {
    if (this.isValid()) this.response.end('event: complete\ndata:\n\n');
  }

  protected override end(_reason: Cut): void {
    // Without `complete`: the client comes back, and is told why it may not where it may not. Nobody waits for one that
    // does not read.
    if (this.response.writableNeedDrain) this.response.destroy();
    else this.response.end();
  }

  protected override check(now: number): void {
    if (this.stalledAt !== undefined && now - this.stalledAt >= STALLED_MS) {
      this.response.destroy();
    } else if (now - this.beatAt >= HEARTBEAT_MS) {
      this.beatAt = now;
      this.response.write(':\n\n');
    }
  }
}
