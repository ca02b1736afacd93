import { once } from 'node:events';
import { connect as connectTcp, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { networkOf } from '../../src/transport/client-address';
import { InFlightLimiter } from '../../src/transport/limits/in-flight-limiter';
import { UnreadBytesLimiter } from '../../src/transport/limits/unread-bytes-limiter';
import { startTestGateway, type TestConfig, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { connect } from '../support/sockets';
import { until } from '../support/until';

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

async function withGateway(env: NodeJS.ProcessEnv, work: (gateway: TestGateway) => Promise<void>) {
  const config: TestConfig = { security: usualSecurity(env) };
  const gateway = await startTestGateway({}, config);
  try {
    await work(gateway);
  } finally {
    await gateway.stop();
  }
}

/** Connections that have sent the head of a request and `body` of a body that goes on. */
async function halfOpen({ url }: TestGateway, count: number, path: string, body: string): Promise<Socket[]> {
  const { hostname, port } = new URL(url);
  const sockets = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connectTcp(Number(port), hostname);
      socket.on('error', () => undefined).resume();
      await once(socket, 'connect');
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: a\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: 250000\r\n\r\n${body}`,
      );
      return socket;
    }),
  );
  open.push(...sockets);
  return sockets;
}

const answers = async (gateway: TestGateway) => (await gateway.send(null, '{ __typename }')).status;
const ended = (sockets: readonly Socket[]) =>
  sockets.filter(({ destroyed, readableEnded }) => destroyed || readableEnded).length;

test('a thousand half-open requests do not block other clients', () =>
  withGateway({ MAX_IN_FLIGHT: '10' }, async gateway => {
    await halfOpen(gateway, 1000, '/graphql', '{');
    for (let time = 0; time < 20; time += 1) expect(await answers(gateway)).toBe(200);
  }));

test('bytes of incomplete requests are bounded, over /graphql and streams together', () =>
  withGateway({ UNREAD_BYTES: '2000000' }, async gateway => {
    const body = 'x'.repeat(100_000);
    const first = await halfOpen(gateway, 15, '/graphql/stream', body);
    const later = await halfOpen(gateway, 15, '/graphql', body);
    // Twenty fit; each one after that closes the oldest.
    await until(() => ended(first) === 10);
    expect(ended(later)).toBe(0);
    expect(await answers(gateway)).toBe(200);
  }));

test('at the limit for its address the oldest connection without a complete request is closed, not the new one', () =>
  withGateway({ CONNECTIONS_PER_ADDRESS: '10' }, async gateway => {
    const sockets = await halfOpen(gateway, 10, '/graphql', '{');
    expect(await answers(gateway)).toBe(200);
    await until(() => ended(sockets) === 1);
    expect(ended(sockets.slice(0, 1))).toBe(1);
  }));

test('a body that misses the read timeout ends its connection', () =>
  withGateway({ READ_TIMEOUT_MS: '300' }, async gateway => {
    const sockets = await halfOpen(gateway, 3, '/graphql', '{');
    await until(() => ended(sockets) === 3);
  }));

test('each caller gets its share of the concurrent requests', () => {
  const inFlight = new InFlightLimiter(20, 5);
  const slots = Array.from({ length: 8 }, () => inFlight.acquire());
  expect(slots.map(slot => slot?.assignTo('greedy'))).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(inFlight.acquire()?.assignTo('other')).toBe(true);
  slots[0]?.release();
  slots[0]?.release();
  expect(inFlight.acquire()?.assignTo('greedy')).toBe(true);
  expect([inFlight.current, inFlight.rejected]).toEqual([9, 3]);
});

test('a client that disconnects while its body is inflated, or with pipelined requests, frees its slots', () =>
  withGateway({ MAX_IN_FLIGHT: '20' }, async gateway => {
    const { hostname, port } = new URL(gateway.url);
    const body = gzipSync(JSON.stringify({ query: `{ viewer { id } } ${'#'.repeat(200_000)}` }));
    const head = `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: ${body.length}\r\n\r\n`;
    for (let round = 0; round < 30; round += 1) {
      const socket = connectTcp(Number(port), hostname).on('error', () => undefined);
      await once(socket, 'connect');
      for (let request = 0; request < 3; request += 1) socket.write(Buffer.concat([Buffer.from(head), body]));
      await new Promise<void>(resolve => setImmediate(resolve));
      socket.resetAndDestroy();
    }
    const { inFlight } = gateway.app.deps.metrics.requests;
    const now = async () => {
      await gateway.app.deps.metrics.scrape();
      return (await inFlight.get()).values[0]?.value;
    };
    await until(async () => (await now()) === 0);
    expect(await answers(gateway)).toBe(200);
  }));

test('a connection whose bytes were all read counts as the newest when it sends again', () => {
  const unread = new UnreadBytesLimiter(1000);
  const [one, other] = [new Socket(), new Socket()];
  unread.add(one, 400);
  unread.subtract(one, 6);
  expect(unread.bytes).toBe(394);
  unread.subtract(one, 1000);
  unread.add(other, 900);
  expect([unread.bytes, unread.closedAtLimit]).toEqual([900, 0]);
  unread.add(one, 200);
  expect([other.destroyed, one.destroyed, unread.bytes]).toEqual([true, false, 200]);
});

test('anonymous WebSockets are bounded by address and closed when idle; those of users are not', () =>
  withGateway({ ANONYMOUS_SOCKETS: '5', ANONYMOUS_IDLE_MS: '1500' }, async gateway => {
    const anonymous = await Promise.all(Array.from({ length: 5 }, () => connect(gateway.url, null)));
    const sixth = await connect(gateway.url, null);
    expect(await sixth.closed).toEqual({ code: 4429, reason: 'Too many connections' });
    const token = await gateway.token('buyer@northwind.example');
    const users = await Promise.all(Array.from({ length: 10 }, () => connect(gateway.url, token)));
    for (const { closed } of anonymous) expect(await closed).toEqual({ code: 1000, reason: 'Idle' });
    expect(users.map(({ socket }) => socket.readyState)).toEqual(users.map(() => 1));
    for (const { socket } of users) socket.terminate();
  }));

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['unknown', 'unknown'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('a connection whose control frame was read between fragments stays the oldest', () => {
  const unread = new UnreadBytesLimiter(1000);
  const sockets = [new Socket(), new Socket()];
  const [first, second] = sockets as [Socket, Socket];
  unread.add(first, 606);
  unread.subtract(first, 6);
  expect(unread.bytes).toBe(600);
  unread.add(second, 600);
  expect([first.destroyed, second.destroyed, unread.bytes]).toEqual([true, false, 600]);
  unread.subtract(second, 700);
  expect(unread.bytes).toBe(0);
});

test('pipelined requests of one connection are answered in order, one after the other', () =>
  withGateway({}, async gateway => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connectTcp(Number(port), hostname).on('error', () => undefined);
    await once(socket, 'connect');
    let answer = '';
    socket.on('data', chunk => {
      answer += String(chunk);
    });
    const request = (path: string) => `GET ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n\r\n`;
    const paths = Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? '/healthz' : '/nothing'));
    socket.write(paths.map(request).join(''));
    await until(() => answer.split('HTTP/1.1 ').length === 51);
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual(paths.map(path => (path === '/healthz' ? '200' : '404')));
    socket.write(request('/healthz').repeat(200));
    await once(socket, 'close');
    expect(await answers(gateway)).toBe(200);
  }));
