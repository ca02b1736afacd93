import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A message as the receiver got it. */
export interface Received {
  id: string;
  headers: Record<string, string>;
  body: string;
  json: { type: string; timestamp: string; data: Record<string, any> };
  /** What it was answered with; null where it got no answer. */
  status: number | null;
}

/** What a receiver does with a request: a status to answer with, or something worse. */
export type Behaviour =
  | number
  | 'hang'
  | 'reset'
  | 'garble'
  | 'ramble'
  | { status: number; headers: Record<string, string> };

/** A receiver of webhooks that can be told to misbehave, and that can go away and come back at its port. */
export interface Receiver {
  url: string;
  /** Everything that it got, in order. */
  requests: Received[];
  /** What it took: the first time of each id, in order. */
  readonly taken: Received[];
  /** Asked at every request; the answer is 204 unless it says otherwise. */
  behave: (message: Received) => Behaviour | undefined;
  /** Goes away, connections and all. */
  down(): Promise<void>;
  /** Comes back at the same port. */
  up(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one on loopback. */
export async function startReceiver(): Promise<Receiver> {
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;
  const receiver: Receiver = {
    url: '',
    requests: [],
    get taken() {
      const seen = new Set<string>();
      return receiver.requests.filter(
        ({ id, status }) => status !== null && status < 300 && !seen.has(id) && seen.add(id),
      );
    },
    behave: () => undefined,
    async down() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
    async up() {
      server = createServer((request, response) => void answer(receiver, request, response));
      server.on('connection', socket => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      ({ port } = server.address() as AddressInfo);
      receiver.url = `http://127.0.0.1:${port}/hooks`;
    },
    stop: () => (server.listening ? receiver.down() : Promise.resolve()),
  };
  await receiver.up();
  return receiver;
}

async function answer(receiver: Receiver, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return;
  }
  const body = Buffer.concat(chunks).toString();
  const headers = request.headers as Record<string, string>;
  const message: Received = {
    id: headers['webhook-id'] ?? '',
    headers,
    body,
    json: JSON.parse(body),
    status: null,
  };
  receiver.requests.push(message);
  const how = receiver.behave(message) ?? 204;
  if (how === 'hang') return;
  if (how === 'reset') return void request.socket.destroy();
  if (how === 'garble') return void request.socket.end('This is not HTTP.\r\n\r\n');
  if (how === 'ramble') return void response.end('x'.repeat(100_000));
  const { status, headers: more } = typeof how === 'number' ? { status: how, headers: {} } : how;
  message.status = status;
  response.writeHead(status, more).end();
}

/** The signature that Standard Webhooks asks for, written down once more. */
export function expectedSignature(secret: string, { headers, body }: Received): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
