import { administrator } from '../../support/administrator';
import { deskOf, lastOperation, license, newAccount } from '../../support/desk';
import { CREDENTIALS, startTestGateway, type TestGateway } from '../../support/gateway';
import { client } from '../../support/provider/client';
import { doing, simulatorAt } from '../../support/provider/simulator';
import { writingNothing } from '../../support/tables';

const ATTEMPTS = 2;

let gateway: TestGateway;
let provider: ReturnType<typeof simulatorAt>;
let manager: ReturnType<typeof deskOf>;
beforeAll(async () => {
  const retries = { firstMs: 10, maxMs: 20, maxAttempts: ATTEMPTS, totalMs: 60_000 };
  gateway = await startTestGateway({ retries }, { leaseMs: 250, provider: { timeoutMs: 240 } });
  provider = simulatorAt(gateway.simulator.url);
  manager = deskOf(gateway);
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.reset());

const failedStep = async (subscriptionId: string) => {
  const { state, steps } = await lastOperation(gateway.rows, subscriptionId);
  const step = steps.find(it => it.state === 'FAILED');
  return [state, step?.name, step?.errorCode, step?.errorProviderCode, step?.errorMessage];
};

const subscription = async (id: string) =>
  (await gateway.rows('SELECT state, syncState, externalId FROM subscriptions WHERE id = ?', [id]))[0];

/** An order whose license meets `fault` at every attempt, so that it fails. */
async function failedLicense(name: string, fault: object) {
  const customer = await newAccount(gateway.rows, name);
  const where = { endpoint: 'subscriptions/create', recipient: customer.email, checkOnly: false };
  await provider.setFaults({ ...fault, ...where, times: ATTEMPTS });
  const { subscriptionId } = await manager.order(customer.id, license('Backups'));
  await gateway.settled();
  expect((await failedStep(subscriptionId)).slice(0, 2)).toEqual(['FAILED', 'ASSIGN_LICENSE']);
  expect(await subscription(subscriptionId)).toEqual({
    state: 'PENDING',
    syncState: 'FAILED',
    externalId: null,
  });
  return { customer, subscriptionId };
}

const created = 'subscription.created IC-BASE-1TB=1 x1';
const ended = 'subscription.cancelled IC-BASE-1TB x1';
const cancelled = { state: 'CANCELLED', syncState: 'SYNCED', externalId: null };

describe('a subscription that the provider never confirmed, when it is cancelled,', () => {
  test('is deleted at the provider if it exists there', async () => {
    const { subscriptionId } = await failedLicense('Unconfirmed', doing('resetAfter'));
    expect(await provider.effectsOf(subscriptionId)).toEqual([created]);
    await manager.cancel(subscriptionId);
    await gateway.settled();
    expect(await subscription(subscriptionId)).toEqual(cancelled);
    expect(await provider.effectsOf(subscriptionId)).toEqual([created, ended]);
  });

  test('is deleted there also after a retry that failed for another reason', async () => {
    const { subscriptionId, customer } = await failedLicense('Retried', doing('resetAfter'));
    const where = { endpoint: 'subscriptions/create', recipient: customer.email, checkOnly: false };
    await provider.setFaults(doing('status', { ...where, status: 401 }));
    await manager.retry((await lastOperation(gateway.rows, subscriptionId)).id);
    await gateway.settled();
    await manager.cancel(subscriptionId);
    await gateway.settled();
    expect(await subscription(subscriptionId)).toEqual(cancelled);
    expect(await provider.effectsOf(subscriptionId)).toEqual([created, ended]);
  });

  test('ends at the gateway alone if the provider has no such subscription', async () => {
    const { subscriptionId } = await failedLicense('Not there', doing('resetBefore'));
    await manager.cancel(subscriptionId);
    await gateway.settled();
    expect(await subscription(subscriptionId)).toEqual(cancelled);
    expect(await provider.effectsOf(subscriptionId)).toEqual([]);
    expect((await provider.ledger()).calls['subscriptions/cancel']).toBe(1);
  });

  test('fails and waits for a retry if the provider rejects it for another reason', async () => {
    const { subscriptionId, customer } = await failedLicense('Refused', doing('resetAfter'));
    const where = { endpoint: 'subscriptions/cancel', recipient: customer.email };
    await provider.setFaults(doing('refuse', { ...where, code: -5, message: 'Not today' }));
    await manager.cancel(subscriptionId);
    await gateway.settled();
    expect(await failedStep(subscriptionId)).toEqual([
      'FAILED',
      'CANCEL_SERVICE',
      'REJECTED',
      -5,
      'The provider refused: Not today (code -5). Settle with the provider why it does not end the subscription, then retry.',
    ]);
    expect((await subscription(subscriptionId))?.state).toBe('PENDING');
  });

  test('causes no provider call if its creation was never requested', async () => {
    const customer = await newAccount(gateway.rows, 'Never asked');
    await provider.setFaults(
      doing('refuse', { endpoint: 'accounts/synchronize', recipient: customer.email }),
    );
    const { subscriptionId } = await manager.order(customer.id, license('Backups'));
    await gateway.settled();
    await manager.cancel(subscriptionId);
    await gateway.settled();
    expect(await subscription(subscriptionId)).toEqual(cancelled);
    expect((await provider.ledger()).calls['subscriptions/cancel']).toBeUndefined();
  });
});

test('a customer that belongs to another reseller at the provider fails its order with a remedy', async () => {
  const theirs = await newAccount(gateway.rows, 'Their reseller', null, 'RESELLER');
  const ours = await newAccount(gateway.rows, 'Our reseller', null, 'RESELLER');
  const customer = await newAccount(gateway.rows, 'Contested', ours.id);
  const direct = client(gateway.simulator.url, CREDENTIALS);
  const address = { line1: 'Weg 1', city: 'Berlin', postalCode: '10115', country: 'DE' };
  const call = { trackId: 'by-hand' };
  const parent = await direct.accounts.synchronize({ ...theirs, role: 'Reseller', address }, call);
  await direct.accounts.synchronize(
    { ...customer, role: 'User', address, reseller: { id: theirs.id, externalId: parent } },
    call,
  );
  const { subscriptionId } = await manager.order(customer.id, license('Backups'));
  await gateway.settled();
  expect(await failedStep(subscriptionId)).toEqual([
    'FAILED',
    'IMPORT_CUSTOMER',
    'REJECTED',
    -21,
    "The provider refused: contested@desk.example belongs to another user already (code -21). Correct the account's e-mail or address with `updateAccount`, or its reseller at the provider, then retry.",
  ]);
  expect(await provider.effectsOf(subscriptionId)).toEqual([]);

  // The remedy works: the provider has no account of this customer.
  const admin = administrator(gateway);
  await admin.does('updateAccount', { accountId: customer.id, email: 'uncontested@desk.example' });
  const { id } = await lastOperation(gateway.rows, subscriptionId);
  await manager.retry(id);
  await gateway.settled();
  expect((await lastOperation(gateway.rows, subscriptionId)).state).toBe('SUCCEEDED');
  expect(await provider.effectsOf(subscriptionId)).toEqual([created]);

  // From now on the provider knows the account by its address.
  const again = { accountId: customer.id, email: 'another@desk.example' };
  const { errors } = await writingNothing(gateway, () => admin.ask('updateAccount', again));
  expect(errors).toMatchObject([{ code: 'INVALID_STATE', path: ['email'] }]);
});

test('an e-mail cannot change while a provider might have the account; a retry decides', async () => {
  const customer = await newAccount(gateway.rows, 'Unanswered');
  await provider.setFaults(
    doing('status', { endpoint: 'accounts/synchronize', recipient: customer.email, times: ATTEMPTS }),
  );
  const { subscriptionId } = await manager.order(customer.id, license('Backups'));
  await gateway.settled();
  const [row] = await gateway.rows('SELECT state, errorCode FROM service_accounts WHERE accountId = ?', [
    customer.id,
  ]);
  expect(row?.state).toBe('FAILED');
  expect(row?.errorCode).not.toBe('REJECTED');
  const admin = administrator(gateway);
  const change = { accountId: customer.id, email: 'answered@desk.example' };
  const { errors } = await writingNothing(gateway, () => admin.ask('updateAccount', change));
  expect(errors).toMatchObject([
    { message: expect.stringContaining('Retry the operation that failed first'), path: ['email'] },
  ]);

  const where = { endpoint: 'accounts/synchronize', recipient: customer.email, code: -21 };
  await provider.setFaults(doing('refuse', where));
  await manager.retry((await lastOperation(gateway.rows, subscriptionId)).id);
  await gateway.settled();
  await admin.does('updateAccount', change);
});

test('an account whose first operation fails is synchronized by the operation that waited for it', async () => {
  const reseller = await newAccount(gateway.rows, 'Waited for', null, 'RESELLER');
  const where = { endpoint: 'accounts/synchronize', recipient: reseller.email };
  await provider.setFaults(doing('refuse', { ...where, delayMs: 150 }));
  const customers = [
    await newAccount(gateway.rows, 'Waits 1', reseller.id),
    await newAccount(gateway.rows, 'Waits 2', reseller.id),
  ];
  const orders = await Promise.all(
    customers.map(async ({ id }) => ({ id: await manager.place(id, license('Backups')) })),
  );
  const executed = await Promise.all(orders.map(({ id }) => manager.execute(id)));
  await gateway.settled();
  const states = await Promise.all(
    executed.map(async ({ subscriptionId }) => (await lastOperation(gateway.rows, subscriptionId)).state),
  );
  expect(states.sort()).toEqual(['FAILED', 'SUCCEEDED']);
  expect(await provider.effectsOf(reseller.email)).toEqual(['account.created Reseller x1']);
  expect((await provider.ledger()).overlapping[reseller.email]).toBeUndefined();
  const held = await gateway.rows('SELECT heldBy, state FROM service_accounts WHERE accountId = ?', [
    reseller.id,
  ]);
  expect(held).toEqual([{ heldBy: null, state: 'SYNCED' }]);
});

test('an operation that always fails unexpectedly stops with a masked error, and resumes after a repair', async () => {
  const { subscriptionId } = await failedLicense('Poisoned', doing('resetBefore'));
  const { id, trackId } = await lastOperation(gateway.rows, subscriptionId);
  await gateway.rows(
    `UPDATE operations SET addons = '[{"addonId":"add_missing","quantity":1}]' WHERE id = ?`,
    [id],
  );
  await manager.retry(id);
  await gateway.settled();
  expect(await failedStep(subscriptionId)).toEqual([
    'FAILED',
    'ASSIGN_ADDONS',
    'OUTCOME_UNKNOWN',
    null,
    `The gateway could not carry this step on; its log says why under ${trackId}. Retry it when the reason is removed.`,
  ]);
  const [row] = await gateway.rows('SELECT token, claims, dueAt FROM operations WHERE id = ?', [id]);
  expect(row).toMatchObject({ claims: 0, dueAt: null });
  await gateway.rows(`UPDATE operations SET addons = '[]' WHERE id = ?`, [id]);
  await manager.retry(id);
  await gateway.settled();
  expect((await lastOperation(gateway.rows, subscriptionId)).state).toBe('SUCCEEDED');
  expect(await provider.effectsOf(subscriptionId)).toEqual([created]);
});
