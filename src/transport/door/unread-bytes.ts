import type { Socket } from 'node:net';

/** Bounds the bytes of incomplete requests that all connections hold together. */
export class UnreadBytes {
  /** Bytes by connection; the one that has been sending for longest is first. */
  private readonly held = new Map<Socket, number>();
  private total = 0;
  /** Connections that were closed at the limit, for the metrics. */
  closed = 0;

  constructor(private readonly most: number) {}

  /** Bytes that are held now. */
  get bytes(): number {
    return this.total;
  }

  /** Counts bytes of an incomplete request. At the limit the oldest connection that holds some is closed. */
  add(socket: Socket, bytes: number): void {
    this.held.set(socket, (this.held.get(socket) ?? 0) + bytes);
    this.total += bytes;
    while (this.total > this.most) {
      const [oldest] = this.held.keys();
      if (!oldest) return;
      this.clear(oldest);
      this.closed += 1;
      oldest.destroy();
    }
  }

  /** Some of the bytes were read although the request is not complete. */
  subtract(socket: Socket, bytes: number): void {
    const held = this.held.get(socket) ?? 0;
    const read = Math.min(held, bytes);
    this.total -= read;
    if (held > read) this.held.set(socket, held - read);
    else this.held.delete(socket);
  }

  /** The request of the connection is complete, or the connection is gone. */
  clear(socket: Socket): void {
    this.total -= this.held.get(socket) ?? 0;
    this.held.delete(socket);
  }
}
