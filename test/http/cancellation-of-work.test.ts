import { request } from 'node:http';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { accountId } from '../../dev/demo-data';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { connect } from '../support/sockets';
import { until } from '../support/until';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(
    {},
    { security: usualSecurity({ REQUEST_TIMEOUT_MS: '2500', MAX_IN_FLIGHT: '2' }) },
  );
});
afterAll(() => gateway.stop());

const database = () => createConnection(databaseUrl());
const databaseUrl = () => {
  const name = `test_w${process.env.JEST_WORKER_ID ?? '1'}`;
  return new URL(`/${name}`, process.env.TEST_DATABASE_URL).toString();
};

/** Statements that wait on the server because a table is locked. */
async function waiting(): Promise<number> {
  const rows = await gateway.rows<RowDataPacket>(
    `SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE LIKE 'Waiting for table%'`,
  );
  return rows.length;
}

test('a request ends at its timeout, and so does its statement in the database', async () => {
  const token = await gateway.token('buyer@contoso.example');
  const locker = await database();
  await locker.query('LOCK TABLES orders WRITE');
  try {
    const { status, errors } = await gateway.send(token, '{ orders { nodes { id } } }');
    expect([status, errors?.[0]?.extensions.code]).toEqual([504, 'OPERATION_TIMEOUT']);
    await until(async () => (await waiting()) === 0);
  } finally {
    await locker.end();
  }
  expect((await gateway.send(token, '{ orders { nodes { id } } }')).status).toBe(200);
});

test('an operation over WebSocket or SSE ends at its timeout too', async () => {
  const token = await gateway.token('buyer@contoso.example');
  const query = '{ orders { nodes { id } } }';
  const live = await connect(gateway.url, token);
  const locker = await database();
  await locker.query('LOCK TABLES orders WRITE');
  try {
    live.send({ type: 'subscribe', id: '1', payload: { query } });
    const streamed = fetch(`${gateway.url}/graphql/stream`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ query }),
    });
    const { payload } = await live.next(({ id }) => id === '1');
    expect(payload.errors[0].extensions.code).toBe('OPERATION_TIMEOUT');
    expect(await (await streamed).text()).toContain('"code":"OPERATION_TIMEOUT"');
    await until(async () => (await waiting()) === 0);
  } finally {
    await locker.end();
  }
  live.send({ type: 'subscribe', id: '2', payload: { query } });
  expect((await live.next(({ id }) => id === '2')).payload.errors).toBeUndefined();
  live.socket.terminate();
});

test('a statement is cancelled when its WebSocket closes', async () => {
  const live = await connect(gateway.url, await gateway.token('buyer@contoso.example'));
  const locker = await database();
  await locker.query('LOCK TABLES orders WRITE');
  try {
    live.send({ type: 'subscribe', id: '1', payload: { query: '{ orders { nodes { id } } }' } });
    await until(async () => (await waiting()) === 1);
    live.socket.terminate();
    await until(async () => (await waiting()) === 0);
  } finally {
    await locker.end();
  }
});

test('a statement is cancelled when its client disconnects', async () => {
  const token = await gateway.token('buyer@contoso.example');
  const locker = await database();
  await locker.query('LOCK TABLES orders WRITE');
  try {
    const call = request(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
    call.on('error', () => undefined);
    call.end(JSON.stringify({ query: '{ orders { nodes { id } } }' }));
    await until(async () => (await waiting()) === 1);
    call.destroy();
    await until(async () => (await waiting()) === 0);
  } finally {
    await locker.end();
  }
});

test('a mutation that reaches its timeout writes nothing', async () => {
  const token = await gateway.token('sales@skyline.example');
  const before = await gateway.rows('SELECT * FROM baskets ORDER BY id');
  const locker = await database();
  await locker.query('LOCK TABLES events WRITE, sequencer WRITE');
  try {
    const query =
      'mutation ($input: ChooseRecipientInput!) { chooseRecipient(input: $input) { errors { code } } }';
    const { status } = await gateway.send(token, query, { input: { accountId: accountId('Alpine Dental') } });
    expect(status).toBe(504);
  } finally {
    await locker.end();
  }
  await until(async () => (await waiting()) === 0);
  expect(await gateway.rows('SELECT * FROM baskets ORDER BY id')).toEqual(before);
});

test('requests beyond the bound get a Retry-After, and running ones are answered', async () => {
  const token = await gateway.token('buyer@contoso.example');
  const third = async () =>
    fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
  const locker = await database();
  await locker.query('LOCK TABLES orders WRITE');
  const held = [1, 2].map(() => gateway.send(token, '{ orders { nodes { id } } }'));
  try {
    await until(async () => (await waiting()) === 2);
    const refused = await third();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
    await third();
  } finally {
    await locker.end();
  }
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
  await gateway.app.deps.metrics.scrape();
  const { rejected } = gateway.app.deps.metrics.requests;
  expect((await rejected.get()).values[0]?.value).toBe(2);
  expect((await third()).status).toBe(200);
});
