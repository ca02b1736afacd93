import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { ProvisioningErrorCode } from '../../src/entities';
import { Metrics } from '../../src/observability';
import { person } from '../support/back-office';
import { MANAGER, RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { operationText } from '../support/operations';
import { clearLedger, fault, faults, ledger, refuse } from '../support/provider/of-gateway';
import { Scrape } from '../support/scrape';
import { shopper } from '../support/shop';
import { connect } from '../support/sockets';
import { Listener, PROVISIONING } from '../support/streams';
import { found, until } from '../support/until';

const BASE = { productId: demoId('prod', 'IC-BASE-1TB') };
const LINE = { ...BASE, addons: [{ addonId: demoId('add', 'IC-ADD-1TB'), quantity: 2 }] };

let gateway: TestGateway;
let metricsUrl: string;
beforeAll(async () => {
  const observability = {
    accessLog: 'off' as const,
    metrics: { host: '127.0.0.1', port: 0 },
    tracing: null,
  };
  const retries = { firstMs: 10, maxMs: 20, maxAttempts: 8, totalMs: 60_000 };
  gateway = await startTestGateway({ retries }, { observability });
  metricsUrl = gateway.app.metricsUrl ?? '';
});
afterAll(() => gateway.stop());

/** Of every provider. */
const NOTHING = { 'impossible-cloud': 0, 'open-service-broker': 0 };

/** What is read from tables is kept for a while: a scrape of what is there now. */
async function scrapeAfresh(isSo: (scrape: Scrape) => boolean): Promise<Scrape> {
  const scraped = async () => {
    const scrape = await Scrape.of(metricsUrl);
    return isSo(scrape) ? scrape : undefined;
  };
  return found(scraped, { what: `a scrape in which ${isSo}`, everyMs: 200 });
}

test('the next scrape counts every call of an order and its stream', async () => {
  await clearLedger(gateway);
  const token = await gateway.token(RESELLER);
  const listener = new Listener(gateway.url, token, PROVISIONING);
  await listener.has(1);
  const { order } = await shopper(gateway, RESELLER).order(LINE, accountId('Alpine Dental'));
  await gateway.settled();
  await until(() => listener.messages.at(-1)?.operationState === 'SUCCEEDED');
  const scrape = await scrapeAfresh(one => one.value('skybasket_operation_seconds_count') === 1);

  expect(order.operations).toHaveLength(1);
  expect(scrape.by('skybasket_operation_seconds_count', 'kind', 'outcome')).toEqual({
    'PROVISION,succeeded': 1,
  });
  expect(scrape.by('skybasket_step_seconds_count', 'step', 'outcome')).toEqual({
    'SYNCHRONIZE_RESELLER,succeeded': 1,
    'IMPORT_CUSTOMER,succeeded': 1,
    'ASSIGN_LICENSE,succeeded': 1,
    'ASSIGN_ADDONS,succeeded': 1,
  });
  const calls = scrape.by('skybasket_provider_call_seconds_count', 'provider', 'call', 'outcome');
  expect(calls).toEqual({
    'impossible-cloud,precheck,OK': 1,
    'impossible-cloud,accounts.find,OK': 2,
    'impossible-cloud,accounts.synchronize,OK': 2,
    'impossible-cloud,createSubscription,OK': 1,
    'impossible-cloud,setAddons,OK': 1,
  });
  const made = Object.values((await ledger(gateway)).calls).reduce((sum, count) => sum + count, 0);
  expect(Object.values(calls).reduce((sum, count) => sum + count, 0)).toBe(made);
  expect(scrape.by('skybasket_operations_claimed', 'provider')).toEqual(NOTHING);
  expect(scrape.by('skybasket_provider_circuit_open', 'provider')).toEqual(NOTHING);

  expect(scrape.value('skybasket_stream_connections')).toBe(1);
  expect(scrape.by('skybasket_stream_readers', 'place')).toEqual({ live: 1, behind: 0 });
  expect(scrape.value('skybasket_stream_reader_lag_events')).toBe(0);
  expect(scrape.value('skybasket_stream_delivery_seconds_count')).toBeGreaterThan(0);
  expect(scrape.value('skybasket_database_reachable')).toBe(1);
  expect(scrape.value('skybasket_database_pool_limit')).toBe(10);
  expect(scrape.value('skybasket_database_pool_waiting')).toBe(0);
  expect(scrape.value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  await listener.stop();
});

test('open, late and stopped operations are reported with their age', async () => {
  const shop = shopper(gateway, RESELLER);
  await faults(gateway, refuse('subscriptions/create'));
  await shop.order(BASE, accountId('Birch Legal'));
  await gateway.settled();
  // Nobody carries out what is for a provider that this worker does not know.
  await gateway.rows(
    `UPDATE operations SET state = 'RUNNING', provider = 'elsewhere', dueAt = NOW(3) - INTERVAL 90 SECOND,
     createdAt = NOW(3) - INTERVAL 600 SECOND WHERE state = 'SUCCEEDED'`,
  );
  await gateway.rows(
    `UPDATE operations SET finishedAt = NOW(3) - INTERVAL 3600 SECOND WHERE state = 'FAILED'`,
  );
  const scrape = await scrapeAfresh(one => one.value('skybasket_operations', { state: 'RUNNING' }) === 1);

  expect(scrape.by('skybasket_operations', 'state')).toEqual({ PENDING: 0, RUNNING: 1, FAILED: 1 });
  const ages = scrape.by('skybasket_operations_oldest_seconds', 'state');
  expect([
    ages.PENDING,
    Math.floor(Number(ages.RUNNING) / 100),
    Math.floor(Number(ages.FAILED) / 100),
  ]).toEqual([0, 6, 36]);
  expect(Math.floor(Number(scrape.value('skybasket_operations_overdue_seconds')) / 30)).toBe(3);
  const calls = scrape.by('skybasket_provider_call_seconds_count', 'call', 'outcome');
  expect(calls['createSubscription,REJECTED']).toBe(1);
  const none = Object.keys(NOTHING).flatMap(provider =>
    Object.values(ProvisioningErrorCode).map(code => [`${provider},${code}`, 0]),
  );
  expect(scrape.by('skybasket_provider_faults_total', 'provider', 'code')).toEqual({
    ...Object.fromEntries(none),
    'impossible-cloud,REJECTED': 1,
  });
  expect(scrape.value('skybasket_operation_seconds_count', { outcome: 'failed' })).toBe(1);
  expect(scrape.value('skybasket_step_seconds_count', { outcome: 'failed', step: 'ASSIGN_LICENSE' })).toBe(1);

  // A failed operation waits for a person until it is abandoned, whose UNDO is one more operation.
  const [failed] = await gateway.rows(`SELECT id FROM operations WHERE state = 'FAILED'`);
  const abandoned = await person(gateway, MANAGER).abandon({ operationId: failed?.id });
  expect(abandoned.errors).toEqual([]);
  const after = await scrapeAfresh(
    one =>
      one.value('skybasket_operations', { state: 'FAILED' }) === 0 &&
      one.value('skybasket_operation_seconds_count', { kind: 'UNDO' }) === 1,
  );
  const seconds = after.by('skybasket_operation_seconds_count', 'kind', 'outcome');
  expect(seconds).toMatchObject({ 'PROVISION,abandoned': 1, 'UNDO,succeeded': 1 });
  await gateway.rows(`UPDATE operations SET state = 'SUCCEEDED', dueAt = NULL WHERE provider = 'elsewhere'`);
}, 60_000);

test('a transient fault is counted at its call, and the step once', async () => {
  const before = await Scrape.of(metricsUrl);
  await faults(gateway, fault('status', 'subscriptions/create', { status: 503, checkOnly: false, times: 2 }));
  await shopper(gateway, RESELLER).order(BASE, accountId('Cedar Foods'));
  await gateway.settled();
  const label = { call: 'createSubscription', outcome: 'UNAVAILABLE' };
  const scrape = await scrapeAfresh(one => one.value('skybasket_provider_call_seconds_count', label) === 2);
  const steps = (one: Scrape) =>
    one.value('skybasket_step_seconds_count', { step: 'ASSIGN_LICENSE', outcome: 'succeeded' }) ?? 0;
  expect(steps(scrape) - steps(before)).toBe(1);
});

test('requests are counted by operation, transport and outcome; unknown operations share one label', async () => {
  const token = await gateway.token('buyer@contoso.example');
  const counts = (scrape: Scrape) =>
    scrape.by('skybasket_request_seconds_count', 'operation', 'transport', 'outcome');
  const before = await Scrape.of(metricsUrl);
  await gateway.send(token, operationText('16-orders'));
  await gateway.send(token, 'query MadeUp { viewer { id } }');
  await gateway.send(token, 'query MadeUpToo { viewer { id } }');
  await gateway.send(null, 'query Orders { orders { nodes { id } } }');
  await gateway.send(token, '{ nothing }');
  const live = await connect(gateway.url, token);
  live.send({ type: 'subscribe', id: '1', payload: { query: operationText('16-orders') } });
  await live.next(({ type }) => type === 'complete');
  live.socket.terminate();
  const after = await Scrape.of(metricsUrl);

  const names = /query (\w+)/.exec(operationText('16-orders'));
  const added = (key: string) => (counts(after)[key] ?? 0) - (counts(before)[key] ?? 0);
  expect(added(`${names?.[1]},http,ok`)).toBe(1);
  expect(added(`${names?.[1]},http,error`)).toBe(1);
  expect(added(`${names?.[1]},websocket,ok`)).toBe(1);
  expect(added('other,http,ok')).toBe(2);
  expect(added('other,http,error')).toBe(1);
  expect(after.text).not.toContain('MadeUp');
  const errors = (scrape: Scrape) => scrape.by('skybasket_request_errors_total', 'code');
  expect(errors(after).UNAUTHENTICATED).toBe((errors(before).UNAUTHENTICATED ?? 0) + 1);
  expect(errors(after).GRAPHQL_VALIDATION_FAILED).toBe((errors(before).GRAPHQL_VALIDATION_FAILED ?? 0) + 1);
  const cost = (scrape: Scrape) =>
    scrape.value('skybasket_request_cost_points_total', { operation: 'other' }) ?? 0;
  expect(cost(after)).toBeGreaterThan(cost(before));
  const statements = (scrape: Scrape) =>
    scrape.value('skybasket_request_statements_total', { operation: `${names?.[1]}` }) ?? 0;
  expect(statements(after)).toBeGreaterThan(statements(before));
});

test('answers from memory are counted as such, and every answer by its status', async () => {
  const before = await Scrape.of(metricsUrl);
  const query = '{ categories { slug } }';
  for (const _ of [1, 2, 3, 4, 5]) await gateway.send(null, query);
  await fetch(`${gateway.url}/nothing`);
  const after = await Scrape.of(metricsUrl);
  const added = (name: string, labels = {}) =>
    (after.value(name, labels) ?? 0) - (before.value(name, labels) ?? 0);
  // The first is Apollo Server's, the second is remembered, the third kept.
  const executed = { operation: 'other', transport: 'http', outcome: 'ok' };
  expect(added('skybasket_request_seconds_count', executed)).toBe(3);
  expect(added('skybasket_cached_answers_sent_total')).toBe(2);
  expect(added('skybasket_cached_answers')).toBe(1);
  expect(added('skybasket_http_responses_total', { status: '200' })).toBe(5);
  expect(added('skybasket_http_responses_total', { status: '404' })).toBe(1);
});

test('the gateway itself does not show metrics, and their port shows nothing else', async () => {
  expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
  expect((await fetch(new URL('/graphql', metricsUrl))).status).toBe(404);
});

test('a restart of a unit of work is counted', async () => {
  const { db } = gateway.app.deps;
  const before = (await Scrape.of(metricsUrl)).value('skybasket_database_restarts_total');
  let tries = 0;
  await db.transaction(async tx => {
    tries += 1;
    if (tries === 1) throw Object.assign(new Error('deadlock'), { errno: 1213 });
    await tx.rows('SELECT 1');
  });
  expect((await Scrape.of(metricsUrl)).value('skybasket_database_restarts_total')).toBe((before ?? 0) + 1);
});

test('two gateways in one process have separate metrics', async () => {
  const [one, other] = [new Metrics(), new Metrics()];
  one.requests.errors.inc({ code: 'X' });
  expect(await one.scrape()).toContain('code="X"');
  expect(await other.scrape()).not.toContain('code="X"');
});
