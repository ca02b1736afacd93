import { once } from 'node:events';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { until } from './until';

/** A WebSocket that says only what a test makes it say. */
export class RawSocket {
  readonly messages: Record<string, any>[] = [];
  closed: { code: number; reason: string } | undefined;
  /** The status of an upgrade that was refused. */
  refused: number | undefined;
  readonly socket: WebSocket;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    this.socket.on('message', data => this.messages.push(JSON.parse(String(data))));
    this.socket.on('close', (code, reason) => {
      this.closed ??= { code, reason: String(reason) };
    });
    this.socket.on('unexpected-response', (_, response) => {
      this.refused = response.statusCode;
      this.socket.terminate();
    });
    this.socket.on('error', () => undefined);
  }

  async open(): Promise<this> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
    return this;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Signs in with `token`, or stays anonymous. */
  async init(token?: string): Promise<this> {
    await this.open();
    this.send({ type: 'connection_init', ...(token && { payload: { authorization: `Bearer ${token}` } }) });
    await until(
      () => this.messages.some(({ type }) => type === 'connection_ack') || this.closed !== undefined,
    );
    return this;
  }

  async closeCode(): Promise<number | undefined> {
    await until(() => this.closed !== undefined);
    return this.closed?.code;
  }

  /** Stops taking anything from the line, as a page that hangs does; `resume` goes on. */
  stall(): () => void {
    const line = (this.socket as unknown as { _socket: Socket })._socket;
    line.pause();
    return () => line.resume();
  }

  /** Payloads of the operation `id`. */
  payloads(id: string): Record<string, any>[] {
    return this.messages.filter(message => message.id === id && message.type === 'next').map(m => m.payload);
  }
}
