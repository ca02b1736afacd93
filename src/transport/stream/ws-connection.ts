import type { Socket } from 'node:net';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { ActorCache } from '../../services/identity/actor-cache';
import type { Slot } from '../limits';
import { type CloseReason, Connection } from './connection';
import { type NextPrefix, nextFrames, nextPrefix } from './frame';
import type { Payload, Sink } from './payload';

const PING_MS = 12_000;
/** Timeout of `connection_init`. Checked once a second. */
const INIT_TIMEOUT_MS = 3000;
/** Bounds of the buffer for a slow consumer. */
const MAX_BUFFERED_BYTES = 256 * 1024;
const MAX_BUFFERED_MESSAGES = 1000;

const closeCodes: Record<CloseReason, [code: number, reason: string]> = {
  'token expired': [CloseCode.Forbidden, 'The token has expired'],
  'no rights': [CloseCode.Forbidden, 'Sign in again'],
  'not initialized': [CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'],
  'too many': [1013, 'Too many connections'],
  'too many from this address': [4429, 'Too many connections'],
  idle: [1000, 'Idle'],
  unavailable: [1013, 'Temporarily unavailable'],
  stopping: [1001, 'Going away'],
};

/** WebSocket connection. Stream messages are written to the TCP socket as prepared frames, everything else through `ws`. */
export class WsConnection extends Connection {
  /** Undefined without a slot: most connections wait for events, and an empty map takes 180 bytes. */
  private slots: Map<string, Slot> | undefined;
  /** In milliseconds of `performance.now()`. */
  private initDeadline = Number.POSITIVE_INFINITY;
  private unsent = 0;
  private pingedAt = performance.now();
  private usedAt = performance.now();
  private ponged = true;

  constructor(
    actors: ActorCache,
    address: string,
    private readonly socket: WebSocket,
    /** TCP socket of the WebSocket. */
    readonly tcpSocket: Socket,
    private readonly anonymousIdleMs: number,
  ) {
    super(actors, address);
    socket.on('pong', () => {
      this.ponged = true;
    });
  }

  /** Holds the slot of an operation until its answer is sent, or the connection closes. */
  holdSlot(id: string, slot: Slot): void {
    this.slots = (this.slots ?? new Map()).set(id, slot);
  }

  /** Releases the slot of an operation that has ended. */
  releaseSlot(id: string): void {
    this.slots?.get(id)?.release();
    this.slots?.delete(id);
    if (this.slots?.size === 0) this.slots = undefined;
  }

  /** Creates the sink of an operation. */
  sink(id: string): Sink {
    return new WsSink(this, nextPrefix(id));
  }

  /** Whether the buffer has room. */
  get ready(): boolean {
    const { writableLength, writableNeedDrain } = this.tcpSocket;
    return !writableNeedDrain || (writableLength < MAX_BUFFERED_BYTES && this.unsent < MAX_BUFFERED_MESSAGES);
  }

  /** Calls `callback` once, when the buffer has drained. */
  whenReady(callback: () => void): void {
    this.tcpSocket.once('drain', callback);
  }

  /** Writes frames with a number of messages. */
  write(frames: Buffer, messages: number): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.tcpSocket.writableLength === 0) this.unsent = 0;
    this.unsent += messages;
    this.tcpSocket.write(frames);
  }

  override close(): void {
    super.close();
    for (const id of [...(this.slots?.keys() ?? [])]) this.releaseSlot(id);
  }

  protected override end(reason: CloseReason): void {
    this.socket.close(...closeCodes[reason]);
  }

  /** Starts the timeout of `connection_init`. */
  awaitInit(): void {
    this.initDeadline = performance.now() + INIT_TIMEOUT_MS;
  }

  /** Ends the timeout of `connection_init`. */
  markInitialized(): void {
    this.initDeadline = Number.POSITIVE_INFINITY;
  }

  /** Resets the idle timeout: an operation has started. */
  markUsed(): void {
    this.usedAt = performance.now();
  }

  protected override check(now: number): void {
    if (now >= this.initDeadline) {
      this.terminate('not initialized');
      return;
    }
    if (!this.signedInUser && now - this.usedAt >= this.anonymousIdleMs) {
      this.terminate('idle');
      return;
    }
    if (now - this.pingedAt < PING_MS) return;
    // A client that does not read its socket does not receive the ping.
    if (!this.ponged) {
      this.socket.terminate();
      return;
    }
    this.pingedAt = now;
    this.ponged = false;
    this.socket.ping();
  }
}

class WsSink implements Sink {
  constructor(
    private readonly connection: WsConnection,
    private readonly prefix: NextPrefix,
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
