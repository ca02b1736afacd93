import { Writable } from 'node:stream';
import { createConnection } from 'mysql2/promise';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { operationText } from '../support/operations';
import { connect } from '../support/sockets';
import { until } from '../support/until';

const BUYER = 'buyer@contoso.example';

let lines: Record<string, any>[] = [];
const destination = new Writable({
  write(chunk, _encoding, done) {
    lines.push(
      ...String(chunk)
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line)),
    );
    done();
  },
});
const requests = () => lines.filter(({ msg }) => msg === 'request');

let gateway: TestGateway | undefined;
afterEach(() => gateway?.stop());

async function start(accessLog: 'off' | 'executed' | 'all') {
  const observability = { accessLog, metrics: null, tracing: null };
  gateway = await startTestGateway({}, { observability }, destination);
  const token = await gateway.token(BUYER);
  const [user] = await gateway.rows('SELECT id FROM users WHERE email = ?', [BUYER]);
  lines = [];
  return { gateway, token, userId: user?.id };
}

test('a request has one line: user, operation, transport, cost, duration and outcome', async () => {
  const { gateway, token, userId } = await start('executed');
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: operationText('16-orders') }),
  });
  const { extensions } = (await response.json()) as Record<string, any>;
  expect(requests()).toEqual([
    expect.objectContaining({
      level: 30,
      requestId: response.headers.get('x-request-id'),
      operation: 'Orders',
      actorId: userId,
      roles: ['CUSTOMER'],
      transport: 'http',
      cost: extensions.cost.actualQueryCost,
      statements: expect.any(Number),
      ms: expect.any(Number),
      outcome: 'ok',
    }),
  ]);
  expect(requests()[0]?.statements).toBeGreaterThan(0);
  expect(JSON.stringify(lines)).not.toContain(token);
  expect(JSON.stringify(lines)).not.toContain(BUYER);
});

test('a rejected request is logged with its reason; an anonymous one without a user', async () => {
  const { gateway, token } = await start('executed');
  await gateway.send(null, '{ orders { nodes { id } } }');
  await gateway.send(token, `query ${'x'.repeat(500)} { nothing }`);
  expect(requests().map(({ actorId, outcome, operation }) => [actorId === null, outcome, operation])).toEqual(
    [
      [true, 'UNAUTHENTICATED', undefined],
      [false, 'GRAPHQL_VALIDATION_FAILED', undefined],
    ],
  );
});

test('an unexpected error is logged as INTERNAL_SERVER_ERROR, beside the line with its cause', async () => {
  const { gateway, token } = await start('executed');
  await gateway.rows('RENAME TABLE cancellation_requests TO elsewhere');
  await gateway.send(token, '{ cancellationRequests { nodes { id } } }');
  await gateway.rows('RENAME TABLE elsewhere TO cancellation_requests');
  const [line] = requests();
  expect(line?.outcome).toBe('INTERNAL_SERVER_ERROR');
  expect(
    lines.filter(({ msg }) => msg === 'request failed unexpectedly').map(({ requestId }) => requestId),
  ).toEqual([line?.requestId]);
});

test('operations over WebSocket and SSE and the start of a stream have one line each', async () => {
  const { gateway, token } = await start('executed');
  const live = await connect(gateway.url, token);
  live.send({ type: 'subscribe', id: '1', payload: { query: operationText('16-orders') } });
  await live.next(({ type }) => type === 'complete');
  const stream = 'subscription Watch { provisioningUpdates { __typename } }';
  live.send({ type: 'subscribe', id: '2', payload: { query: stream } });
  await live.next(({ type, id }) => type === 'next' && id === '2');
  live.socket.terminate();
  const sse = await fetch(`${gateway.url}/graphql/stream`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query: operationText('02-viewer') }),
  });
  await sse.text();
  await until(() => requests().length === 3);
  expect(requests().map(({ transport, operation, outcome }) => [transport, operation, outcome])).toEqual([
    ['websocket', 'Orders', 'ok'],
    ['websocket', 'Watch', 'ok'],
    ['sse', 'Viewer', 'ok'],
  ]);
  expect(requests().every(({ cost }) => cost > 0)).toBe(true);
  expect(requests()[0]?.statements).toBeGreaterThan(0);
});

test('a client that disconnects is logged, but not as an error', async () => {
  const { gateway, token } = await start('executed');
  const leaving = new AbortController();
  const locker = await createConnection(gateway.settings.databaseUrl);
  await locker.query('LOCK TABLES orders WRITE');
  const asked = fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    signal: leaving.signal,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ orders { nodes { id } } }' }),
  }).catch(() => 'left');
  await until(async () => {
    const rows = await gateway.rows(
      `SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE LIKE 'Waiting for table%'`,
    );
    return rows.length === 1;
  });
  leaving.abort();
  expect(await asked).toBe('left');
  await until(() => requests().length === 1);
  expect(requests()[0]?.outcome).toBe('gone');
  await locker.end();
});

test('cached answers are logged only if every request is', async () => {
  const ask = async (wanted: 'executed' | 'all' | 'off') => {
    const { gateway, token } = await start(wanted);
    for (const _ of [1, 2, 3, 4]) await gateway.send(token, '{ categories { slug } }');
    expect(new Set(requests().map(({ requestId }) => requestId)).size).toBe(requests().length);
    const outcomes = requests().map(({ outcome, actorId }) => [outcome, actorId !== null]);
    await gateway.stop();
    return outcomes;
  };
  const executed = ['ok', true];
  expect(await ask('executed')).toEqual([executed, executed, executed]);
  expect(await ask('all')).toEqual([executed, executed, executed, ['cached', true]]);
  expect(await ask('off')).toEqual([]);
  gateway = undefined;
}, 60_000);
