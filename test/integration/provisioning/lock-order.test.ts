import { type Database, isLockTimeout } from '../../../src/database';
import { ProvisioningOperation } from '../../../src/entities';
import { Fenced } from '../../../src/jobs';
import { lockClaimedOperation } from '../../../src/provisioning/write-operation';
import { deskOf, license, newAccount } from '../../support/desk';
import { startTestGateway, type TestGateway } from '../../support/gateway';
import { until } from '../../support/until';

let gateway: TestGateway;
let db: Database;
let operation: ProvisioningOperation;
beforeAll(async () => {
  gateway = await startTestGateway();
  db = gateway.app.deps.db;
  const customer = await newAccount(gateway.rows, 'Locked');
  const { operationId } = await deskOf(gateway).order(customer.id, license('Backups', {}));
  await gateway.settled();
  // As if a worker had it in hand.
  await db.execute(
    `UPDATE operations SET state = 'RUNNING', dueAt = NOW(3) + INTERVAL 1 HOUR WHERE id = '${operationId}'`,
  );
  operation = (await db.one(ProvisioningOperation, 'WHERE t.id = ?', [operationId])) as ProvisioningOperation;
});
afterAll(() => gateway.stop());

const keys = () => ({
  orders: operation.orderId,
  subscriptions: operation.subscriptionId,
  operations: operation.id,
});
type Table = keyof ReturnType<typeof keys>;
const lock = (table: Table, wait: '' | 'NOWAIT') => `SELECT id FROM ${table} WHERE id = ? FOR UPDATE ${wait}`;

/** Which of the three rows somebody has locked. */
async function locked(): Promise<string[]> {
  const found: string[] = [];
  for (const [table, key] of Object.entries(keys())) {
    await db.rows(lock(table as Table, 'NOWAIT'), [key]).catch(error => {
      if (!isLockTimeout(error)) throw error;
      found.push(table);
    });
  }
  return found;
}

/** What is locked while a worker wants its rows and somebody else holds the one of `table`. */
async function lockedBefore(table: Table, known: Table): Promise<string[]> {
  let worker: Promise<void> | undefined;
  const seen = await db.transaction(async tx => {
    await tx.rows(lock(table, ''), [keys()[table]]);
    worker = db.transaction(other => lockClaimedOperation(other, operation));
    await until(async () => (await locked()).includes(known));
    return locked();
  });
  await worker;
  return seen;
}

test('a worker locks the order, then the subscription, then the operation, in one statement', async () => {
  expect(await locked()).toEqual([]);
  expect(await lockedBefore('subscriptions', 'orders')).toEqual(['orders', 'subscriptions']);
  expect(await lockedBefore('operations', 'subscriptions')).toEqual([
    'orders',
    'subscriptions',
    'operations',
  ]);
});

test('without an order it locks the subscription, then the operation', async () => {
  const own = operation;
  operation = Object.assign(new ProvisioningOperation(), own, { orderId: null });
  expect(await lockedBefore('operations', 'subscriptions')).toEqual(['subscriptions', 'operations']);
  operation = own;
});

test.each([
  ['token', { token: 99 }],
  ['state', { state: 'PENDING' }],
  ['position', { position: 0 }],
])('a worker with an outdated %s is rejected before it writes', async (_, old) => {
  const stale = Object.assign(new ProvisioningOperation(), operation, old);
  await expect(db.transaction(tx => lockClaimedOperation(tx, stale))).rejects.toThrow(Fenced);
});
