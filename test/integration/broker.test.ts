import { Accepted } from '../../src/providers/port';
import { broker, holding, through, wanted } from '../support/provider/broker';
import { CALL } from '../support/provider/client';
import { doing, effects } from '../support/provider/simulator';

test('a synchronous answer of the broker is final at any number of repetitions', async () => {
  const { client, ledger } = await broker();
  for (let time = 0; time < 2; time += 1) {
    expect(await client.createSubscription(wanted(), CALL)).toBe('sub_1');
    expect(await client.setAddons(holding(2), CALL)).toBeUndefined();
  }
  expect(await client.inspect(wanted(), CALL)).toEqual({
    live: true,
    productId: 'CB-SERVER',
    addons: { 'CB-ARCHIVE-100GB': 2 },
  });
  for (let time = 0; time < 2; time += 1) {
    expect(await client.cancelSubscription(wanted(), CALL)).toBeUndefined();
  }
  expect(await client.inspect(wanted(), CALL)).toEqual({ live: false });
  expect(effects(await ledger())).toEqual([
    'subscription.created sub_1 CB-SERVER=1 x1',
    'addon.set sub_1 CB-ARCHIVE-100GB=2 x1',
    'subscription.cancelled sub_1 CB-SERVER x1',
  ]);
});

test('asynchronous work is accepted, and a repetition returns the running work', async () => {
  const { client, ledger } = await broker(150);
  const first = await client.createSubscription(wanted(), CALL);
  const second = await client.createSubscription(wanted(), CALL);
  expect(first).toBeInstanceOf(Accepted);
  expect(second).toEqual(first);
  expect((await through(client, first)).result).toBe('sub_1');
  const update = await client.setAddons(holding(3), CALL);
  // The broker is busy with the first: the ticket of the second sends it again until there is time for it.
  const again = await client.setAddons(holding(3), CALL);
  expect(again).not.toEqual(update);
  expect((await through(client, again)).result).toBe('sub_1');
  await through(client, await client.cancelSubscription(wanted(), CALL));
  expect(effects(await ledger())).toEqual([
    'subscription.created sub_1 CB-SERVER=1 x1',
    'addon.set sub_1 CB-ARCHIVE-100GB=3 x1',
    'subscription.cancelled sub_1 CB-SERVER x1',
  ]);
});

test('a deprovisioning during provisioning waits for it, and then runs', async () => {
  const { client, ledger } = await broker(150);
  await client.createSubscription(wanted(), CALL);
  await through(client, await client.cancelSubscription(wanted({ externalId: undefined }), CALL));
  expect(effects(await ledger())).toEqual([
    'subscription.created sub_1 CB-SERVER=1 x1',
    'subscription.cancelled sub_1 CB-SERVER x1',
  ]);
});

test('deprovisioning an unknown instance succeeds', async () => {
  const { client, ledger } = await broker();
  expect(await client.cancelSubscription(wanted(), CALL)).toBeUndefined();
  expect((await ledger()).effects).toEqual([]);
});

test.each<[string, object, object]>([
  ['a plan that it does not sell', { productId: 'CB-NONE' }, { code: 'REJECTED', providerCode: 400 }],
  ['an instance that exists otherwise', { quantity: 2 }, { code: 'REJECTED', providerCode: 409 }],
])('%s is rejected, and changes nothing', async (_, more, fault) => {
  const { client, ledger } = await broker();
  await client.createSubscription(wanted(), CALL);
  const before = (await ledger()).effects;
  await expect(client.createSubscription(wanted(more), CALL)).rejects.toMatchObject({
    ...fault,
    retryable: false,
  });
  expect((await ledger()).effects).toEqual(before);
});

test('a wrong password is UNAUTHORIZED', async () => {
  const { client } = await broker(0, { password: 'wrong' });
  await expect(client.readCatalog(CALL)).rejects.toMatchObject({ code: 'UNAUTHORIZED', retryable: false });
});

test('a poll of failed work returns the message of the broker', async () => {
  const { client, setFaults } = await broker(10);
  await setFaults(doing('failLater', { message: 'No room' }));
  const made = await client.createSubscription(wanted(), CALL);
  await expect(through(client, made)).rejects.toMatchObject({
    code: 'REJECTED',
    providerMessage: 'No room',
    message: 'The provider refused: No room',
  });
});

test.each(['', '{}', '{"is":"accepted","change":{}}', 'x'])(
  'the malformed ticket %j is rejected',
  async ticket => {
    const { client } = await broker();
    await expect(client.poll(ticket, CALL)).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      retryable: false,
    });
  },
);

test('the catalog lists plans as products, with prices, storage and their add-ons', async () => {
  const { client } = await broker();
  const { services, rejected } = await client.readCatalog(CALL);
  const [service, ...others] = services;
  expect([others, rejected]).toEqual([[], []]);
  expect(service).toMatchObject({
    type: 'CloudBackup',
    name: 'Cloud Backup',
    quantityLimit: null,
    allowMultiple: true,
    cancelsAtOnce: true,
  });
  expect(service?.products[1]).toEqual({
    sku: 'CB-SERVER',
    name: 'Backup for a server',
    bytes: 1_000_000_000_000,
    attributes: { storage_gb: '1000' },
    prices: [
      { currency: 'EUR', billingCycle: 'MONTHLY', amount: '15' },
      { currency: 'EUR', billingCycle: 'ANNUALLY', amount: '150' },
    ],
    position: 'services[0].plans[1]',
  });
  expect(service?.addons.map(({ sku, fits }) => [sku, fits])).toEqual([
    ['CB-ARCHIVE-100GB', ['CB-WORKSTATION', 'CB-SERVER']],
  ]);
});

test('a request has version, user, track id and instance; its context names the account', async () => {
  const { client, ledger } = await broker();
  await client.createSubscription(wanted(), CALL);
  expect((await ledger()).effects[0]).toMatchObject({
    subject: 'sub_1',
    recipient: 'Alpine Dental',
    trackId: 'track-1',
  });
});
