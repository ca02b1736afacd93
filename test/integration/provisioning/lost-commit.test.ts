import { Transaction } from '../../../src/database/transaction';
import { MANAGER } from '../../support/demo';
import { deskOf, lastOperation, license, newAccount } from '../../support/desk';
import { startTestGateway, type TestGateway } from '../../support/gateway';
import { doing, simulatorAt } from '../../support/provider/simulator';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  // Its session is no part of what is looked at.
  await gateway.token(MANAGER);
});
afterAll(() => gateway.stop());

/** Every COMMIT of something that happened is done, and its answer is lost: 2013 in the words of the driver. */
function loseCommits(): { lost: () => number; restore: () => void } {
  const { commit } = Transaction.prototype;
  let lost = 0;
  const spy = jest.spyOn(Transaction.prototype, 'commit').mockImplementation(async function (
    this: Transaction,
  ) {
    await commit.call(this);
    if (!this.touched.has('events')) return;
    lost += 1;
    throw Object.assign(new Error('Connection lost'), { code: 'PROTOCOL_CONNECTION_LOST', fatal: true });
  });
  return { lost: () => lost, restore: () => spy.mockRestore() };
}

test('when no COMMIT is answered, no step is skipped or repeated, and each has one event', async () => {
  const reseller = await newAccount(gateway.rows, 'Lost reseller', null, 'RESELLER');
  const customer = await newAccount(gateway.rows, 'Lost customer', reseller.id);
  const provider = simulatorAt(gateway.simulator.url);
  await provider.setFaults(doing('status', { endpoint: 'subscriptions/create', checkOnly: false }));
  const manager = deskOf(gateway);
  // A sign-in is told of too, and whoever calls it does not call again.
  await gateway.token(MANAGER);
  const commits = loseCommits();
  const orderId = await manager.place(customer.id, license('Backups', { 'IC-ADD-1TB': 2 }));
  const { subscriptionId, operationId } = await manager.execute(orderId);
  await gateway.settled();
  commits.restore();
  const { state, steps } = await lastOperation(gateway.rows, subscriptionId);
  expect([state, steps.map(step => [step.name, step.state, step.attempts])]).toEqual([
    'SUCCEEDED',
    [
      ['CREATE_SUBSCRIPTION', 'SUCCEEDED', 0],
      ['SYNCHRONIZE_RESELLER', 'SUCCEEDED', 1],
      ['IMPORT_CUSTOMER', 'SUCCEEDED', 1],
      ['ASSIGN_LICENSE', 'SUCCEEDED', 2],
      ['ASSIGN_ADDONS', 'SUCCEEDED', 1],
      ['ACTIVATE_SERVICE', 'SUCCEEDED', 0],
    ],
  ]);
  const events = await gateway.rows(
    'SELECT type, data FROM events WHERE operationId = ? OR orderId = ? ORDER BY id',
    [operationId, orderId],
  );
  expect(
    events.map(({ type, data }) => [type, data.step ?? '', data.stepState ?? data.operationState ?? '']),
  ).toEqual([
    ['order.placed', '', ''],
    ['order.executing', '', ''],
    ['subscription.created', '', ''],
    ['operation.created', '', 'PENDING'],
    ['operation.changed', '', 'RUNNING'],
    ['step.changed', 'CREATE_SUBSCRIPTION', 'SUCCEEDED'],
    ['step.changed', 'SYNCHRONIZE_RESELLER', 'RUNNING'],
    ['step.changed', 'SYNCHRONIZE_RESELLER', 'SUCCEEDED'],
    ['step.changed', 'IMPORT_CUSTOMER', 'RUNNING'],
    ['step.changed', 'IMPORT_CUSTOMER', 'SUCCEEDED'],
    ['step.changed', 'ASSIGN_LICENSE', 'RUNNING'],
    ['step.changed', 'ASSIGN_LICENSE', 'RETRYING'],
    ['step.changed', 'ASSIGN_LICENSE', 'RUNNING'],
    ['step.changed', 'ASSIGN_LICENSE', 'SUCCEEDED'],
    ['step.changed', 'ASSIGN_ADDONS', 'RUNNING'],
    ['step.changed', 'ASSIGN_ADDONS', 'SUCCEEDED'],
    ['charge.created', '', ''],
    ['charge.created', '', ''],
    ['subscription.activated', '', ''],
    ['step.changed', 'ACTIVATE_SERVICE', 'SUCCEEDED'],
    ['operation.changed', '', 'SUCCEEDED'],
    ['order.completed', '', ''],
  ]);
  // Placing, executing, and every transaction of the worker.
  expect(commits.lost()).toBe(9);
  expect(await provider.effectsOf(reseller.email, customer.email, subscriptionId)).toEqual([
    'account.created Reseller x1',
    'account.created User x1',
    'subscription.created IC-BASE-1TB=1 x1',
    'addon.set IC-ADD-1TB=2 x1',
  ]);
  const { calls } = await provider.ledger();
  expect(calls).toEqual({
    'accounts/exists': 2,
    'accounts/synchronize': 2,
    // Two pre-checks, one that failed, one that worked.
    'subscriptions/create': 4,
    'addons/create': 1,
  });
});

test('the same where the provider accepts the work for later', async () => {
  const customer = await newAccount(gateway.rows, 'Lost and accepted');
  const commits = loseCommits();
  const manager = deskOf(gateway);
  const line = license('Backups', { 'CB-ARCHIVE-100GB': 2 }, 'CB-SERVER');
  const { subscriptionId, operationId } = await manager.order(customer.id, line);
  await gateway.settled();
  commits.restore();
  const { state, steps } = await lastOperation(gateway.rows, subscriptionId);
  expect([state, steps[3]?.attempts, steps[4]?.attempts]).toEqual(['SUCCEEDED', 1, 1]);
  const told = await gateway.rows(
    `SELECT message, COUNT(*) AS n FROM events WHERE operationId = ? GROUP BY message HAVING n > 1`,
    [operationId],
  );
  expect(told).toEqual([]);
  expect(await simulatorAt(gateway.simulator.url).effectsOf(subscriptionId)).toEqual([
    'subscription.created CB-SERVER=1 x1',
    'addon.set CB-ARCHIVE-100GB=2 x1',
  ]);
});
