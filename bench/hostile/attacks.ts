import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** Target of an attack. `ends` is a value of `performance.now()`. */
export interface Target {
  host: string;
  port: number;
  bearer: string;
  ends: number;
}

/** Another loopback address, so that the attacker has its own bucket. */
const LOCAL_ADDRESS = '127.0.0.2';
const CONNECTIONS = 64;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, localAddress: LOCAL_ADDRESS });
let counter = 0;

/** Sends bodies over many connections, one at a time on each. */
function postAll(make: () => object): (target: Target) => Promise<void> {
  return async target => {
    const one = async () => {
      while (performance.now() < target.ends) await post(target, JSON.stringify(make()));
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, one));
  };
}

function post({ host, port, bearer }: Target, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: bearer };
  return new Promise(resolve => {
    const sent = request({ host, port, path: '/graphql', method: 'POST', agent, headers }, response => {
      response.resume().once('close', resolve);
    });
    sent.once('error', () => resolve()).end(body);
  });
}

/** Sends `bytes` over many concurrent sockets, then `more` on each of them until the end. Reopens closed sockets. */
function sockets(count: number, bytes: string, more: string, everyMs: number) {
  return async ({ host, port, ends }: Target): Promise<void> => {
    const one = async () => {
      while (performance.now() < ends) {
        const socket = connect({ host, port, localAddress: LOCAL_ADDRESS });
        socket.on('error', () => undefined).resume();
        socket.write(bytes);
        while (!socket.destroyed && performance.now() < ends) {
          await sleep(everyMs);
          if (more) socket.write(more);
        }
        socket.destroy();
      }
    };
    await Promise.all(Array.from({ length: count }, one));
  };
}

async function webSockets({ host, port, ends }: Target): Promise<void> {
  const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(100_000) } });
  const one = async () => {
    while (performance.now() < ends) {
      const socket = new WebSocket(`ws://${host}:${port}/graphql`, 'graphql-transport-ws', {
        localAddress: LOCAL_ADDRESS,
      } as never);
      socket.on('error', () => undefined);
      socket.on('open', () => {
        socket.send(JSON.stringify({ type: 'connection_init' }));
        socket.pause();
      });
      while (socket.readyState !== socket.CLOSED && performance.now() < ends) {
        await sleep(20);
        if (socket.readyState === socket.OPEN && socket.bufferedAmount < 1_000_000) socket.send(ping);
      }
      socket.terminate();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
}

const HEAD =
  'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 200000\r\n\r\n';
const fresh = () => {
  counter += 1;
  return counter;
};

/** Attacks within the limits, by their name in the table. */
export const attacks: Readonly<Record<string, (target: Target) => Promise<void>>> = {
  'new documents of 490 equal fields': postAll(() => ({
    query: `query Q${fresh()} { products(first: 1) { nodes { ${'sku '.repeat(490)} } } }`,
  })),
  'new documents of 180 fields with arguments': postAll(() => ({
    query: `query Q${fresh()} { category(slug: "a") { ${'products(first: 1) { totalCount } '.repeat(180)} } }`,
  })),
  'operations of 900 points': postAll(() => ({
    query: `{ ${Array.from({ length: 9 }, (_, n) => `a${n}: products(first: 99) { nodes { id sku name slug description capacityBytes } }`).join(' ')} }`,
  })),
  'introspection in variants': postAll(() => ({
    query: `query Q${fresh()} { __schema { types { name fields { name description type { name kind } } } } }`,
  })),
  'variables that do not fit': postAll(() => ({
    query: 'query ($f: OrderFilter) { orders(filter: $f) { totalCount } }',
    variables: { f: Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`state${n}`, 1])) },
  })),
  'slow bodies': sockets(500, HEAD, 'x', 50),
  'half-open sockets': sockets(1000, 'POST /graphql HTTP/1.1\r\n', '', 200),
  'pipelined requests': sockets(100, '', 'GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(100), 10),
  'WebSockets that ping and do not read': webSockets,
};
