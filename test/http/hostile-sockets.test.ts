import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { connect, openSocket, type TestSocket } from '../support/sockets';
import { until } from '../support/until';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
// Whatever was done to it, the gateway goes on.
afterEach(async () => {
  expect((await gateway.send(null, '{ __typename }')).data).toEqual({ __typename: 'Query' });
});

async function flood({ socket }: TestSocket, message: object, count: number): Promise<void> {
  const text = JSON.stringify(message);
  for (let i = 0; i < count && socket.readyState === socket.OPEN; i += 1) {
    socket.send(text);
    if (i % 100 === 0) await setImmediate();
  }
}

test('a socket without connection_init is closed with 4408', async () => {
  const client = await openSocket(gateway.url);
  expect((await client.closed).code).toBe(4408);
});

test('a socket that subscribes before connection_init is closed with 4401', async () => {
  const client = await openSocket(gateway.url);
  client.send({ type: 'subscribe', id: '1', payload: { query: '{ __typename }' } });
  expect((await client.closed).code).toBe(4401);
});

test('a socket that repeats connection_init is closed with 4429', async () => {
  const client = await openSocket(gateway.url);
  await flood(client, { type: 'connection_init' }, 1000);
  expect((await client.closed).code).toBe(4429);
});

test('a socket that reuses the id of a running operation is closed with 4409', async () => {
  const client = await connect(gateway.url, await gateway.token('buyer@contoso.example'));
  const stream = {
    type: 'subscribe',
    id: '1',
    payload: { query: 'subscription { cancellationUpdates { __typename } }' },
  };
  client.send(stream);
  client.send(stream);
  expect((await client.closed).code).toBe(4409);
});

test.each(['not json', '{"type":"nonsense"}', '[]', '{"type":"subscribe","id":1}', 'null'])(
  'a socket that sends %s is closed with 4400',
  async text => {
    const client = await connect(gateway.url, null);
    client.send(text);
    expect((await client.closed).code).toBe(4400);
  },
);

test('a socket with an invalid token is closed with 4403', async () => {
  const client = await connect(gateway.url, 'made.up.token');
  expect((await client.closed).code).toBe(4403);
});

test.each([
  ['operations', (i: number) => ({ type: 'subscribe', id: `o${i}`, payload: { query: '{ __typename }' } })],
  ['pings', () => ({ type: 'ping' })],
])('a flood of %s is closed with 1008, and not answered further', async (_, make) => {
  const client = await connect(gateway.url, null);
  for (let i = 0; i < 5000 && client.socket.readyState === client.socket.OPEN; i += 1) {
    client.send(make(i));
    if (i % 100 === 0) await setImmediate();
  }
  expect((await client.closed).code).toBe(1008);
});

test('a flood of WebSocket ping frames ends the connection', async () => {
  const client = await connect(gateway.url, null);
  for (let i = 0; i < 5000 && client.socket.readyState === client.socket.OPEN; i += 1) {
    client.socket.ping();
    if (i % 100 === 0) await setImmediate();
  }
  // 1008, or 1006 where the reason is lost among the pongs.
  expect([1006, 1008]).toContain((await client.closed).code);
});

test('a client that sends long pings and does not read is disconnected', async () => {
  const client = await connect(gateway.url, null);
  const line = (client.socket as unknown as { _socket: Socket })._socket;
  line.pause();
  const payload = { text: 'x'.repeat(200_000) };
  // 20 MB of answers: more than the buffers of the system and the bound together.
  for (let i = 0; i < 100; i += 1) client.send({ type: 'ping', payload });
  await until(() => client.socket.bufferedAmount === 0);
  line.resume();
  expect((await client.closed).code).toBe(1006);
});

test('a giant frame is closed with 1009 before it is read', async () => {
  const client = await connect(gateway.url, null);
  client.send({ type: 'subscribe', id: '1', payload: { query: `{ __typename } # ${'x'.repeat(300_000)}` } });
  expect((await client.closed).code).toBe(1009);
});

test('a socket that does not answer pings is disconnected', async () => {
  const client = await openSocket(gateway.url, { autoPong: false });
  client.send({ type: 'connection_init' });
  await client.next(({ type }) => type === 'connection_ack');
  // 1006: nobody is there to be told a reason.
  expect((await client.closed).code).toBe(1006);
}, 60_000);

test('a client that sends its headers slowly is disconnected', async () => {
  const { hostname, port } = new URL(gateway.url);
  const socket = connectTcp(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write('POST /graphql HTTP/1.1\r\nHost: gateway\r\n');
  const dribble = setInterval(() => socket.write('x-more: 1\r\n'), 500);
  const [text] = await once(socket, 'data');
  clearInterval(dribble);
  socket.destroy();
  expect(String(text).split('\r\n')[0]).toBe('HTTP/1.1 408 Request Timeout');
}, 60_000);

test('the end of a session closes its socket with 4403, and no other', async () => {
  const ended = await gateway.token('buyer@northwind.example');
  const other = await connect(gateway.url, await gateway.token('buyer@contoso.example'));
  const client = await connect(gateway.url, ended);
  client.send({
    type: 'subscribe',
    id: '1',
    payload: { query: 'subscription { cancellationUpdates { __typename } }' },
  });
  await gateway.send(ended, 'mutation { signOut { signedOut } }');
  expect(await client.closed).toEqual({ code: 4403, reason: 'Sign in again' });
  other.send({ type: 'ping' });
  expect(await other.next(({ type }) => type === 'pong')).toEqual({ type: 'pong' });
  other.socket.terminate();
});
