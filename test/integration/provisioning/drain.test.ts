import { deskOf, lastOperation, license, newAccount } from '../../support/desk';
import { startTestGateway } from '../../support/gateway';
import { doing, simulatorAt } from '../../support/provider/simulator';
import { until } from '../../support/until';

test('a stopped worker releases slow work, and another process resumes it at once', async () => {
  const limits = { slots: 1, failureThreshold: 10, openMs: 1 };
  const gateway = await startTestGateway(
    { worker: { drainMs: 300, limits } },
    { provider: { timeoutMs: 10_000 } },
  );
  const { rows, simulator } = gateway;
  const provider = simulatorAt(simulator.url);
  const manager = deskOf(gateway);
  await provider.setFaults(doing('hang', { endpoint: 'accounts/synchronize' }));
  const names = ['Called', 'Not claimed'];
  const sold = [];
  for (const name of names) {
    sold.push(await manager.order((await newAccount(rows, name)).id, license('Backups')));
  }
  await until(async () => (await provider.ledger()).calls['accounts/synchronize'] === 1);
  // The rows are looked at after the stop, so the test's own connection and the simulator stay.
  await gateway.app.stop();
  const seen = await Promise.all(sold.map(({ subscriptionId }) => lastOperation(rows, subscriptionId)));
  const [called, waiting] = seen.map(({ state, owner, claims, steps }) => [
    state,
    owner,
    claims,
    steps[2]?.state,
    steps[2]?.attempts,
    steps[2]?.errorCode,
  ]);
  expect(called).toEqual(['RUNNING', null, 0, 'RETRYING', 1, 'OUTCOME_UNKNOWN']);
  expect(waiting).toEqual(['PENDING', null, 0, 'PENDING', 0, null]);
  const due = await rows('SELECT COUNT(*) AS n FROM operations WHERE dueAt <= NOW(3)');
  expect(due).toEqual([{ n: 2 }]);
  await gateway.stop();
});
