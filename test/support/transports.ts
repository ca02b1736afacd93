import { connect, type TestSocket } from './sockets';

/** An answer, whichever transport brought it. */
export interface TransportAnswer {
  data?: unknown;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
  extensions?: { cost?: unknown };
}

/** Sends one request and resolves with its answer. */
export type Ask = (request: { query: string; variables: object }) => Promise<TransportAnswer>;

/** Every transport of a gateway, for one caller. */
export interface Transports {
  http: Ask;
  websocket: Ask;
  sse: Ask;
  close(): void;
}

/** Opens every transport of the gateway at `url` for the caller with `token`. */
export async function openTransports(url: string, token: string): Promise<Transports> {
  const socket = await connect(url, token);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return {
    http: async request => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify(request),
      });
      return (await response.json()) as TransportAnswer;
    },
    websocket: request => overSocket(socket, request),
    sse: async request => {
      const response = await fetch(`${url}/graphql/stream`, {
        method: 'POST',
        headers: { ...headers, accept: 'text/event-stream' },
        body: JSON.stringify(request),
      });
      const [, data = 'null'] = /^data: ([^\n]*)/m.exec(await response.text()) ?? [];
      return JSON.parse(data) as TransportAnswer;
    },
    close: () => socket.socket.terminate(),
  };
}

let lastId = 0;

async function overSocket(socket: TestSocket, payload: object): Promise<TransportAnswer> {
  lastId += 1;
  const id = String(lastId);
  socket.send({ type: 'subscribe', id, payload });
  const message = await socket.next(({ id: of, type }) => of === id && type !== 'complete');
  // Long runs would search through every message so far.
  socket.messages.splice(0, socket.messages.indexOf(message) + 1);
  return message.type === 'error' ? { errors: message.payload } : message.payload;
}
