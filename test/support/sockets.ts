import { once } from 'node:events';
import { WebSocket } from 'ws';

/** What a socket got, and how it was closed. */
export interface TestSocket {
  socket: WebSocket;
  messages: Record<string, any>[];
  send(message: object | string): void;
  /** The next message that `is` holds for, also one that is there already. */
  next(is: (message: Record<string, any>) => boolean): Promise<Record<string, any>>;
  closed: Promise<{ code: number; reason: string }>;
}

/** Opens a `graphql-transport-ws` socket; says nothing on it. */
export async function openSocket(url: string, options: object = {}): Promise<TestSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', options);
  const messages: Record<string, any>[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', data => {
    messages.push(JSON.parse(String(data)));
    for (const wake of waiting) wake();
  });
  socket.on('error', () => undefined);
  const closed = once(socket, 'close').then(([code, reason]) => ({ code, reason: String(reason) }));
  await Promise.race([once(socket, 'open'), closed]);
  return {
    socket,
    messages,
    closed,
    send: message => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: is =>
      new Promise(resolve => {
        const look = () => {
          const found = messages.find(is);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Opens a socket and introduces its caller. */
export async function connect(url: string, token: string | null): Promise<TestSocket> {
  const client = await openSocket(url);
  const payload = token ? { authorization: `Bearer ${token}` } : {};
  client.send({ type: 'connection_init', payload });
  await Promise.race([client.next(({ type }) => type === 'connection_ack'), client.closed]);
  return client;
}
