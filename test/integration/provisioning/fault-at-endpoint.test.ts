import { setTimeout as sleep } from 'node:timers/promises';
import { desk, lastOperation, license, MANAGER, more, newAccount } from '../../support/desk';
import { startTestGateway, type TestGateway } from '../../support/gateway';
import { simulatorAt } from '../../support/ledger';
import { doing } from '../../unit/provider/simulated';

const TIMEOUT_MS = 250;
const ATTEMPTS = 3;

let gateway: TestGateway;
let provider: ReturnType<typeof simulatorAt>;
beforeAll(async () => {
  // Faults in a row are what is looked at here, so the circuit stays closed.
  const limits = { slots: 32, breakAfter: 1_000_000, openMs: 1 };
  const retries = { firstMs: 10, mostMs: 20, attempts: ATTEMPTS, totalMs: 60_000 };
  gateway = await startTestGateway({ retries, worker: { limits } }, { provider: { timeoutMs: TIMEOUT_MS } });
  provider = simulatorAt(gateway.simulator.url);
});
afterAll(() => gateway.stop());

interface Case {
  fault: object;
  /** What the step shows of it; undefined when the call succeeds. */
  code?: string;
  passing?: boolean;
  /** Whether the provider does the work all the same. */
  done?: boolean;
}

const faults: Record<string, Case> = {
  'a duplicate answer': { fault: doing('answerTwice'), done: true },
  'HTTP 503': { fault: doing('status', { status: 503 }), code: 'UNAVAILABLE', passing: true },
  'HTTP 429': { fault: doing('status', { status: 429 }), code: 'UNAVAILABLE', passing: true },
  'HTTP 401': { fault: doing('status', { status: 401 }), code: 'UNAUTHORIZED' },
  'HTTP 422': { fault: doing('status', { status: 422 }), code: 'BAD_RESPONSE' },
  'a refusal': { fault: doing('refuse', { code: -12, message: 'No name' }), code: 'REJECTED' },
  'a malformed answer': { fault: doing('malformed'), code: 'BAD_RESPONSE', passing: true, done: true },
  'no answer': { fault: doing('hang'), code: 'OUTCOME_UNKNOWN', passing: true },
  'an answer after the deadline': {
    fault: doing('answer', { delayMs: 2 * TIMEOUT_MS }),
    code: 'OUTCOME_UNKNOWN',
    passing: true,
    done: true,
  },
  'a reset before the effect': { fault: doing('resetBefore'), code: 'OUTCOME_UNKNOWN', passing: true },
  'a reset after the effect': {
    fault: doing('resetAfter'),
    code: 'OUTCOME_UNKNOWN',
    passing: true,
    done: true,
  },
};

const account = 'account.created User x1';
const base = 'subscription.created IC-BASE-1TB=1 x1';
const addon = 'addon.set IC-ADD-1TB=2 x1';
const moreAddon = 'addon.set IC-ADD-1TB=5 x1';
const ended = 'subscription.cancelled IC-BASE-1TB x1';

/** The step that calls each endpoint, what took place before it, what it does, and what follows when it succeeds. */
const endpoints: Record<string, { step: string; before: string[]; own: string[]; after: string[] }> = {
  'accounts/exists': { step: 'IMPORT_CUSTOMER', before: [], own: [], after: [account, base, addon] },
  'accounts/synchronize': { step: 'IMPORT_CUSTOMER', before: [], own: [account], after: [base, addon] },
  'subscriptions/create': { step: 'ASSIGN_LICENSE', before: [account], own: [base], after: [addon] },
  'addons/create': { step: 'ASSIGN_ADDONS', before: [account, base], own: [addon], after: [] },
  'addons/update': { step: 'ASSIGN_ADDONS', before: [account, base, addon], own: [moreAddon], after: [] },
  'subscriptions/cancel': {
    step: 'CANCEL_SERVICE',
    before: [account, base, addon],
    own: [ended],
    after: [],
  },
};

const table = Object.keys(endpoints).flatMap(endpoint => Object.keys(faults).map(name => [name, endpoint]));
let customers = 0;

/** Makes a new customer's order, or a change of one, meet the fault `times` times at the endpoint. */
async function meet(name: string, endpoint: string, times: number) {
  const manager = desk(async (query, variables) => {
    const { data, errors } = await gateway.send(await gateway.token(MANAGER), query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  });
  customers += 1;
  const customer = await newAccount(gateway.rows, `Customer ${customers}`);
  const set = () =>
    provider.setFaults({
      ...faults[name]?.fault,
      endpoint,
      recipient: customer.email,
      checkOnly: false,
      times,
    });
  const isFirst = !['addons/update', 'subscriptions/cancel'].includes(endpoint);
  if (isFirst) await set();
  const first = await manager.order(customer.id, license('Backups', { 'IC-ADD-1TB': 2 }));
  await gateway.settled();
  const { subscriptionId } = first;
  if (!isFirst) await set();
  if (endpoint === 'addons/update')
    await manager.order(customer.id, more(subscriptionId, { 'IC-ADD-1TB': 3 }));
  if (endpoint === 'subscriptions/cancel') await manager.cancel(subscriptionId);
  await gateway.settled();
  return {
    operation: () => lastOperation(gateway.rows, subscriptionId),
    effects: () => provider.effectsOf(customer.email, subscriptionId),
    retry: async () => {
      await manager.retry((await lastOperation(gateway.rows, subscriptionId)).id);
      await gateway.settled();
    },
  };
}

/** State, attempts and error of the step in question, and the operation's state. */
function outcome(
  operation: Record<string, any> & { steps: Record<string, any>[] },
  endpoint: string,
): unknown[] {
  const step = operation.steps.find(({ name }) => name === endpoints[endpoint]?.step);
  return [operation.state, step?.state, step?.attempts, step?.errorCode, step?.errorProviderCode];
}

/** What is late has not arrived when the answer is given up. */
const arrived = (name: string) => sleep(name === 'an answer after the deadline' ? 2 * TIMEOUT_MS : 0);

test.each(table)('%s once at %s', async (name, endpoint) => {
  const { code, passing } = faults[name] as Case;
  const { before, own, after } = endpoints[endpoint] as (typeof endpoints)[string];
  const met = await meet(name, endpoint, 1);
  await arrived(name);
  const succeeds = code === undefined || passing;
  expect(outcome(await met.operation(), endpoint)).toEqual(
    succeeds
      ? ['SUCCEEDED', 'SUCCEEDED', passing ? 2 : 1, null, null]
      : ['FAILED', 'FAILED', 1, code, code === 'REJECTED' ? -12 : null],
  );
  expect(await met.effects()).toEqual(succeeds ? [...before, ...own, ...after] : before);
});

const passing = table.filter(([name]) => faults[name ?? '']?.passing);

test.each(passing)('%s at every attempt at %s, until a person retries', async (name, endpoint) => {
  const { code, done } = faults[name] as Case;
  const { before, own, after } = endpoints[endpoint] as (typeof endpoints)[string];
  const met = await meet(name, endpoint, ATTEMPTS);
  await arrived(name);
  const failed = await met.operation();
  expect(outcome(failed, endpoint)).toEqual(['FAILED', 'FAILED', ATTEMPTS, code, null]);
  expect(failed.steps.find(({ state }) => state === 'FAILED')?.errorMessage).toMatch(
    /\. Given up after 3 attempts; retry it when the provider works again\.$/,
  );
  expect(await met.effects()).toEqual(done ? [...before, ...own] : before);
  await met.retry();
  expect(outcome(await met.operation(), endpoint)).toEqual(['SUCCEEDED', 'SUCCEEDED', 1, null, null]);
  expect(await met.effects()).toEqual([...before, ...own, ...after]);
});
