import type { ImpossibleCloud } from '../../src/providers/impossible-cloud';
import { toService } from '../../src/providers/impossible-cloud/to-service';
import { HEADERS } from '../../src/providers/impossible-cloud/wire';
import type { ProviderAccount, ProviderSubscription } from '../../src/providers/subscription';
import {
  APPLICATION,
  addon,
  CALL,
  client,
  customer,
  reseller,
  subscription,
} from '../support/provider/client';
import { CONTROL, doing, effects, post, simulated } from '../support/provider/simulator';
import { until } from '../support/until';

const AUTHORIZED = {
  [HEADERS.applicationId]: APPLICATION.applicationId,
  [HEADERS.apiKey]: APPLICATION.apiKey,
};

/** A reseller and its customer, both known to the provider. */
async function synchronized(provider: ImpossibleCloud): Promise<ProviderAccount> {
  const parent = await provider.accounts.synchronize(reseller(), CALL);
  const account = customer({ reseller: { id: 'account-1200', externalId: parent } });
  return { ...account, externalId: await provider.accounts.synchronize(account, CALL) };
}

async function provisioned(provider: ImpossibleCloud, more: Partial<ProviderSubscription> = {}) {
  const wanted = subscription({ account: await synchronized(provider), ...more });
  return { ...wanted, externalId: await provider.createSubscription(wanted, CALL) };
}

describe('ordering for an end customer', () => {
  test('takes effect once however often each call is repeated', async () => {
    const { provider, ledger } = await simulated();
    const account = await synchronized(provider);
    expect(await synchronized(provider)).toEqual(account);
    expect(await provider.accounts.find(customer({ email: 'IT@Alpine.example' }), CALL)).toBe(
      account.externalId,
    );
    const wanted = subscription({ account, addons: [addon('IC-ADD-1TB', 2, true)] });
    const externalId = await provider.createSubscription(wanted, CALL);
    expect(await provider.createSubscription(wanted, CALL)).toBe(externalId);
    const owned = { ...wanted, externalId };
    const grown = { ...owned, addons: [addon('IC-ADD-1TB', 3, true, 2), addon('IC-ADD-5TB', 1, false)] };
    for (let time = 0; time < 2; time += 1) await provider.setAddons(owned, CALL);
    for (let time = 0; time < 2; time += 1) await provider.setAddons(grown, CALL);
    for (let time = 0; time < 2; time += 1) await provider.cancelSubscription(grown, CALL);
    const report = await ledger();
    const parent = account.reseller?.externalId;
    expect(effects(report)).toEqual([
      'account.created sales@skyline.example Reseller x1',
      `account.created it@alpine.example User under ${parent} x1`,
      'subscription.created subscription-1 IC-BASE-1TB=1 x1',
      'addon.set subscription-1 IC-ADD-1TB=2 x1',
      'addon.set subscription-1 IC-ADD-1TB=3 x1',
      'subscription.cancelled subscription-1 IC-BASE-1TB x1',
    ]);
    expect(report.effects[2]).toMatchObject({ recipient: 'Alpine Dental', trackId: 'track-1' });
    expect(report.overlaps).toBe(0);
    expect(report.calls).toEqual({
      'accounts/synchronize': 4,
      'accounts/exists': 1,
      'subscriptions/create': 2,
      'addons/create': 2,
      'addons/update': 2,
      'subscriptions/cancel': 2,
    });
  });

  test('delivered twice takes effect once', async () => {
    const { provider, setFaults, ledger } = await simulated();
    await setFaults(doing('answerTwice', { times: null }));
    const owned = await provisioned(provider);
    await provider.setAddons({ ...owned, addons: [addon('IC-ADD-5TB', 1, true)] }, CALL);
    await provider.cancelSubscription(owned, CALL);
    expect((await ledger()).effects.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
  });

  test('an account that changed is updated, and keeps its external id', async () => {
    const { provider, ledger } = await simulated();
    const first = await provider.accounts.synchronize(reseller(), CALL);
    expect(await provider.accounts.synchronize(reseller({ name: 'Skyline AG' }), CALL)).toBe(first);
    expect(effects(await ledger())).toEqual([
      'account.created sales@skyline.example Reseller x1',
      'account.updated sales@skyline.example Reseller x1',
    ]);
  });

  test('a pre-check succeeds for an unknown account, and changes nothing', async () => {
    const { provider, ledger } = await simulated();
    await provider.precheck(subscription({ addons: [addon('IC-ADD-1TB', 1, true)] }), CALL);
    expect(effects(await ledger())).toEqual([]);
    expect(await provider.accounts.find(customer(), CALL)).toBeUndefined();
  });

  test('a pre-check succeeds for a known account without a subscription, and changes nothing', async () => {
    const { provider, ledger } = await simulated();
    const wanted = subscription({ account: await synchronized(provider) });
    const before = (await ledger()).effects;
    await provider.precheck(wanted, CALL);
    expect((await ledger()).effects).toEqual(before);
  });

  test('a live subscription of one service does not block another service', async () => {
    const { provider } = await simulated();
    const owned = await provisioned(provider);
    const backup = { id: 'subscription-2', serviceType: 'CloudBackup', productId: 'CB-SERVER' };
    const other = await provider.createSubscription({ ...owned, ...backup, externalId: undefined }, CALL);
    expect(other).not.toBe(owned.externalId);
  });

  test('twenty concurrent calls for one subscription create one, with equal answers', async () => {
    const { provider, ledger } = await simulated();
    const wanted = subscription({ account: await synchronized(provider) });
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => provider.createSubscription(wanted, CALL)),
    );
    expect(new Set(ids).size).toBe(1);
    expect(effects(await ledger()).filter(it => it.startsWith('subscription.'))).toEqual([
      'subscription.created subscription-1 IC-BASE-1TB=1 x1',
    ]);
  });

  test('after a cancellation a new subscription is accepted', async () => {
    const { provider } = await simulated();
    const owned = await provisioned(provider);
    await provider.cancelSubscription(owned, CALL);
    const next = { ...owned, id: 'subscription-2', externalId: undefined };
    expect(await provider.createSubscription(next, CALL)).not.toBe(owned.externalId);
  });
});

describe('the provider refuses', () => {
  type Play = (
    provider: ImpossibleCloud,
    owned: ProviderSubscription & { externalId: string },
  ) => Promise<unknown>;
  const fresh = { id: 'subscription-2', externalId: undefined };
  test.each<[string, number, Play]>([
    [
      'a customer of an unknown reseller',
      -20,
      it => it.accounts.synchronize(customer({ reseller: { id: 'r', externalId: 'prt-none' } }), CALL),
    ],
    [
      'a customer of a customer',
      -20,
      (it, { account }) =>
        it.accounts.synchronize(
          customer({ email: 'x@y.example', reseller: { id: 'c', externalId: account.externalId ?? '' } }),
          CALL,
        ),
    ],
    [
      'a customer that belongs to a reseller as a direct one',
      -21,
      it => it.accounts.synchronize(customer(), CALL),
    ],
    [
      'a reseller as a customer',
      -21,
      it => it.accounts.synchronize(customer({ email: reseller().email }), CALL),
    ],
    [
      'a subscription for an unknown account',
      -10,
      (it, owned) =>
        it.createSubscription({ ...owned, ...fresh, account: customer({ externalId: 'acc-none' }) }, CALL),
    ],
    ['a second live subscription', -6533, (it, owned) => it.createSubscription({ ...owned, ...fresh }, CALL)],
    ['it in the pre-check too', -6533, (it, owned) => it.precheck({ ...owned, ...fresh }, CALL)],
    [
      'it in the pre-check by e-mail, before we know the account',
      -6533,
      (it, owned) => it.precheck({ ...owned, ...fresh, account: customer() }, CALL),
    ],
    [
      'an unknown product',
      -3,
      (it, owned) => it.precheck({ ...owned, ...fresh, productId: 'IC-BASE-2TB' }, CALL),
    ],
    [
      'a product of another service',
      -3,
      (it, owned) => it.precheck({ ...owned, ...fresh, productId: 'CB-SERVER' }, CALL),
    ],
    ['two licenses', -6532, (it, owned) => it.precheck({ ...owned, ...fresh, quantity: 2 }, CALL)],
    [
      'a known subscription with another product',
      -7,
      (it, owned) => it.createSubscription({ ...owned, productId: 'IC-BASE-5TB' }, CALL),
    ],
    [
      'an add-on of another service',
      -6534,
      (it, owned) => it.setAddons({ ...owned, addons: [addon('CB-ARCHIVE-100GB', 1, true)] }, CALL),
    ],
    [
      'add-ons to an unknown subscription',
      -4,
      (it, owned) => it.setAddons({ ...owned, ...fresh, addons: [addon('IC-ADD-1TB', 1, true)] }, CALL),
    ],
    [
      'add-ons to another',
      -4,
      (it, owned) =>
        it.setAddons({ ...owned, externalId: 'sub-x', addons: [addon('IC-ADD-1TB', 1, true)] }, CALL),
    ],
    [
      'cancelling a confirmed subscription that is not there',
      -4,
      (it, owned) => it.cancelSubscription({ ...owned, ...fresh, externalId: 'sub-missing' }, CALL),
    ],
  ])('%s (code %i), and nothing changes', async (_, providerCode, play) => {
    const { provider, ledger } = await simulated();
    const owned = await provisioned(provider);
    const before = (await ledger()).effects;
    await expect(play(provider, owned)).rejects.toMatchObject({
      code: 'REJECTED',
      retryable: false,
      providerCode,
      providerMessage: expect.stringMatching(/^[A-Z].* .*[^.]$|@/),
    });
    expect((await ledger()).effects).toEqual(before);
  });

  test.each<[string, Play]>([
    ['creating it again', (it, owned) => it.createSubscription(owned, CALL)],
    ['adding to it', (it, owned) => it.setAddons({ ...owned, addons: [addon('IC-ADD-1TB', 1, true)] }, CALL)],
    [
      'changing it',
      (it, owned) => it.setAddons({ ...owned, addons: [addon('IC-ADD-1TB', 1, true, 1)] }, CALL),
    ],
  ])('to revive a cancelled subscription by %s', async (_, play) => {
    const { provider, ledger } = await simulated();
    const owned = await provisioned(provider);
    await provider.cancelSubscription(owned, CALL);
    const before = (await ledger()).effects;
    await expect(play(provider, owned)).rejects.toMatchObject({ code: 'REJECTED', providerCode: -6 });
    expect((await ledger()).effects).toEqual(before);
  });
});

test('a service that allows several subscriptions and licenses gets them', async () => {
  const { provider, ledger } = await simulated();
  const backup = { serviceType: 'CloudBackup', productId: 'CB-SERVER', quantity: 3, allowMultiple: true };
  const first = await provisioned(provider, backup);
  await provider.createSubscription({ ...first, id: 'subscription-2', externalId: undefined }, CALL);
  await provider.setAddons({ ...first, addons: [addon('CB-ARCHIVE-100GB', 7, true)] }, CALL);
  expect(effects(await ledger()).slice(2)).toEqual([
    'subscription.created subscription-1 CB-SERVER=3 x1',
    'subscription.created subscription-2 CB-SERVER=3 x1',
    'addon.set subscription-1 CB-ARCHIVE-100GB=7 x1',
  ]);
});

describe('endpoints that ordering does not use', () => {
  test('a quantity is updated once', async () => {
    const { simulator, provider, ledger, clear } = await simulated();
    const owned = await provisioned(provider, { serviceType: 'CloudBackup', productId: 'CB-SERVER' });
    await clear();
    const more = toService({ ...owned, quantity: 4 }, { action: 'None', changed: 'None' });
    for (const CheckOnly of [true, false, false]) {
      await post(new URL('subscriptions/update', simulator.url), { ...more, CheckOnly }, AUTHORIZED);
    }
    expect(effects(await ledger())).toEqual(['subscription.updated subscription-1 CB-SERVER=4 x1']);
  });

  test('an account is deleted only when nothing depends on it', async () => {
    const { simulator, provider } = await simulated();
    const owned = await provisioned(provider);
    const remove = async (email: string) => {
      const body = toService({ ...owned, account: customer({ email }) }, { action: 'None', changed: 'None' });
      return (await post(new URL('accounts/delete', simulator.url), body.Account, AUTHORIZED)).body;
    };
    expect(await remove(customer().email)).toMatchObject({ Code: -11 });
    expect(await remove(reseller().email)).toMatchObject({ Code: -11 });
    await provider.cancelSubscription(owned, CALL);
    expect(await remove(customer().email)).toMatchObject({ Code: 0 });
    expect(await remove(reseller().email)).toMatchObject({ Code: 0 });
    expect(await remove(reseller().email)).toMatchObject({ Code: -10 });
  });

  test('the setup returns the settings form, the sync options and the catalog', async () => {
    const { simulator } = await simulated();
    const get = async (path: string) =>
      (await fetch(new URL(path, simulator.url), { headers: AUTHORIZED })).json() as Promise<object>;
    expect(await get('fields/get')).toHaveProperty('Fields.0.ID', 'apikey');
    expect(await get('accounts/syncoptions')).toMatchObject({ Fields: [{ ID: 'username' }, { ID: 'role' }] });
    const ids = (items: string[]) => items.map(ID => expect.objectContaining({ ID }));
    expect(await get('fields/servicedefinition')).toMatchObject({
      ProductTypes: [
        {
          ID: 'ImpossibleCloudStorage',
          AllowMultipleSubscriptions: false,
          QuantityLimit: 1,
          ProductsCollection: {
            Products: ids(['IC-BASE-1TB', 'IC-BASE-5TB', 'IC-BASE-10TB']),
            Addons: ids(['IC-ADD-1TB', 'IC-ADD-5TB']),
          },
        },
        {
          ID: 'CloudBackup',
          AllowMultipleSubscriptions: true,
          ProductsCollection: {
            Products: ids(['CB-WORKSTATION', 'CB-SERVER']),
            Addons: ids(['CB-ARCHIVE-100GB']),
          },
        },
      ],
    });
    const validate = async (Value: string | null) =>
      (
        await post(
          new URL('fields/validate', simulator.url),
          { Fields: [{ ID: 'apikey', Value }] },
          AUTHORIZED,
        )
      ).body;
    expect(await validate('secret')).toEqual([]);
    expect(await validate(null)).toEqual(['API Key is required']);
  });
});

describe('a request outside the contract', () => {
  test.each<[string, string, string, unknown, object, number]>([
    ['with a wrong key', 'POST', 'accounts/exists', {}, { ...AUTHORIZED, [HEADERS.apiKey]: 'x' }, 401],
    ['without a key', 'POST', 'accounts/exists', {}, {}, 401],
    ['to an unknown endpoint', 'POST', 'accounts/wish', {}, AUTHORIZED, 404],
    ['outside of the base path', 'GET', '/', undefined, AUTHORIZED, 404],
    ['to an unknown control', 'GET', '/_control/wishes', undefined, CONTROL, 404],
    ['to the control without its key', 'GET', '/_control/ledger', undefined, {}, 401],
    ['to the control with a wrong key', 'DELETE', '/_control', undefined, { authorization: 'Bearer x' }, 401],
    ['of a web page', 'POST', '/_control/faults', { times: null }, { 'content-type': 'text/plain' }, 401],
    [
      'of a form with the key',
      'POST',
      '/_control/faults',
      {},
      { ...CONTROL, 'content-type': 'text/plain' },
      415,
    ],
    ['with a wrong method', 'GET', 'accounts/exists', undefined, AUTHORIZED, 405],
    ['with bad JSON', 'POST', 'accounts/exists', '{"Name":', AUTHORIZED, 400],
    ['with a wrong shape', 'POST', 'accounts/exists', { Name: 'x' }, AUTHORIZED, 400],
    ['without a body', 'POST', 'accounts/exists', '', AUTHORIZED, 400],
    ['with a body without end', 'POST', 'accounts/exists', ' '.repeat(8_000_000), AUTHORIZED, 413],
    ['that clears what nobody knows', 'DELETE', '/_control?state=some', undefined, CONTROL, 400],
  ])('%s (%s %s) is rejected, and the next one is served', async (_, method, path, body, headers, status) => {
    const { simulator, provider, ledger } = await simulated();
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const init = { method, headers: { ...headers }, ...(text === undefined ? {} : { body: text }) };
    const answer = await fetch(new URL(path, simulator.url), init);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ Message: expect.any(String) });
    expect((await ledger()).calls).toEqual({});
    expect(await provider.accounts.find(customer(), CALL)).toBeUndefined();
  });
});

describe('the ledger', () => {
  test('counts a call that comes while another for the same subscription is in flight', async () => {
    const { provider, setFaults, ledger, clear } = await simulated();
    const owned = await provisioned(provider);
    const other = { ...owned, id: 'subscription-2', externalId: undefined, allowMultiple: true };
    await clear();
    await setFaults(doing('hang'));
    const giveUp = new AbortController();
    const hanging = provider
      .createSubscription(owned, { ...CALL, signal: giveUp.signal })
      .catch(() => 'gave up');
    await until(async () => (await ledger()).calls['subscriptions/create'] === 1);
    await provider.setAddons({ ...owned, addons: [addon('IC-ADD-1TB', 1, true)] }, CALL);
    await provider.createSubscription(other, CALL);
    await provider.precheck(owned, CALL);
    expect(await ledger()).toMatchObject({ overlaps: 1, overlapping: { 'subscription-1': 1 } });
    giveUp.abort();
    expect(await hanging).toBe('gave up');
    await clear();
    expect(await ledger()).toEqual({ effects: [], calls: {}, overlaps: 0, overlapping: {} });
  });

  test('does not count a retry after a timeout as an overlap', async () => {
    const { simulator, provider, setFaults, ledger } = await simulated();
    await setFaults(doing('hang'));
    const impatient = client(simulator.url, { timeoutMs: 500 });
    await expect(impatient.accounts.find(customer(), CALL)).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
    await provider.accounts.find(customer(), CALL);
    expect(await ledger()).toMatchObject({ calls: { 'accounts/exists': 2 }, overlaps: 0 });
  });

  test('keeps the accounts when it is cleared, unless all state is cleared', async () => {
    const { provider, clear } = await simulated();
    const externalId = await provider.accounts.synchronize(customer(), CALL);
    await clear();
    expect(await provider.accounts.find(customer(), CALL)).toBe(externalId);
    expect(await clear('?state=all')).toBe(204);
    expect(await provider.accounts.find(customer(), CALL)).toBeUndefined();
  });
});
