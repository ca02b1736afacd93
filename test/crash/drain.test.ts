import { desk, license, newAccount } from '../support/desk';
import { startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { doing } from '../support/provider/simulator';
import { until } from '../support/until';

test('SIGTERM ends readiness first, waits for the running provider call, and leaves other work to other processes', async () => {
  const outside = await startOutside();
  const { first, provider, rows } = outside;
  const manager = desk((query, variables) => first.send(outside.token, query, variables));
  const customer = await newAccount(rows, 'Drained');
  const ready = async () => (await fetch(`${first.url}/readyz`)).status;
  expect(await ready()).toBe(200);
  await provider.setFaults(
    doing('answer', { endpoint: 'subscriptions/create', checkOnly: false, delayMs: 500 }),
  );
  const orderId = await manager.place(customer.id, license('Backups', { 'IC-ADD-1TB': 2 }));
  const { operationId, subscriptionId } = await manager.execute(orderId);
  await until(async () => (await provider.ledger()).calls['subscriptions/create'] === 3);
  const stopped = first.stop();
  await until(async () => (await ready()) === 503);
  expect(await stopped).toBe(0);

  const steps = await rows(
    'SELECT name, state, attempts FROM steps WHERE operationId = ? AND position >= 3',
    [operationId],
  );
  expect(steps.map(({ name, state, attempts }) => [name, state, attempts])).toEqual([
    ['ASSIGN_LICENSE', 'SUCCEEDED', 1],
    ['ASSIGN_ADDONS', 'RETRYING', 0],
    ['ACTIVATE_SERVICE', 'PENDING', 0],
  ]);
  const other = await startGatewayProcess(outside.env);
  await outside.settled();
  expect(await rows('SELECT state FROM orders WHERE id = ?', [orderId])).toEqual([{ state: 'COMPLETED' }]);
  expect(await provider.effectsOf(subscriptionId)).toEqual([
    'subscription.created IC-BASE-1TB=1 x1',
    'addon.set IC-ADD-1TB=2 x1',
  ]);
  await other.stop();
  await outside.stop();
}, 60_000);
