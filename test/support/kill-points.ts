import http from 'node:http';
import net from 'node:net';
import { endpointOf } from '../../dev/simulator/broker/endpoints';

/** Stands between a gateway and what it talks to, and may end the gateway at any byte of the conversation. */
export interface Tap {
  url: string;
  stop(): Promise<void>;
}

/** Told of every point that the gateway passes; what it is told of has not gone on yet, and does so when it resolves. */
export type AtPoint = (point: string, text: string) => Promise<void>;

/** What a call to the service manager is called: its endpoint. */
const managerEndpoint = (_method: string, path: string) => path;

/** The same for the broker: `broker/provision`, `broker/last_operation`. */
const brokerEndpoint = (method: string, path: string) =>
  endpointOf(method, path.replace(/\?.*/, ''))?.endpoint ?? path;

/** A tap on the broker's HTTP, as on the service manager's. */
export const tapBroker = (target: string, at: AtPoint) => tapProvider(target, at, brokerEndpoint);

/**
 * A tap on a provider's HTTP: `before` a call is passed on, and `after` the provider has done it and before the gateway
 * hears so. Pre-checks do nothing, so they are no points.
 */
export async function tapProvider(target: string, at: AtPoint, nameOf = managerEndpoint): Promise<Tap> {
  const base = new URL(target);
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const text = `${request.url} ${body.toString('utf8')}`;
    const quiet = text.includes('"CheckOnly":true');
    const endpoint = nameOf(request.method ?? '', String(request.url).replace(base.pathname, ''));
    if (!quiet) await at(`before ${endpoint}`, text);
    const onward = http.request(
      new URL(request.url ?? '', base),
      { method: request.method, headers: request.headers },
      async answer => {
        const parts: Buffer[] = [];
        for await (const part of answer) parts.push(part as Buffer);
        if (!quiet) await at(`after ${endpoint}`, text);
        response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(parts));
      },
    );
    onward.on('error', () => response.destroy());
    onward.end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base.pathname}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * A query on the wire: COM_QUERY, then, where client and server know query attributes, that there is none in one set
 * (https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query.html).
 */
const query = (sql: string) => [Buffer.from(`\x03${sql}`), Buffer.from(`\x03\x00\x01${sql}`)];
const BEGIN = query('START TRANSACTION');
const COMMIT = query('COMMIT');
const holds = (chunk: Buffer, either: Buffer[]) => either.some(bytes => chunk.includes(bytes));

/**
 * A tap on the database's TCP: `before COMMIT` reaches the server, and `after COMMIT` is done and before the gateway hears
 * so; the text is what the transaction has sent.
 */
export async function tapDatabase(target: string, at: AtPoint): Promise<Tap> {
  const to = new URL(target);
  const open = new Set<net.Socket>();
  const server = net.createServer(near => {
    const far = net.connect(Number(to.port), to.hostname);
    let sent = '';
    let committing = false;
    // In order: a chunk waits until the one before it has gone on.
    let turn = Promise.resolve();
    near.on('data', chunk => {
      turn = turn.then(async () => {
        if (holds(chunk, BEGIN)) sent = '';
        sent += chunk.toString('latin1');
        if (holds(chunk, COMMIT)) {
          committing = true;
          await at('before COMMIT', sent);
        }
        far.write(chunk);
      });
    });
    let back = Promise.resolve();
    far.on('data', chunk => {
      back = back.then(async () => {
        if (committing) {
          committing = false;
          await at('after COMMIT', sent);
        }
        near.write(chunk);
      });
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = String((server.address() as net.AddressInfo).port);
  return {
    url: url.toString(),
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
