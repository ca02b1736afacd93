import type { ProviderSubscription } from '../../src/providers/subscription';
import { broker, holding, through, wanted } from '../support/provider/broker';
import { APPLICATION, addon, CALL } from '../support/provider/client';
import { doing, effects } from '../support/provider/simulator';

const ARCHIVE = 'CB-ARCHIVE-100GB';

type Broker = Awaited<ReturnType<typeof broker>>;

/** An instance of CB-SERVER with two add-ons, at a broker whose work takes `workMs`, and an empty ledger. */
async function provisioned(workMs = 0) {
  const at = await broker(workMs);
  await through(at.client, await at.client.createSubscription(wanted(), CALL));
  await through(at.client, await at.client.setAddons(holding(2), CALL));
  await at.clear();
  return at;
}

/** The instance with another plan, and the add-ons that it has. */
const changed = (to: string, from: string, more: Partial<ProviderSubscription> = {}) =>
  wanted({ productId: to, previousProductId: from, addons: [addon(ARCHIVE, 2, false, 2)], ...more });
const smaller = changed('CB-WORKSTATION', 'CB-SERVER');
const back = changed('CB-SERVER', 'CB-WORKSTATION');

const changes: Record<string, (client: Broker['client']) => ReturnType<Broker['client']['setAddons']>> = {
  'fewer add-ons': client => client.setAddons(wanted({ addons: [addon(ARCHIVE, 1, true, 2)] }), CALL),
  'no add-ons': client => client.setAddons(wanted({ addons: [addon(ARCHIVE, 0, true, 2)] }), CALL),
  'another plan': client => client.changeProduct(smaller, 'DOWNGRADE', CALL),
};
const names = Object.keys(changes);
const play = (name: string, client: Broker['client']) => changes[name]?.(client) ?? Promise.reject(name);

/** Sends an update that our client never sends. */
async function patch(url: string, body: object) {
  const credentials = Buffer.from(`${APPLICATION.applicationId}:${APPLICATION.apiKey}`).toString('base64');
  const headers = { authorization: `Basic ${credentials}`, 'x-broker-api-version': '2.17' };
  const response = await fetch(new URL('v2/service_instances/sub_1?accepts_incomplete=true', url), {
    method: 'PATCH',
    headers,
    body: JSON.stringify({
      service_id: 'CloudBackup',
      parameters: { quantity: 1, addons: { [ARCHIVE]: 2 } },
      ...body,
    }),
  });
  return response.status;
}

test.each([
  ['fewer add-ons', `addon.set sub_1 ${ARCHIVE}=1 x1`, { productId: 'CB-SERVER', addons: { [ARCHIVE]: 1 } }],
  ['no add-ons', `addon.cancelled sub_1 ${ARCHIVE}=0 x1`, { productId: 'CB-SERVER', addons: {} }],
  [
    'another plan',
    'subscription.downgraded sub_1 CB-WORKSTATION x1',
    { productId: 'CB-WORKSTATION', addons: { [ARCHIVE]: 2 } },
  ],
])('%s take effect once however often the call is repeated', async (name, effect, held) => {
  for (const workMs of [0, 50]) {
    const { client, ledger, holding: holdingOf } = await provisioned(workMs);
    for (let time = 0; time < 3; time += 1) await through(client, await play(name, client));
    expect(effects(await ledger())).toEqual([effect]);
    expect(await holdingOf('sub_1')).toMatchObject({ ...held, state: 'ACTIVE' });
    expect(await client.inspect(wanted(), CALL)).toEqual({ live: true, ...held });
  }
});

test('a plan is changed and changed back, also while the first change is under way', async () => {
  const { client, ledger } = await provisioned(100);
  await client.changeProduct(smaller, 'DOWNGRADE', CALL);
  await through(client, await client.changeProduct(back, 'UPGRADE', CALL));
  expect(effects(await ledger())).toEqual([
    'subscription.downgraded sub_1 CB-WORKSTATION x1',
    'subscription.upgraded sub_1 CB-SERVER x1',
  ]);
});

test('going back succeeds when the work of the change has failed', async () => {
  const { client, setFaults, ledger } = await provisioned(20);
  await setFaults(doing('failLater', { message: 'No room' }));
  const made = await client.changeProduct(smaller, 'DOWNGRADE', CALL);
  await expect(through(client, made)).rejects.toMatchObject({ code: 'REJECTED', providerMessage: 'No room' });
  expect(await client.changeProduct(back, 'UPGRADE', CALL)).toBeUndefined();
  expect((await ledger()).effects).toEqual([]);
});

test('a change of plan is polled under the plan before it, or under none', async () => {
  // Long enough that the work is not done before it is polled.
  const { client, holding: holdingOf } = await provisioned(1500);
  const made = await client.changeProduct(smaller, 'DOWNGRADE', CALL);
  expect(JSON.parse(made?.ticket ?? '')).toMatchObject({ change: { plan: 'CB-SERVER', body: null } });
  const otherwise = String(made?.ticket).replace('"plan":"CB-SERVER"', '"plan":"CB-WORKSTATION"');
  await expect(client.poll(otherwise, CALL)).rejects.toMatchObject({ code: 'REJECTED', providerCode: 400 });
  await through(client, made);
  const unnamed = await client.changeProduct({ ...back, previousProductId: undefined }, 'UPGRADE', CALL);
  expect(JSON.parse(unnamed?.ticket ?? '').change).not.toHaveProperty('plan');
  await through(client, unnamed);
  expect(await holdingOf('sub_1')).toMatchObject({ productId: 'CB-SERVER' });
});

test('totals of add-ons leave the plan as it is', async () => {
  const { client, holding: holdingOf } = await provisioned();
  await client.changeProduct(smaller, 'DOWNGRADE', CALL);
  await client.setAddons(holding(5), CALL);
  expect(await holdingOf('sub_1')).toMatchObject({ productId: 'CB-WORKSTATION', addons: { [ARCHIVE]: 5 } });
});

describe('a fault of the broker', () => {
  test.each(
    ['resetBefore', 'resetAfter', 'malformed'].flatMap(then => names.map(name => [then, name] as const)),
  )('%s during %s: the repetition succeeds, and there is one effect', async (then, name) => {
    const { client, setFaults, ledger } = await provisioned(20);
    await setFaults(doing(then, { endpoint: 'broker/update' }));
    await expect(play(name, client)).rejects.toMatchObject({
      code: then === 'malformed' ? 'BAD_RESPONSE' : 'OUTCOME_UNKNOWN',
      retryable: true,
    });
    await through(client, await play(name, client));
    expect((await ledger()).effects.map(({ count }) => count)).toEqual([1]);
  });

  test.each(names)('a refusal of %s changes nothing', async name => {
    const { client, setFaults, ledger } = await provisioned();
    await setFaults(doing('refuse', { endpoint: 'broker/update', message: 'No room' }));
    await expect(play(name, client)).rejects.toMatchObject({ code: 'REJECTED', providerMessage: 'No room' });
    expect(await ledger()).toMatchObject({ effects: [], calls: { 'broker/update': 1 } });
  });
});

describe('the broker refuses, and nothing changes:', () => {
  test.each<[string, number, ProviderSubscription]>([
    ['an unknown plan', 400, changed('CB-NONE', 'CB-SERVER')],
    [
      'a plan of another service',
      400,
      changed('IC-BASE-1TB', 'CB-SERVER', { serviceType: 'ImpossibleCloudStorage' }),
    ],
    ['an unknown plan before', 400, changed('CB-WORKSTATION', 'CB-NONE')],
  ])('%s (%i)', async (_, providerCode, sent) => {
    const { client, ledger } = await provisioned();
    await expect(client.changeProduct(sent, 'DOWNGRADE', CALL)).rejects.toMatchObject({
      code: 'REJECTED',
      retryable: false,
      providerCode,
    });
    expect((await ledger()).effects).toEqual([]);
  });

  test.each(names)('%s of a deleted instance', async name => {
    const { client, ledger, clear } = await provisioned();
    await client.cancelSubscription(wanted(), CALL);
    await clear();
    await expect(play(name, client)).rejects.toMatchObject({ code: 'REJECTED', providerCode: 404 });
    expect((await ledger()).effects).toEqual([]);
  });

  test.each([
    ['an empty plan', { plan_id: '' }],
    ['an empty plan before', { plan_id: 'CB-WORKSTATION', previous_values: { plan_id: '' } }],
    ['no parameters', { plan_id: 'CB-WORKSTATION', parameters: undefined }],
  ])('%s', async (_, body) => {
    const { url, ledger } = await provisioned();
    expect(await patch(url, body)).toBe(400);
    expect((await ledger()).effects).toEqual([]);
  });
});

test('a broker has no suspension', async () => {
  const { client } = await broker();
  expect(client).not.toHaveProperty('suspendSubscription');
  expect(client).not.toHaveProperty('resumeSubscription');
});
