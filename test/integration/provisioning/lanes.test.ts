import { pino } from 'pino';
import { currentTime } from '../../../src/clock';
import { exponentialBackoff } from '../../../src/jobs';
import { Metrics } from '../../../src/observability';
import { type Provider, ProviderFault } from '../../../src/providers';
import { ProvisioningWorker } from '../../../src/provisioning';
import { deskOf, license, newAccount } from '../../support/desk';
import { startTestGateway, type TestGateway } from '../../support/gateway';
import { doing, simulatorAt } from '../../support/provider/simulator';
import { elapse, until } from '../../support/until';

const limits = { slots: 2, failureThreshold: 5, openMs: 200 };
const retries = { firstMs: 10, maxMs: 20, maxAttempts: 8, totalMs: 60_000 };

let gateway: TestGateway;
let provider: ReturnType<typeof simulatorAt>;
let manager: ReturnType<typeof deskOf>;
beforeAll(async () => {
  gateway = await startTestGateway({ retries, worker: { limits: { ...limits, slots: 10 } } });
  provider = simulatorAt(gateway.simulator.url);
  manager = deskOf(gateway);
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.reset());

/** Orders of customers of their own, placed and not executed. */
async function placed(count: number, name: string): Promise<string[]> {
  const ids: string[] = [];
  for (let nth = 1; nth <= count; nth += 1) {
    const customer = await newAccount(gateway.rows, `${name} ${nth}`);
    ids.push(await manager.place(customer.id, license('Backups')));
  }
  return ids;
}

test('while a provider is down its circuit breaker is open, and no attempts are used', async () => {
  const orders = await placed(20, 'Outage');
  await provider.setFaults([
    doing('status', { endpoint: 'accounts/exists', times: null }),
    doing('status', { endpoint: 'accounts/synchronize', times: null }),
  ]);
  for (const id of orders) await manager.execute(id);
  // Ten times longer than eight attempts take; enough for six looks at whether the provider is back.
  await elapse(1500, 'no attempt is counted meanwhile');
  const { calls } = await provider.ledger();
  const [row] = await gateway.rows('SELECT SUM(attempts) AS attempts FROM steps');
  expect(Number(row?.attempts)).toBe(calls['accounts/exists']);
  const states = await gateway.rows('SELECT DISTINCT state FROM operations WHERE state NOT IN (?)', [
    ['PENDING', 'RUNNING'],
  ]);
  expect(states).toEqual([]);
  await provider.clear();
  await gateway.settled();
  expect(await gateway.rows('SELECT state, COUNT(*) AS n FROM orders GROUP BY state')).toEqual([
    { state: 'COMPLETED', n: 20 },
  ]);
});

test('a rejection does not open the circuit breaker', async () => {
  const orders = await placed(12, 'Refused');
  await provider.setFaults(doing('refuse', { endpoint: 'accounts/synchronize', times: 10 }));
  for (const id of orders) await manager.execute(id);
  await gateway.settled();
  expect(await gateway.rows('SELECT state, COUNT(*) AS n FROM orders GROUP BY state ORDER BY state')).toEqual(
    [
      { state: 'COMPLETED', n: 2 },
      { state: 'FAILED', n: 10 },
    ],
  );
});

/** A provider whose every call waits until it is let go, and then fails. */
function standingStill() {
  let letGo: () => void = () => undefined;
  let inFlight = 0;
  const gone = new Promise<void>(resolve => {
    letGo = resolve;
  });
  const wait = async (): Promise<never> => {
    inFlight += 1;
    await gone;
    throw new ProviderFault('REJECTED', 'The provider refused', { retryable: false });
  };
  const accounts = { needed: [], find: wait, synchronize: wait };
  const provider = { accounts, createSubscription: wait } as Partial<Provider> as Provider;
  return { provider, inFlight: () => inFlight, letGo: () => letGo() };
}

test('a provider that hangs takes only its own slots: orders of another provider continue', async () => {
  const orders = await placed(9, 'Sharing');
  await provider.setFaults(doing('status', { endpoint: 'accounts/exists', status: 401, times: null }));
  const operations: string[] = [];
  for (const id of orders) operations.push((await manager.execute(id)).operationId);
  await gateway.settled();
  await provider.clear();
  const still = standingStill();
  const { db, catalog, providers } = gateway.app.deps;
  const quick = providers.get('impossible-cloud') as Provider;
  const worker = new ProvisioningWorker({
    metrics: new Metrics().provisioning,
    db,
    catalog,
    providers: new Map([
      ['still', still.provider],
      ['quick', quick],
    ]),
    retries: exponentialBackoff(retries),
    clock: currentTime,
    log: pino({ level: 'silent' }),
    leaseMs: 15_000,
    drainMs: 10_000,
    limits,
  });
  // The gateway's own worker knows neither of the two. Those that stand still are due first.
  await gateway.rows(`UPDATE steps SET state = 'PENDING', attempts = 0 WHERE state = 'FAILED'`);
  const again = `UPDATE operations SET state = 'PENDING', provider = ?, dueAt = NOW(3) - INTERVAL ? SECOND WHERE id IN (?)`;
  await gateway.rows(`UPDATE orders SET state = 'EXECUTING'`);
  await gateway.rows(`UPDATE subscriptions SET syncState = 'PENDING'`);
  await gateway.rows(again, ['still', 60, operations.slice(0, 6)]);
  await gateway.rows(again, ['quick', 0, operations.slice(6)]);
  worker.start();
  await until(async () => {
    const [row] = await gateway.rows(`SELECT COUNT(*) AS n FROM operations WHERE state = 'SUCCEEDED'`);
    return row?.n === 3 && still.inFlight() >= limits.slots;
  });
  expect(still.inFlight()).toBe(limits.slots);
  still.letGo();
  await gateway.settled();
  await worker.stop();
  expect(
    await gateway.rows(
      'SELECT provider, state, COUNT(*) AS n FROM operations GROUP BY provider, state ORDER BY provider',
    ),
  ).toEqual([
    { provider: 'quick', state: 'SUCCEEDED', n: 3 },
    { provider: 'still', state: 'FAILED', n: 6 },
  ]);
});
