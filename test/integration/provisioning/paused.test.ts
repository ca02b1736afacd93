import { deskOf, lastOperation, license, newAccount } from '../../support/desk';
import { startTestGateway, type TestGateway } from '../../support/gateway';
import { simulatorAt } from '../../support/provider/simulator';

const LEASE_MS = 700;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({}, { leaseMs: LEASE_MS, provider: { timeoutMs: LEASE_MS - 100 } });
});
afterAll(() => gateway.stop());

/** Blocks the process beyond its leases, as SIGSTOP or a starved machine does: no timer runs meanwhile. */
function pause(): void {
  const end = performance.now() + LEASE_MS + 200;
  while (performance.now() < end);
}

test('a process that was paused beyond its lease sends no further request of a call', async () => {
  const provider = simulatorAt(gateway.simulator.url);
  const manager = deskOf(gateway);
  const client: any = gateway.app.deps.providers.get('impossible-cloud');
  const { setAddons } = client;
  const sent: unknown[] = [];
  client.setAddons = async (...call: unknown[]) => {
    client.setAddons = setAddons;
    pause();
    try {
      return await setAddons(...call);
    } finally {
      sent.push((await provider.ledger()).calls['addons/create'] ?? 0);
    }
  };
  const customer = await newAccount(gateway.rows, 'Paused');
  const line = license('Backups', { 'IC-ADD-1TB': 1 });
  const { subscriptionId } = await manager.order(customer.id, line);
  await gateway.settled();
  expect(sent).toEqual([0]);
  const { state, steps } = await lastOperation(gateway.rows, subscriptionId);
  expect([state, steps[4]?.name, steps[4]?.attempts]).toEqual(['SUCCEEDED', 'ASSIGN_ADDONS', 2]);
  const { calls, overlaps } = await provider.ledger();
  expect([calls['addons/create'], overlaps]).toEqual([1, 0]);
});
