import type { Socket } from 'node:net';

/** Limits the bytes of incomplete requests, over all connections. */
export class UnreadBytesLimiter {
  /** Bytes by connection. The connection that has been sending for longest is first. */
  private readonly buffered = new Map<Socket, number>();
  private total = 0;
  /** Number of connections closed at the limit, for the metrics. */
  closedAtLimit = 0;

  constructor(private readonly max: number) {}

  /** Bytes of incomplete requests in memory. */
  get bytes(): number {
    return this.total;
  }

  /** Counts bytes of an incomplete request. At the limit, closes the oldest connection with an incomplete request. */
  add(socket: Socket, bytes: number): void {
    this.buffered.set(socket, (this.buffered.get(socket) ?? 0) + bytes);
    this.total += bytes;
    while (this.total > this.max) {
      const [oldest] = this.buffered.keys();
      if (!oldest) return;
      this.clear(oldest);
      this.closedAtLimit += 1;
      oldest.destroy();
    }
  }

  /** Subtracts bytes that were processed before the request is complete. */
  subtract(socket: Socket, bytes: number): void {
    const held = this.buffered.get(socket) ?? 0;
    const read = Math.min(held, bytes);
    this.total -= read;
    if (held > read) this.buffered.set(socket, held - read);
    else this.buffered.delete(socket);
  }

  /** Forgets a connection whose request is complete, or which is closed. */
  clear(socket: Socket): void {
    this.total -= this.buffered.get(socket) ?? 0;
    this.buffered.delete(socket);
  }
}
