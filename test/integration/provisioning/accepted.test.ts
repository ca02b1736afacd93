import { deskOf, lastOperation, license, more, newAccount } from '../../support/desk';
import { startOn, startTestGateway, type TestGateway } from '../../support/gateway';
import { doing, simulatorAt } from '../../support/provider/simulator';
import { elapse, found, until } from '../../support/until';

/** Services whose provider answers 202 and does the work later. */

let gateway: TestGateway;
let provider: ReturnType<typeof simulatorAt>;
let manager: ReturnType<typeof deskOf>;
beforeAll(async () => {
  gateway = await startTestGateway();
  provider = simulatorAt(gateway.simulator.url);
  manager = deskOf(gateway);
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.reset());

const CREATED = 'subscription.created CB-SERVER=1 x1';
const ADDED = 'addon.set CB-ARCHIVE-100GB=2 x1';
const server = (name: string) => license(name, { 'CB-ARCHIVE-100GB': 2 }, 'CB-SERVER');

async function order(name: string) {
  const customer = await newAccount(gateway.rows, name);
  return manager.order(customer.id, server(name));
}

const stepsOf = async (subscriptionId: string) => {
  const { state, steps } = await lastOperation(gateway.rows, subscriptionId);
  return [state, ...steps.map(step => `${step.name} ${step.state} ${step.attempts}`)];
};

const DONE = [
  'SUCCEEDED',
  'CREATE_SUBSCRIPTION SUCCEEDED 0',
  'SYNCHRONIZE_RESELLER SKIPPED 0',
  'IMPORT_CUSTOMER SKIPPED 0',
  'ASSIGN_LICENSE SUCCEEDED 1',
  'ASSIGN_ADDONS SUCCEEDED 1',
  'ACTIVATE_SERVICE SUCCEEDED 0',
];

test('accepted work is polled until it is done: one call per step, one event per change', async () => {
  const { subscriptionId, operationId } = await order('Accepted once');
  await gateway.settled();
  expect(await stepsOf(subscriptionId)).toEqual(DONE);
  expect(await provider.effectsOf(subscriptionId)).toEqual([CREATED, ADDED]);
  const { calls, overlaps } = await provider.ledger();
  expect(calls).toMatchObject({ 'broker/provision': 1, 'broker/update': 1 });
  expect(calls['accounts/synchronize']).toBeUndefined();
  expect(overlaps).toBe(0);
  const events = await gateway.rows(
    `SELECT message, JSON_VALUE(data, '$.stepState') AS state FROM events
     WHERE operationId = ? AND JSON_VALUE(data, '$.step') = 'ASSIGN_LICENSE' ORDER BY id`,
    [operationId],
  );
  expect(events).toEqual([
    { message: 'ASSIGN_LICENSE is running, attempt 1.', state: 'RUNNING' },
    { message: 'ASSIGN_LICENSE is accepted; the provider works on it.', state: 'RUNNING' },
    { message: 'ASSIGN_LICENSE is done.', state: 'SUCCEEDED' },
  ]);
  expect(await gateway.rows('SELECT ticket FROM steps WHERE ticket IS NOT NULL')).toEqual([]);
});

/** Steps and operations that have ended since they were last forgotten, as the metrics have them. */
async function ended() {
  const { stepSeconds, operationSeconds } = gateway.app.deps.metrics.provisioning;
  const all = [await stepSeconds.get(), await operationSeconds.get()].flatMap(
    ({ values }): { metricName?: string; labels: object; value: number }[] => values,
  );
  return all
    .filter(({ metricName }) => metricName?.endsWith('_count'))
    .map(({ labels, value }) => [...Object.values(labels), value].join(' '));
}

test.each<[string, object | undefined, string[]]>([
  [
    'is done',
    undefined,
    ['ASSIGN_LICENSE succeeded 1', 'ASSIGN_ADDONS succeeded 1', 'PROVISION succeeded 1'],
  ],
  [
    'fails',
    doing('failLater', { endpoint: 'broker/provision' }),
    ['ASSIGN_LICENSE failed 1', 'PROVISION failed 1'],
  ],
])('accepted work is measured once, when it %s', async (how, fault, expected) => {
  const { stepSeconds, operationSeconds } = gateway.app.deps.metrics.provisioning;
  stepSeconds.reset();
  operationSeconds.reset();
  if (fault) await provider.setFaults(fault);
  await order(`Measured, ${how}`);
  await gateway.settled();
  await until(async () => (await ended()).some(line => line.startsWith('PROVISION')));
  expect(await ended()).toEqual(expected);
});

test('a provider that finishes at once is not polled', async () => {
  await provider.setFaults(doing('answer', { workMs: 0, times: null }));
  const { subscriptionId } = await order('Done at once');
  await gateway.settled();
  expect(await stepsOf(subscriptionId)).toEqual(DONE);
  expect((await provider.ledger()).calls['broker/last_operation']).toBeUndefined();
});

test('while the provider works the step is RUNNING, no process holds a claim, and any process polls', async () => {
  await provider.setFaults(doing('answer', { endpoint: 'broker/provision', workMs: 1500 }));
  const { subscriptionId } = await order('Long work');
  const waiting = async () =>
    (
      await gateway.rows(
        `SELECT o.owner, s.state, s.attempts FROM operations o JOIN steps s ON s.operationId = o.id
         WHERE o.subscriptionId = ? AND s.ticket IS NOT NULL`,
        [subscriptionId],
      )
    )[0];
  const unclaimed = await found(async () => {
    const row = await waiting();
    return row?.owner === null ? row : undefined;
  });
  expect(unclaimed).toEqual({ owner: null, state: 'RUNNING', attempts: 1 });
  const second = await startOn({ ...gateway.settings, migrate: false });
  await gateway.settled();
  await second.stop();
  expect(await stepsOf(subscriptionId)).toEqual(DONE);
  expect(await provider.effectsOf(subscriptionId)).toEqual([CREATED, ADDED]);
});

test('work that fails at the provider fails the operation with the message of the provider, and a retry repeats the call', async () => {
  await provider.setFaults(
    doing('failLater', { endpoint: 'broker/provision', message: 'The data centre is full' }),
  );
  const { subscriptionId, operationId } = await order('Fails later');
  await gateway.settled();
  const { state, steps } = await lastOperation(gateway.rows, subscriptionId);
  expect([state, steps[3]]).toMatchObject([
    'FAILED',
    {
      name: 'ASSIGN_LICENSE',
      state: 'FAILED',
      ticket: null,
      errorCode: 'REJECTED',
      errorMessage:
        'The provider refused: The data centre is full. Settle with the provider why it does not grant the license, then retry.',
    },
  ]);
  expect(await provider.effectsOf(subscriptionId)).toEqual([]);
  await manager.retry(operationId);
  await gateway.settled();
  expect(await stepsOf(subscriptionId)).toEqual(DONE);
  expect(await provider.effectsOf(subscriptionId)).toEqual([CREATED, ADDED]);
});

describe.each(['broker/provision', 'broker/update', 'broker/last_operation'])('at %s', endpoint => {
  test.each([
    ['an answer that is lost after the work was accepted', doing('resetAfter', { endpoint })],
    ['a connection that is lost before', doing('resetBefore', { endpoint })],
    ['HTTP 503', doing('status', { endpoint, status: 503, times: 2 })],
    ['bytes that are not JSON', doing('malformed', { endpoint })],
    ['a duplicate delivery', doing('answerTwice', { endpoint })],
  ])('%s leads to every effect once', async (name, fault) => {
    await provider.setFaults(fault);
    const { subscriptionId } = await order(`${name} at ${endpoint}`);
    await gateway.settled();
    expect((await stepsOf(subscriptionId))[0]).toBe('SUCCEEDED');
    expect(await provider.effectsOf(subscriptionId)).toEqual([CREATED, ADDED]);
  });
});

test('a failed poll is shown, does not count as an attempt, and polling continues', async () => {
  await provider.setFaults([
    doing('answer', { endpoint: 'broker/provision', workMs: 300 }),
    doing('status', { endpoint: 'broker/last_operation', status: 503, times: null }),
  ]);
  const { subscriptionId } = await order('Asked in vain');
  const shown = async () => (await lastOperation(gateway.rows, subscriptionId)).steps[3];
  await until(async () => (await shown())?.state === 'RETRYING');
  expect(await shown()).toMatchObject({ attempts: 1, errorCode: 'UNAVAILABLE' });
  // Far more questions than a call has attempts.
  await until(async () => ((await provider.ledger()).calls['broker/last_operation'] ?? 0) > 10);
  expect(await shown()).toMatchObject({ attempts: 1 });
  await provider.clear();
  await gateway.settled();
  expect(await stepsOf(subscriptionId)).toEqual(DONE);
});

test('an update is repeated after an earlier one that is still in progress', async () => {
  const { subscriptionId } = await order('Busy');
  await gateway.settled();
  // The first answer is lost while the work goes on, so the repetition finds the broker busy with it.
  await provider.setFaults(doing('resetAfter', { endpoint: 'broker/update', workMs: 250 }));
  await manager.order(
    (await gateway.rows('SELECT accountId FROM subscriptions WHERE id = ?', [subscriptionId]))[0]?.accountId,
    more(subscriptionId, { 'CB-ARCHIVE-100GB': 3 }),
  );
  await gateway.settled();
  expect((await stepsOf(subscriptionId))[0]).toBe('SUCCEEDED');
  expect(await provider.effectsOf(subscriptionId)).toEqual([
    CREATED,
    ADDED,
    'addon.set CB-ARCHIVE-100GB=5 x1',
  ]);
});

test('a cancelled subscription is deprovisioned first; one that the provider no longer has counts as deprovisioned', async () => {
  const { subscriptionId } = await order('Ended');
  await gateway.settled();
  await provider.setFaults(doing('answer', { endpoint: 'broker/deprovision', workMs: 1000 }));
  await manager.cancel(subscriptionId);
  await until(async () => ((await provider.ledger()).calls['broker/last_operation'] ?? 0) > 2);
  const [row] = await gateway.rows('SELECT state FROM subscriptions WHERE id = ?', [subscriptionId]);
  expect(row?.state).toBe('ACTIVE');
  await gateway.settled();
  expect(await gateway.rows('SELECT state FROM subscriptions WHERE id = ?', [subscriptionId])).toEqual([
    { state: 'CANCELLED' },
  ]);
  expect((await provider.effectsOf(subscriptionId)).at(-1)).toBe('subscription.cancelled CB-SERVER x1');
});

test('work that never ends fails at its deadline, and a retry polls the same ticket', async () => {
  const retries = { firstMs: 10, maxMs: 20, maxAttempts: 8, totalMs: 60_000 };
  const impatient = await startTestGateway(
    { retries: { ...retries, poll: { firstMs: 20, maxMs: 40, totalMs: 150 } } },
    { databaseUrl: gateway.settings.databaseUrl, migrate: false, demoData: false },
  );
  // Only the impatient one works on it: the other has another broker.
  await gateway.app.stop();
  const theirs = simulatorAt(impatient.simulator.url);
  await theirs.setFaults(doing('answer', { endpoint: 'broker/provision', workMs: 600 }));
  const customer = await newAccount(gateway.rows, 'Without end');
  const desk = deskOf(impatient);
  const { subscriptionId, operationId } = await desk.order(customer.id, server('Without end'));
  await gateway.settled();
  const { state, steps } = await lastOperation(gateway.rows, subscriptionId);
  expect([state, steps[3]]).toMatchObject([
    'FAILED',
    {
      state: 'FAILED',
      errorCode: 'OUTCOME_UNKNOWN',
      errorMessage:
        'The provider has accepted it and did not finish it in time. Given up waiting; retry it to ask again.',
    },
  ]);
  expect(steps[3]?.ticket).not.toBeNull();
  await elapse(600, 'the provider finishes the work that nobody polls');
  await desk.retry(operationId);
  await gateway.settled();
  expect((await lastOperation(gateway.rows, subscriptionId)).state).toBe('SUCCEEDED');
  const { calls } = await theirs.ledger();
  expect(calls['broker/provision']).toBe(1);
  await impatient.stop();
});
