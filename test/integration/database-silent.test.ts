import { createConnection } from 'mysql2/promise';
import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { emptySchema } from '../support/empty-schema';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy';
import { startTestGateway, type TestGateway, usualDatabase } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { shopper } from '../support/shop';
import { elapse, until } from '../support/until';

/** All that may pass until a request is answered again. */
const REQUEST_MS = 5000;
const STATEMENT_MS = 500;

const lines: { level: number; msg: string }[] = [];
let proxy: FaultProxy;
let gateway: TestGateway;
let direct: Awaited<ReturnType<typeof createConnection>>;
beforeAll(async () => {
  const databaseUrl = await emptySchema();
  proxy = await startFaultProxy(databaseUrl);
  direct = await createConnection(databaseUrl);
  const write = (line: string) => void lines.push(JSON.parse(line));
  gateway = await startTestGateway(
    {},
    {
      databaseUrl: proxy.url,
      database: usualDatabase({ statementTimeoutMs: STATEMENT_MS, readinessTimeoutMs: 300 }),
      security: usualSecurity({ REQUEST_TIMEOUT_MS: String(REQUEST_MS) }),
    },
    { write },
  );
});
afterAll(async () => {
  await direct.end();
  await proxy.stop();
});
beforeEach(() => lines.splice(0));

const ORDERS = '{ orders { nodes { id state } } }';

/** Fills the pool with connections that are idle, as after busy times. */
const warmUp = async (token: string) => {
  await Promise.all(Array.from({ length: 30 }, () => gateway.send(token, ORDERS)));
};

test('silent connections are replaced, and every request is answered before its timeout', async () => {
  const token = await gateway.token('buyer@contoso.example');
  await warmUp(token);
  proxy.silence();
  const answers = await Promise.all(Array.from({ length: 40 }, () => gateway.send(token, ORDERS)));
  expect(answers.map(({ status, errors }) => [status, errors])).toEqual(Array(40).fill([200, undefined]));
  expect(await (await fetch(`${gateway.url}/readyz`)).json()).toMatchObject({ status: 'ready' });
});

test('the worker and the numbering of events resume', async () => {
  await warmUp(await gateway.token('sales@skyline.example'));
  const shop = shopper(gateway, 'sales@skyline.example');
  proxy.silence();
  await elapse(2 * STATEMENT_MS, 'the pollers meet the silence');
  await shop.order({ productId: demoId('prod', 'IC-BASE-1TB') }, accountId('Alpine Dental'));
  await until(async () => {
    const [[row]] = await direct.query<any>(
      'SELECT (SELECT COUNT(*) FROM operations WHERE dueAt IS NOT NULL) AS open, (SELECT COUNT(*) FROM events WHERE seq IS NULL) AS unnumbered',
    );
    return row.open === 0 && row.unnumbered === 0;
  });
  const [states] = await direct.query('SELECT state FROM orders');
  expect(states).toEqual([{ state: 'COMPLETED' }]);
});

test('the log reports the outage once, and its end once', async () => {
  const token = await gateway.token('buyer@contoso.example');
  await warmUp(token);
  proxy.refuse(true);
  proxy.cut();
  await elapse(1500, 'every poller meets the outage several times');
  proxy.refuse(false);
  await until(async () => (await gateway.send(token, ORDERS)).status === 200);
  const told = lines.filter(({ msg, level }) => level >= 40 || /database/.test(msg)).map(({ msg }) => msg);
  expect(told.filter(msg => /unavailable/.test(msg))).toEqual(['the database is unavailable']);
  expect(told.filter(msg => /available again/.test(msg))).toEqual(['the database is available again']);
  expect(told.filter(msg => !/database is/.test(msg))).toEqual([]);
});

// With the deadline of a statement it would find a connection that was replaced, and be ready.
test('readiness answers within its own deadline while everything is silent', async () => {
  await warmUp(await gateway.token('buyer@contoso.example'));
  proxy.silence();
  const response = await fetch(`${gateway.url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    status: 'not ready',
    reads: false,
    writes: false,
    missingMigrations: [],
  });
  await until(async () => (await fetch(`${gateway.url}/readyz`)).status === 200);
});

test('a connection that breaks during a statement causes no client error, not even at authentication', async () => {
  const token = await gateway.token('buyer@contoso.example');
  proxy.dropping(0.05);
  const refused: object[] = [];
  for (let round = 0; round < 30; round += 1) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.send(token, ORDERS)));
    refused.push(...answers.filter(({ status }) => status !== 200));
  }
  proxy.dropping(0);
  // With what the gateway has logged: it says why.
  expect({ refused, logged: refused.length > 0 ? lines : [] }).toEqual({ refused: [], logged: [] });
});

test('a gateway stops while its database is silent', async () => {
  proxy.silence();
  await gateway.app.stop();
  await gateway.simulator.stop();
});
