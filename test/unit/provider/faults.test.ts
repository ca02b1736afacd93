import { ProviderFault } from '../../../src/providers/fault';
import { CALL, client, customer, reseller, subscription } from '../../support/provider/client';
import { doing, effects, simulated } from '../../support/provider/simulator';

const endpoint = 'accounts/synchronize';
const created = 'account.created sales@skyline.example Reseller x1';

/** The outcome of a call: `ok`, or the fault's code. */
async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: unknown) => {
      if (!(error instanceof ProviderFault)) throw error;
      return `${error.code}${error.retryable ? '' : ' for good'}`;
    },
  );
}

describe('a fault set for an endpoint', () => {
  test.each<[string, object, string, string[]]>([
    ['answer', {}, 'ok', [created]],
    ['answer', { delayMs: 1 }, 'ok', [created]],
    ['answerTwice', {}, 'ok', [created]],
    ['status', {}, 'UNAVAILABLE', []],
    ['status', { status: 500 }, 'UNAVAILABLE', []],
    ['status', { status: 429 }, 'UNAVAILABLE', []],
    ['status', { status: 401 }, 'UNAUTHORIZED for good', []],
    ['status', { status: 422 }, 'BAD_RESPONSE for good', []],
    ['refuse', { code: -12, message: 'No name' }, 'REJECTED for good', []],
    ['malformed', {}, 'BAD_RESPONSE', [created]],
    ['resetBefore', {}, 'OUTCOME_UNKNOWN', []],
    ['resetAfter', {}, 'OUTCOME_UNKNOWN', [created]],
  ])('%s %j makes the call end as %s, and a repeat makes it right', async (then, more, expected, done) => {
    const { provider, setFaults, ledger } = await simulated();
    await setFaults(doing(then, { endpoint, ...more }));
    expect(await outcome(provider.accounts.synchronize(reseller(), CALL))).toBe(expected);
    expect(effects(await ledger())).toEqual(done);
    expect(await outcome(provider.accounts.synchronize(reseller(), CALL))).toBe('ok');
    const after = await ledger();
    expect(effects(after)).toEqual([created]);
    expect(after.calls).toEqual({ [endpoint]: 2 });
  });

  test.each([
    ['hang', {}],
    ['answer', { delayMs: 60_000 }],
  ])('%s %j runs into the timeout', async (then, more) => {
    const { simulator, provider, setFaults } = await simulated();
    const impatient = client(simulator.url, { timeoutMs: 500 });
    await setFaults(doing(then, { endpoint, ...more }));
    expect(await outcome(impatient.accounts.synchronize(reseller(), CALL))).toBe('OUTCOME_UNKNOWN');
    expect(await outcome(provider.accounts.synchronize(reseller(), CALL))).toBe('ok');
  });

  test('keeps its message and code in a rejection', async () => {
    const { provider, setFaults } = await simulated();
    await setFaults(doing('refuse', { endpoint, code: -12, message: 'No name' }));
    await expect(provider.accounts.synchronize(reseller(), CALL)).rejects.toMatchObject({
      providerCode: -12,
      providerMessage: 'No name',
    });
  });

  test('apply in sequence, each its number of times, to their endpoint only', async () => {
    const { provider, setFaults, faults } = await simulated();
    const recipient = 'SKYLINE it';
    await setFaults([
      doing('status', { endpoint, recipient, times: 2 }),
      doing('resetAfter', { endpoint, recipient }),
    ]);
    const seen = [];
    for (let call = 0; call < 4; call += 1) {
      seen.push(await outcome(provider.accounts.synchronize(customer(), CALL)));
      seen.push(await outcome(provider.accounts.find(reseller(), CALL)));
      seen.push(await outcome(provider.accounts.synchronize(reseller(), CALL)));
    }
    const untouched = ['ok', 'ok'];
    expect(seen).toEqual([
      ...untouched,
      'UNAVAILABLE',
      ...untouched,
      'UNAVAILABLE',
      ...untouched,
      'OUTCOME_UNKNOWN',
      ...untouched,
      'ok',
    ]);
    expect(await faults()).toEqual({ faults: [] });
  });
});

describe('a fault', () => {
  test('without an endpoint or a recipient applies to the next call', async () => {
    const { provider, setFaults } = await simulated();
    await setFaults({});
    await setFaults(doing('refuse'));
    expect(await outcome(provider.accounts.find(reseller(), CALL))).toBe('ok');
    expect(await outcome(provider.accounts.synchronize(reseller(), CALL))).toBe('REJECTED for good');
    expect(await outcome(provider.accounts.synchronize(reseller(), CALL))).toBe('ok');
  });

  test('without an end stays until it is cleared', async () => {
    const { provider, setFaults, faults, clear } = await simulated();
    await setFaults(doing('status', { recipient: 'IT@alpine.example', times: null }));
    for (let call = 0; call < 5; call += 1) {
      expect(await outcome(provider.accounts.find(customer(), CALL))).toBe('UNAVAILABLE');
    }
    expect(await faults()).toMatchObject({ faults: [{ recipient: 'IT@alpine.example', times: null }] });
    expect(await clear()).toBe(204);
    expect(await outcome(provider.accounts.find(customer(), CALL))).toBe('ok');
  });

  test('for real calls only leaves the pre-check alone', async () => {
    const { provider, setFaults } = await simulated();
    await setFaults(doing('status', { endpoint: 'subscriptions/create', checkOnly: false }));
    expect(await outcome(provider.precheck(subscription(), CALL))).toBe('ok');
    expect(await outcome(provider.createSubscription(subscription(), CALL))).toBe('UNAVAILABLE');
  });
});

describe('an invalid fault', () => {
  test.each<[string, unknown, RegExp]>([
    ['an unknown endpoint', { endpoint: 'accounts/exist' }, /^endpoint: .*accounts\/exists/],
    ['an unknown word', doing('explode'), /^then: .*resetAfter/],
    ['an unknown field', { endpont: 'accounts/exists' }, /endpont/],
    ['no times at all', { times: 0 }, /^times: /],
    ['a delay in words', { delayMs: 'long' }, /^delayMs: /],
    ['a success as status', doing('status', { status: 200 }), /^status: /],
    ['a success as code', doing('refuse', { code: 0 }), /^code: /],
    ['the second of two', [{}, { times: -1 }], /^1\.times: /],
    ['no object', 7, /expected object/],
    ['no JSON', '{"times":', /not JSON/],
  ])('(%s) is rejected with the name of the field, and none is set', async (_, body, words) => {
    const { setFaults, faults } = await simulated();
    const answer = await setFaults(body);
    expect(answer).toEqual({ status: 400, body: { Message: expect.stringMatching(words) } });
    expect(await faults()).toEqual({ faults: [] });
  });
});
