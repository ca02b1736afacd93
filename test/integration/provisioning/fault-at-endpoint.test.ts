import { deskOf, lastOperation, license, more, newAccount } from '../../support/desk';
import { startTestGateway, type TestGateway } from '../../support/gateway';
import { doing, simulatorAt } from '../../support/provider/simulator';
import { elapse, until } from '../../support/until';

const TIMEOUT_MS = 400;
const ATTEMPTS = 3;

let gateway: TestGateway;
let provider: ReturnType<typeof simulatorAt>;
beforeAll(async () => {
  // Faults in a row are what is looked at here, so the circuit stays closed.
  const limits = { slots: 32, failureThreshold: 1_000_000, openMs: 1 };
  const retries = { firstMs: 10, maxMs: 20, maxAttempts: ATTEMPTS, totalMs: 60_000 };
  gateway = await startTestGateway({ retries, worker: { limits } }, { provider: { timeoutMs: TIMEOUT_MS } });
  provider = simulatorAt(gateway.simulator.url);
  playAll();
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

interface Endpoint {
  step: string;
  before: string[];
  own: string[];
  after: string[];
}

/** The step that calls each endpoint, what took place before it, what it does, and what follows when it succeeds. */
const endpoints: Record<string, Endpoint> = {
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

const table = Object.keys(endpoints).flatMap(endpoint =>
  Object.keys(faults).map(name => [name, endpoint] as const),
);
const passing = table.filter(([name]) => faults[name]?.passing);
/** A customer's order, or a change of one, that meets the fault `times` times at the endpoint. */
async function meet(name: string, endpoint: string, times: number) {
  const manager = deskOf(gateway);
  const customer = await newAccount(gateway.rows, `${name} at ${endpoint} ${times}`);
  const { email: recipient } = customer;
  const fault = { ...faults[name]?.fault, endpoint, recipient, checkOnly: false, times };
  const isFirst = !['addons/update', 'subscriptions/cancel'].includes(endpoint);
  if (isFirst) await provider.setFaults(fault);
  const { subscriptionId } = await manager.order(customer.id, license('Backups', { 'IC-ADD-1TB': 2 }));
  const settled = () =>
    until(async () => !(await lastOperation(gateway.rows, subscriptionId)).dueAt, {
      open: () => lastOperation(gateway.rows, subscriptionId),
    });
  await settled();
  if (!isFirst) await provider.setFaults(fault);
  if (endpoint === 'addons/update') {
    await manager.order(customer.id, more(subscriptionId, { 'IC-ADD-1TB': 3 }));
  }
  if (endpoint === 'subscriptions/cancel') await manager.cancel(subscriptionId);
  await settled();
  // What is late has not arrived when the answer is given up.
  if (name === 'an answer after the deadline') await elapse(2 * TIMEOUT_MS, 'the late work arrives');
  const seen = async () => {
    const { state, steps } = await lastOperation(gateway.rows, subscriptionId);
    const step = steps.find(it => it.name === endpoints[endpoint]?.step);
    return {
      states: [state, step?.state, step?.attempts, step?.errorCode, step?.errorProviderCode],
      words: step?.errorMessage as string | null,
      effects: await provider.effectsOf(recipient, subscriptionId),
    };
  };
  const first = await seen();
  if (first.states[0] === 'SUCCEEDED') return { first, retried: undefined };
  await manager.retry((await lastOperation(gateway.rows, subscriptionId)).id);
  await settled();
  return { first, retried: await seen() };
}

const played = new Map<string, Promise<Awaited<ReturnType<typeof meet>>>>();

/** Plays all of them, some at a time: each is about a customer of its own. */
function playAll(): void {
  const all = [
    ...table.map(([name, endpoint]) => [name, endpoint, 1] as const),
    ...passing.map(([name, endpoint]) => [name, endpoint, ATTEMPTS] as const),
  ];
  const lines = Array.from({ length: 6 }, () => Promise.resolve<unknown>(undefined));
  all.forEach(([name, endpoint, times], index) => {
    const line = index % lines.length;
    const game = (lines[line] as Promise<unknown>).then(() => meet(name, endpoint, times));
    lines[line] = game.catch(() => undefined);
    played.set(`${name} ${endpoint} ${times}`, game);
  });
}

const result = (name: string, endpoint: string, times: number) =>
  played.get(`${name} ${endpoint} ${times}`) as ReturnType<typeof meet>;

const SUCCEEDED = ['SUCCEEDED', 'SUCCEEDED'];

test.each(table)('%s once at %s', async (name, endpoint) => {
  const { code, passing } = faults[name] as Case;
  const { before, own, after } = endpoints[endpoint] as Endpoint;
  const { first, retried } = await result(name, endpoint, 1);
  if (code === undefined || passing) {
    expect(first.states).toEqual([...SUCCEEDED, passing ? 2 : 1, null, null]);
    expect(first.effects).toEqual([...before, ...own, ...after]);
  } else {
    expect(first.states).toEqual(['FAILED', 'FAILED', 1, code, code === 'REJECTED' ? -12 : null]);
    expect(first.effects).toEqual(before);
    expect(retried?.states).toEqual([...SUCCEEDED, 1, null, null]);
    expect(retried?.effects).toEqual([...before, ...own, ...after]);
  }
});

test.each(passing)('%s at every attempt at %s, until a manager retries', async (name, endpoint) => {
  const { code, done } = faults[name] as Case;
  const { before, own, after } = endpoints[endpoint] as Endpoint;
  const { first, retried } = await result(name, endpoint, ATTEMPTS);
  expect(first.states).toEqual(['FAILED', 'FAILED', ATTEMPTS, code, null]);
  expect(first.words).toMatch(/\. Given up after 3 attempts; retry it when the provider works again\.$/);
  expect(first.effects).toEqual(done ? [...before, ...own] : before);
  expect(retried?.states).toEqual([...SUCCEEDED, 1, null, null]);
  expect(retried?.effects).toEqual([...before, ...own, ...after]);
});

const words: Record<string, RegExp> = {
  'HTTP 401':
    /^The provider does not accept our application id and key .*: check the settings\. Retry it when that/,
  'HTTP 422': /^The provider does not take this request .* Retry it when that is corrected\.$/,
  'a refusal': /^The provider refused: No name \(code -12\)\. [A-Z].*, then retry\.$/,
};

test.each(table.filter(([name]) => name in words))(
  '%s at %s has a message with the remedy',
  async (name, endpoint) => {
    expect((await result(name, endpoint, 1)).first.words).toMatch(words[name] as RegExp);
  },
);
