import type { ChangeDirection } from '../../src/providers';
import type { ImpossibleCloud } from '../../src/providers/impossible-cloud';
import { toService } from '../../src/providers/impossible-cloud/to-service';
import { type ActionType, type Endpoint, HEADERS } from '../../src/providers/impossible-cloud/wire';
import type { ProviderSubscription } from '../../src/providers/subscription';
import { APPLICATION, addon, CALL, client, customer, subscription } from '../support/provider/client';
import { doing, effects, post, simulated } from '../support/provider/simulator';

const ONE = 'IC-ADD-1TB';
const FIVE = 'IC-ADD-5TB';

type Owned = ProviderSubscription & { externalId: string };
type Play = (provider: ImpossibleCloud, owned: Owned) => Promise<unknown>;

const holding = (owned: Owned, ...addons: ReturnType<typeof addon>[]) => ({ ...owned, addons });
const sized = (owned: Owned, productId: string) => ({ ...owned, productId });

/** A subscription of 5 TB with `held` add-ons of 1 TB at the service manager, and an empty ledger. */
async function provisioned(held = 0) {
  const at = await simulated();
  const { provider } = at;
  const account = customer({ externalId: await provider.accounts.synchronize(customer(), CALL) });
  const wanted = subscription({ account, productId: 'IC-BASE-5TB' });
  const owned = { ...wanted, externalId: await provider.createSubscription(wanted, CALL) };
  await provider.setAddons(holding(owned, addon(ONE, held, true)), CALL);
  await at.clear();
  return { ...at, owned };
}

/** Sends a request that our client never sends. */
async function send(
  url: string,
  endpoint: Endpoint,
  sent: ProviderSubscription,
  intent: [ActionType, ActionType],
) {
  const headers = {
    [HEADERS.applicationId]: APPLICATION.applicationId,
    [HEADERS.apiKey]: APPLICATION.apiKey,
  };
  const body = toService(sent, { action: intent[0], changed: intent[1] });
  return (await post(new URL(endpoint, url), body, headers)).body as { Code: number };
}

describe('add-ons', () => {
  test.each<[string, ReturnType<typeof addon>[], Record<string, number>, string[]]>([
    ['fewer', [addon(ONE, 1, true, 3)], { [ONE]: 1 }, ['addon.set subscription-1 IC-ADD-1TB=1 x1']],
    ['none', [addon(ONE, 0, true, 3)], {}, ['addon.cancelled subscription-1 IC-ADD-1TB=0 x1']],
    [
      'others',
      [addon(ONE, 0, true, 3), addon(FIVE, 2, true)],
      { [FIVE]: 2 },
      ['addon.set subscription-1 IC-ADD-5TB=2 x1', 'addon.cancelled subscription-1 IC-ADD-1TB=0 x1'],
    ],
    ['those that are not marked', [addon(ONE, 0, false, 3)], { [ONE]: 3 }, []],
  ])('%s take effect once however often the call is repeated', async (_, addons, held, expected) => {
    const { provider, owned, ledger, holding: holdingOf } = await provisioned(3);
    for (let time = 0; time < 3; time += 1) await provider.setAddons({ ...owned, addons }, CALL);
    expect(effects(await ledger())).toEqual(expected);
    expect(await holdingOf(owned.id)).toMatchObject({ addons: held, state: 'ACTIVE' });
  });

  const totals = [0, 2, 3];
  test.each(
    totals.flatMap(there => totals.flatMap(held => totals.map(total => [there, held, total] as const))),
  )(
    'with %i at the provider, %i known here and %i wanted, the provider has the wanted total',
    async (...numbers) => {
      const [there, held, total] = numbers;
      // A total of 0 that is not known to be held is no change.
      const after = held === 0 && total === 0 ? there : total;
      const { provider, owned, ledger, holding: holdingOf } = await provisioned(there);
      const wanted = holding(owned, addon(ONE, total, true, held));
      for (let time = 0; time < 2; time += 1) await provider.setAddons(wanted, CALL);
      expect((await holdingOf(owned.id))?.addons).toEqual(after === 0 ? {} : { [ONE]: after });
      expect((await ledger()).effects.map(({ count }) => count)).toEqual(after === there ? [] : [1]);
    },
  );

  test('several totals that are held otherwise are set one by one', async () => {
    const { provider, owned, ledger, holding: holdingOf } = await provisioned(3);
    await provider.setAddons(holding(owned, addon(ONE, 2, true), addon(FIVE, 1, true)), CALL);
    expect((await holdingOf(owned.id))?.addons).toEqual({ [ONE]: 2, [FIVE]: 1 });
    expect(await ledger()).toMatchObject({ calls: { 'addons/create': 2, 'addons/update': 2 }, overlaps: 0 });
  });

  test('a refusal of a later request keeps what the earlier one did, and the held totals can be set again', async () => {
    const { provider, owned, setFaults, holding: holdingOf } = await provisioned(3);
    await setFaults(doing('refuse', { endpoint: 'addons/cancel' }));
    const wanted = holding(owned, addon(ONE, 0, true, 3), addon(FIVE, 2, true));
    await expect(provider.setAddons(wanted, CALL)).rejects.toMatchObject({ code: 'REJECTED' });
    expect((await holdingOf(owned.id))?.addons).toEqual({ [ONE]: 3, [FIVE]: 2 });
    const undone = holding(owned, addon(ONE, 3, true), addon(FIVE, 0, true, 2));
    for (let time = 0; time < 2; time += 1) await provider.setAddons(undone, CALL);
    expect((await holdingOf(owned.id))?.addons).toEqual({ [ONE]: 3 });
  });
});

describe('another product of the service', () => {
  test.each<[ChangeDirection, string, ChangeDirection, string, string]>([
    ['UPGRADE', 'IC-BASE-10TB', 'DOWNGRADE', 'upgraded', 'downgraded'],
    ['DOWNGRADE', 'IC-BASE-1TB', 'UPGRADE', 'downgraded', 'upgraded'],
  ])(
    '%s to %s and back takes effect once each, and keeps the add-ons',
    async (there, productId, back, did, undid) => {
      const { provider, owned, ledger, holding: holdingOf } = await provisioned(2);
      const all = holding(owned, addon(ONE, 2, false, 2));
      for (let time = 0; time < 2; time += 1)
        await provider.changeProduct({ ...all, productId }, there, CALL);
      expect(await holdingOf(owned.id)).toMatchObject({ productId, addons: { [ONE]: 2 } });
      for (let time = 0; time < 2; time += 1) await provider.changeProduct(all, back, CALL);
      expect(await holdingOf(owned.id)).toMatchObject({ productId: 'IC-BASE-5TB', addons: { [ONE]: 2 } });
      expect(effects(await ledger())).toEqual([
        `subscription.${did} subscription-1 ${productId} x1`,
        `subscription.${undid} subscription-1 IC-BASE-5TB x1`,
      ]);
    },
  );

  test.each([
    ['IC-BASE-10TB', 'upgraded'],
    ['IC-BASE-1TB', 'downgraded'],
  ])('%s is set without a direction, once', async (productId, did) => {
    const { provider, owned, ledger } = await provisioned();
    for (let time = 0; time < 2; time += 1)
      await provider.changeProduct(sized(owned, productId), undefined, CALL);
    expect(effects(await ledger())).toEqual([`subscription.${did} subscription-1 ${productId} x1`]);
  });

  test('another refusal of a product without a direction is not repeated as a downgrade', async () => {
    const { provider, owned, ledger, setFaults } = await provisioned();
    await setFaults(doing('refuse', { endpoint: 'subscriptions/upgradedowngrade' }));
    const changed = provider.changeProduct(sized(owned, 'IC-BASE-1TB'), undefined, CALL);
    await expect(changed).rejects.toMatchObject({ code: 'REJECTED', providerCode: -1 });
    expect((await ledger()).calls['subscriptions/upgradedowngrade']).toBe(1);
  });

  test.each<ChangeDirection>(['UPGRADE', 'DOWNGRADE'])(
    'going back by %s succeeds when the provider never changed',
    async direction => {
      const { provider, owned, ledger } = await provisioned();
      await provider.changeProduct(owned, direction, CALL);
      expect((await ledger()).effects).toEqual([]);
    },
  );
});

test('a suspension and its end take effect once however often they are repeated', async () => {
  const { provider, owned, ledger, holding: holdingOf } = await provisioned();
  await provider.resumeSubscription(owned, CALL);
  for (let time = 0; time < 2; time += 1) await provider.suspendSubscription(owned, CALL);
  expect(await holdingOf(owned.id)).toMatchObject({ state: 'SUSPENDED' });
  for (let time = 0; time < 2; time += 1) await provider.resumeSubscription(owned, CALL);
  expect(await holdingOf(owned.id)).toMatchObject({ state: 'ACTIVE' });
  expect(effects(await ledger())).toEqual([
    'subscription.suspended subscription-1 IC-BASE-5TB x1',
    'subscription.activated subscription-1 IC-BASE-5TB x1',
  ]);
});

test('the pre-check tells the product and the suspension, and never the add-ons', async () => {
  const { provider, owned } = await provisioned(2);
  const told = async (productId = owned.productId) => provider.inspect(sized(owned, productId), CALL);
  expect(await told()).toEqual({ live: true, suspended: false, productId: 'IC-BASE-5TB' });
  expect(await told('IC-BASE-1TB')).toEqual({ live: true, suspended: false, productId: null });
  await provider.suspendSubscription(owned, CALL);
  expect(await told()).toEqual({ live: true, suspended: true });
  await provider.cancelSubscription(owned, CALL);
  expect(await told()).toEqual({ live: false });
});

const changes: Record<string, [Endpoint, Play]> = {
  'more add-ons': [
    'addons/update',
    (it, owned) => it.setAddons(holding(owned, addon(ONE, 3, true, 2)), CALL),
  ],
  'new add-ons': ['addons/create', (it, owned) => it.setAddons(holding(owned, addon(FIVE, 1, true)), CALL)],
  'no add-ons': ['addons/cancel', (it, owned) => it.setAddons(holding(owned, addon(ONE, 0, true, 2)), CALL)],
  'an upgrade': [
    'subscriptions/upgradedowngrade',
    (it, owned) => it.changeProduct(sized(owned, 'IC-BASE-10TB'), 'UPGRADE', CALL),
  ],
  'a downgrade': [
    'subscriptions/upgradedowngrade',
    (it, owned) => it.changeProduct(sized(owned, 'IC-BASE-1TB'), 'DOWNGRADE', CALL),
  ],
  'a suspension': ['subscriptions/suspend', (it, owned) => it.suspendSubscription(owned, CALL)],
};
const names = Object.keys(changes);
const changeOf = (name: string) => changes[name] as [Endpoint, Play];

describe('a fault of the provider', () => {
  const unknown = ['resetBefore', 'resetAfter', 'malformed', 'hang'];
  test.each(unknown.flatMap(then => names.map(name => [then, name] as const)))(
    '%s during %s: the repetition succeeds, and there is one effect',
    async (then, name) => {
      const { simulator, provider, owned, setFaults, ledger } = await provisioned(2);
      const [endpoint, play] = changeOf(name);
      await setFaults(doing(then, { endpoint }));
      const impatient = client(simulator.url, { timeoutMs: 300 });
      await expect(play(impatient, owned)).rejects.toMatchObject({
        code: then === 'malformed' ? 'BAD_RESPONSE' : 'OUTCOME_UNKNOWN',
        retryable: true,
      });
      await play(provider, owned);
      const report = await ledger();
      expect(report.effects.map(({ count }) => count)).toEqual([1]);
      expect(report.calls).toEqual({ [endpoint]: 2 });
    },
  );

  test.each(names)('a refusal of %s changes nothing', async name => {
    const { provider, owned, setFaults, ledger } = await provisioned(2);
    const [endpoint, play] = changeOf(name);
    await setFaults(doing('refuse', { endpoint, code: -5, message: 'No capacity left' }));
    await expect(play(provider, owned)).rejects.toMatchObject({ code: 'REJECTED', providerCode: -5 });
    expect(await ledger()).toMatchObject({ effects: [], calls: { [endpoint]: 1 } });
  });
});

describe('the provider refuses, and nothing changes:', () => {
  test.each(names)('%s of a cancelled subscription', async name => {
    const { provider, owned, ledger, clear } = await provisioned(2);
    await provider.cancelSubscription(owned, CALL);
    await clear();
    await expect(changeOf(name)[1](provider, owned)).rejects.toMatchObject({ providerCode: -6 });
    expect((await ledger()).effects).toEqual([]);
  });

  test.each(names.filter(name => name !== 'a suspension'))('%s of a suspended subscription', async name => {
    const { provider, owned, ledger, clear } = await provisioned(2);
    await provider.suspendSubscription(owned, CALL);
    await clear();
    await expect(changeOf(name)[1](provider, owned)).rejects.toMatchObject({ providerCode: -8 });
    expect((await ledger()).effects).toEqual([]);
  });

  test.each<[string, number, Play]>([
    [
      'a downgrade to a larger product',
      -6535,
      (it, owned) => it.changeProduct(sized(owned, 'IC-BASE-10TB'), 'DOWNGRADE', CALL),
    ],
    [
      'an upgrade to a smaller product',
      -6535,
      (it, owned) => it.changeProduct(sized(owned, 'IC-BASE-1TB'), 'UPGRADE', CALL),
    ],
    [
      'an unknown product',
      -3,
      (it, owned) => it.changeProduct(sized(owned, 'IC-BASE-2TB'), 'DOWNGRADE', CALL),
    ],
    [
      'a product of another service',
      -3,
      (it, owned) => it.changeProduct(sized(owned, 'CB-SERVER'), 'DOWNGRADE', CALL),
    ],
    [
      'another service with its product',
      -7,
      (it, owned) =>
        it.changeProduct({ ...sized(owned, 'CB-SERVER'), serviceType: 'CloudBackup' }, 'DOWNGRADE', CALL),
    ],
    [
      'a suspension under another service',
      -7,
      (it, owned) => it.suspendSubscription({ ...owned, serviceType: 'CloudBackup' }, CALL),
    ],
    [
      'a subscription that is not there',
      -4,
      (it, owned) => it.resumeSubscription({ ...owned, id: 'subscription-9' }, CALL),
    ],
  ])('%s (code %i)', async (_, providerCode, play) => {
    const { provider, owned, ledger } = await provisioned(2);
    await expect(play(provider, owned)).rejects.toMatchObject({ code: 'REJECTED', providerCode });
    expect((await ledger()).effects).toEqual([]);
  });

  test.each<[Endpoint, ActionType, ActionType]>([
    ['subscriptions/create', 'None', 'None'],
    ['subscriptions/update', 'Provision', 'None'],
    ['subscriptions/cancel', 'None', 'Cancel'],
    ['subscriptions/suspend', 'Activate', 'None'],
    ['subscriptions/activate', 'Suspend', 'None'],
    ['subscriptions/upgradedowngrade', 'Provision', 'None'],
    ['addons/create', 'Provision', 'Provision'],
    ['addons/create', 'None', 'Cancel'],
    ['addons/update', 'None', 'Cancel'],
    ['addons/cancel', 'None', 'Provision'],
  ])('%s with the action %s, and %s for the add-on (code -9)', async (endpoint, action, changed) => {
    const { simulator, owned, ledger } = await provisioned(2);
    const sent = holding(owned, addon(ONE, 1, true, 2));
    expect(await send(simulator.url, endpoint, sent, [action, changed])).toMatchObject({ Code: -9 });
    expect((await ledger()).effects).toEqual([]);
  });

  test.each<[Endpoint, string, number]>([
    ['addons/create', ONE, -6536],
    ['addons/update', FIVE, -6537],
  ])('%s of %s, which suits the other endpoint (code %i)', async (endpoint, productId, Code) => {
    const { simulator, owned, ledger } = await provisioned(2);
    const sent = holding(owned, addon(productId, 1, true));
    expect(await send(simulator.url, endpoint, sent, ['None', 'Provision'])).toMatchObject({ Code });
    expect((await ledger()).effects).toEqual([]);
  });
});
