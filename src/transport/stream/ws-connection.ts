import type { Socket } from 'node:net';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { ActorCache } from '../../services/identity/actor-cache';
import type { Slot } from '../door';
import { Connection, type Cut } from './connection';
import { nextFrames, nextPrefix } from './frame';
import type { Payload, Sink } from './payload';

const PING_MS = 12_000;
/** What waits for a client that does not read is bounded by both. */
const MOST_BYTES = 256 * 1024;
const MOST_MESSAGES = 1000;

const codes: Record<Cut, [code: number, reason: string]> = {
  'token expired': [CloseCode.Forbidden, 'The token has expired'],
  'no rights': [CloseCode.Forbidden, 'Sign in again'],
  'too many': [1013, 'Too many connections'],
  'too many from this address': [4429, 'Too many connections'],
  idle: [1000, 'Idle'],
  unavailable: [1013, 'Temporarily unavailable'],
  stopping: [1001, 'Going away'],
};

/** One WebSocket. Messages of streams are written to the line below it, as frames made by us; all else by `ws`. */
export class WsConnection extends Connection {
  private readonly slots = new Map<string, Slot>();
  private unsent = 0;
  private pingedAt = performance.now();
  private usedAt = performance.now();
  private answered = true;

  constructor(
    actors: ActorCache,
    address: string,
    private readonly socket: WebSocket,
    /** The connection below the WebSocket. */
    readonly line: Socket,
    private readonly anonymousIdleMs: number,
  ) {
    super(actors, address);
    socket.on('pong', () => {
      this.answered = true;
    });
  }

  /** Counts an operation until its answer is sent, or the connection has ended. */
  hold(id: string, slot: Slot): void {
    this.slots.set(id, slot);
  }

  /** The operation `id` has ended. */
  leave(id: string): void {
    this.slots.get(id)?.leave();
    this.slots.delete(id);
  }

  /** Where the messages of the operation `id` go. */
  sink(id: string): Sink {
    return new WsSink(this, nextPrefix(id));
  }

  get ready(): boolean {
    const { writableLength, writableNeedDrain } = this.line;
    return !writableNeedDrain || (writableLength < MOST_BYTES && this.unsent < MOST_MESSAGES);
  }

  whenReady(callback: () => void): void {
    this.line.once('drain', callback);
  }

  write(frames: Buffer, messages: number): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.line.writableLength === 0) this.unsent = 0;
    this.unsent += messages;
    this.line.write(frames);
  }

  override close(): void {
    super.close();
    for (const id of [...this.slots.keys()]) this.leave(id);
  }

  protected override end(reason: Cut): void {
    this.socket.close(...codes[reason]);
  }

  /** An operation has started: the connection is not idle. */
  used(): void {
    this.usedAt = performance.now();
  }

  protected override check(now: number): void {
    if (!this.holder && now - this.usedAt >= this.anonymousIdleMs) {
      this.cut('idle');
      return;
    }
    if (now - this.pingedAt < PING_MS) return;
    // A client that does not read its socket does not see the ping either.
    if (!this.answered) {
      this.socket.terminate();
      return;
    }
    this.pingedAt = now;
    this.answered = false;
    this.socket.ping();
  }
}

class WsSink implements Sink {
  constructor(
    private readonly connection: WsConnection,
    private readonly prefix: Buffer,
  ) {}

  get ready(): boolean {
    return this.connection.ready;
  }

  whenReady(callback: () => void): void {
    this.connection.whenReady(callback);
  }

  send(payloads: readonly Payload[]): void {
    const frames = nextFrames(
      this.prefix,
      payloads.map(({ json }) => json),
    );
    this.connection.write(frames, payloads.length);
  }
}
