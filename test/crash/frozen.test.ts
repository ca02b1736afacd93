import { createConnection } from 'mysql2/promise';
import { demoId } from '../../dev/demo-data/ids';
import { desk, license, newAccount } from '../support/desk';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { untilLockWaits } from '../support/lock-waits';
import { startOutside } from '../support/outside';
import { doing } from '../support/provider/simulator';
import { newKey, shopper } from '../support/shop';
import { newSession } from '../support/sign-in';
import { elapse, until } from '../support/until';

let outside: Awaited<ReturnType<typeof startOutside>>;
const running: GatewayProcess[] = [];
beforeAll(async () => {
  outside = await startOutside();
  running.push(outside.first);
}, 60_000);
afterAll(async () => {
  for (const { child, kill } of running) {
    child.kill('SIGCONT');
    await kill();
  }
  await outside.stop();
});

/** Everything that an order leads to, row by row. */
async function everything() {
  const tables = ['operations', 'steps', 'subscriptions', 'orders', 'service_accounts', 'events'];
  return Object.fromEntries(
    await Promise.all(
      tables.map(async table => [table, await outside.rows(`SELECT * FROM ${table} ORDER BY 1, 2`)] as const),
    ),
  );
}

/** Freezes the owner in the middle of a call, until another has taken over and finished; then lets it go on. */
async function freeze(name: string, fault: object) {
  const [owner] = running as [GatewayProcess];
  const manager = desk((query, variables) => owner.send(outside.token, query, variables));
  const customer = await newAccount(outside.rows, name);
  const where = { endpoint: 'subscriptions/create', recipient: customer.email, checkOnly: false };
  await outside.provider.clear();
  await outside.provider.setFaults({ ...fault, ...where });
  const orderId = await manager.place(customer.id, license('Backups', { 'IC-ADD-1TB': 2 }));
  const { operationId, subscriptionId } = await manager.execute(orderId);
  // Two pre-checks, and the call itself.
  await until(async () => (await outside.provider.ledger()).calls['subscriptions/create'] === 3);
  owner.child.kill('SIGSTOP');
  const other = await startGatewayProcess(outside.env);
  running.push(other);
  await outside.settled();
  await until(async () => (await outside.rows('SELECT 1 FROM events WHERE seq IS NULL')).length === 0);
  const before = { rows: await everything(), ledger: (await outside.provider.ledger()).effects };
  owner.child.kill('SIGCONT');
  const fenced = () => owner.log.some(line => line.operation === operationId && /no longer/.test(line.msg));
  await until(fenced);
  // It is awake and has looked for work since.
  await owner.send(outside.token, '{ orders { totalCount } }', {});
  await elapse(500, 'it writes nothing meanwhile');
  expect({ rows: await everything(), ledger: (await outside.provider.ledger()).effects }).toEqual(before);
  await other.kill();
  const [operation] = await outside.rows('SELECT state, token, position FROM operations WHERE id = ?', [
    operationId,
  ]);
  const [order] = await outside.rows('SELECT state FROM orders WHERE id = ?', [orderId]);
  expect([order?.state, operation?.state, operation?.position]).toEqual(['COMPLETED', 'SUCCEEDED', 6]);
  expect(await outside.provider.effectsOf(customer.email, subscriptionId)).toEqual([
    'account.created User x1',
    'subscription.created IC-BASE-1TB=1 x1',
    'addon.set IC-ADD-1TB=2 x1',
  ]);
}

test('a worker frozen beyond its lease discards its answer, because its fencing token is stale', async () => {
  await freeze('Frozen with an answer', doing('answer', { delayMs: 300 }));
}, 60_000);

test('a worker frozen beyond its lease discards its fault, because its fencing token is stale', async () => {
  await freeze('Frozen with a fault', doing('hang'));
}, 60_000);

test('a process frozen within a transaction does not keep its locks', async () => {
  const [owner] = running as [GatewayProcess];
  const manager = desk((query, variables) => owner.send(outside.token, query, variables));
  const customer = await newAccount(outside.rows, 'Locked');
  await outside.provider.clear();
  const orderId = await manager.place(customer.id, license('Backups'));
  // The order's row is held, so the owner waits for it in the middle of a transaction of its own.
  const holder = await createConnection(outside.databaseUrl);
  await outside.provider.setFaults(
    doing('answer', { endpoint: 'subscriptions/create', checkOnly: false, delayMs: 400 }),
  );
  const { subscriptionId } = await manager.execute(orderId);
  await until(async () => (await outside.provider.ledger()).calls['subscriptions/create'] === 3);
  await holder.beginTransaction();
  await holder.query('SELECT id FROM subscriptions WHERE id = ? FOR UPDATE', [subscriptionId]);
  await untilLockWaits(outside.rows, waits => waits === 1);
  owner.child.kill('SIGSTOP');
  await holder.rollback();
  await holder.end();
  // Granted now, with nobody awake to go on with it: the order's and the subscription's rows are locked.
  const other = await startGatewayProcess(outside.env);
  running.push(other);
  await outside.settled();
  owner.child.kill('SIGCONT');
  await owner.send(outside.token, '{ orders { totalCount } }', {});
  await other.kill();
  expect(await outside.rows('SELECT state FROM orders WHERE id = ?', [orderId])).toEqual([
    { state: 'COMPLETED' },
  ]);
  expect(await outside.provider.effectsOf(customer.email, subscriptionId)).toEqual([
    'account.created User x1',
    'subscription.created IC-BASE-1TB=1 x1',
  ]);
}, 60_000);

const BUYER = 'buyer@northwind.example';

/** The storefront of a buyer, through a gateway in another process. */
async function storefront(gateway: GatewayProcess) {
  const session = await newSession(gateway, BUYER);
  const send = async (token: string, query: string, variables: object = {}) => ({
    data: await gateway.send(token, query, variables),
  });
  return shopper({ token: async () => session, send }, BUYER);
}

test('a gateway frozen during a checkout does not block the retry at another gateway', async () => {
  const [owner] = running as [GatewayProcess];
  const other = await startGatewayProcess(outside.env);
  running.push(other);
  const [here, there] = [await storefront(owner), await storefront(other)];
  await here.add({ productId: demoId('prod', 'IC-BASE-1TB') });
  const { basket } = await here.confirm();
  const input = { basketId: basket.id, idempotencyKey: newKey() };
  // The basket is held, so the checkout waits for it in its transaction, with the account locked.
  const holder = await createConnection(outside.databaseUrl);
  await holder.beginTransaction();
  await holder.query('SELECT id FROM baskets WHERE id = ? FOR UPDATE', [basket.id]);
  const first = here.checkout(input);
  await untilLockWaits(outside.rows, waits => waits === 1);
  owner.child.kill('SIGSTOP');
  await holder.rollback();
  await holder.end();
  const { order, errors } = await there.checkout(input);
  expect(errors).toEqual([]);
  owner.child.kill('SIGCONT');
  expect((await first).order.id).toBe(order.id);
  await outside.settled();
  const orders = await outside.rows('SELECT id, state FROM orders WHERE basketId = ?', [basket.id]);
  expect(orders).toEqual([{ id: order.id, state: 'COMPLETED' }]);
  const subscriptions = await outside.rows('SELECT id FROM subscriptions WHERE orderId = ?', [order.id]);
  expect(subscriptions).toEqual([{ id: order.lines[0].subscription.id }]);
  expect([owner.errors(), other.errors()]).toEqual(['', '']);
  await other.kill();
}, 60_000);
