import { randomBytes, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const TEXT = 0x1;
const PING = 0x9;
const PONG = 0xa;

/** Encodes a client frame, masked with zeros, which RFC 6455 permits and which costs nothing. */
function frame(opcode: number, payload: Buffer): Buffer {
  const head =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0])
      : Buffer.from([0x80 | opcode, 0x80 | 126, payload.length >> 8, payload.length & 255, 0, 0, 0, 0]);
  return Buffer.concat([head, payload]);
}

/** Minimal WebSocket client, so that the clients do not dominate the measurement. */
export class CountingSocket {
  texts = 0;
  lastText = '';
  private rest: Buffer = Buffer.alloc(0);
  private upgraded = false;

  private constructor(
    private readonly socket: Socket,
    private readonly onText: () => void,
    private readonly onOpen: () => void,
  ) {
    socket.on('data', data => this.read(data));
    socket.on('error', () => undefined);
  }

  /** Opens a socket. Calls `onText` for every text message. */
  static open(port: number, onText: () => void): Promise<CountingSocket> {
    return new Promise(resolve => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      const opened = new CountingSocket(socket, onText, () => resolve(opened));
      socket.write(
        `GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n` +
          'Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
      );
    });
  }

  send(message: object): void {
    this.socket.write(frame(TEXT, Buffer.from(JSON.stringify(message))));
  }

  subscribe(query: string): void {
    this.send({ id: randomUUID(), type: 'subscribe', payload: { query } });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(data: Buffer): void {
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, data]) : data;
    const left = this.upgraded ? all : this.readHead(all);
    this.rest = this.upgraded ? this.readFrames(left) : left;
  }

  private readHead(data: Buffer): Buffer {
    const end = data.indexOf('\r\n\r\n');
    if (end < 0) return data;
    this.upgraded = true;
    this.onOpen();
    return data.subarray(end + 4);
  }

  private readFrames(data: Buffer): Buffer {
    let left = data;
    while (left.length >= 2) {
      if (((left[1] ?? 0) & 127) === 126 && left.length < 4) break;
      const short = (left[1] ?? 0) & 127;
      const head = short < 126 ? 2 : 4;
      const length = short < 126 ? short : left.readUInt16BE(2);
      if (left.length < head + length) break;
      this.take((left[0] ?? 0) & 15, left.subarray(head, head + length));
      left = left.subarray(head + length);
    }
    return left;
  }

  private take(opcode: number, payload: Buffer): void {
    if (opcode === PING) this.socket.write(frame(PONG, payload));
    if (opcode !== TEXT) return;
    this.texts += 1;
    if (this.texts <= 3) this.lastText = payload.toString();
    this.onText();
  }
}
