import { renewDue } from '../../src/ledger';
import { executeDueCancellations } from '../../src/services/subscriptions/execute-due-cancellations';
import { executeDueChanges } from '../../src/services/subscriptions/execute-due-changes';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { NORTHWIND } from '../support/demo';
import type { TestGateway } from '../support/gateway';

const ONE_TB = addon('IC-ADD-1TB');
const START = '2026-04-01T00:00:00.000Z';

/** Business time. */
let now = new Date(START);
let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
let id: string;
beforeAll(async () => {
  office = await startBackOffice({ clock: () => now });
  ({ gateway, who } = office);
});
afterAll(() => office.stop());
beforeEach(async () => {
  now = new Date(START);
  await office.reset();
  const line = { productId: product('IC-BASE-1TB'), addons: [{ addonId: ONE_TB, quantity: 2 }] };
  id = (await who.manager.provisioned(NORTHWIND, line)).lines[0].subscription.id;
});

/** Moves business time, and carries out what is due then. */
async function reach(time: string): Promise<void> {
  now = new Date(time);
  const { deps } = gateway.app;
  await executeDueCancellations(deps);
  await executeDueChanges(deps);
  await gateway.settled();
  while (await renewDue(deps));
}

const CHARGE = `seq kind account { name } product { sku } addon { sku } quantity unitPrice { amount } amount { amount currency }
  periodStart periodEnd reverses { kind } reason order { id }`;

/** Charges of the subscription, one line each. */
async function lines(): Promise<string[]> {
  await gateway.app.deps.events.numberCommitted();
  const { data, errors } = await who.buyer.send(
    `query ($id: ID!) { subscription(id: $id) { charges(first: 100) { nodes { ${CHARGE} } } } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  return data.subscription.charges.nodes.map(
    (charge: any) =>
      `${charge.kind} ${charge.product?.sku ?? charge.addon?.sku} ${charge.quantity} ${charge.periodStart.slice(0, 10)} ${charge.periodEnd.slice(0, 10)} ${charge.amount.amount}`,
  );
}

test('the activation charges the first period of each lot', async () => {
  expect(await lines()).toEqual([
    'RECURRING IC-BASE-1TB 1 2026-04-01 2026-05-01 8.00',
    'RECURRING IC-ADD-1TB 2 2026-04-01 2026-05-01 15.00',
  ]);
});

test('more, fewer, the end of the period, and the end', async () => {
  await reach('2026-04-11T00:00:00.000Z');
  await who.manager.provisioned(NORTHWIND, {
    subscriptionId: id,
    addons: [{ addonId: ONE_TB, quantity: 3 }],
  });
  await reach('2026-04-16T00:00:00.000Z');
  const change = await who.manager.change({ subscriptionId: id, addons: [{ addonId: ONE_TB, quantity: 1 }] });
  expect(change.errors).toEqual([]);
  await gateway.settled();
  await reach('2026-05-31T00:00:00.000Z');
  await reach('2026-06-01T00:00:00.000Z');
  expect(await lines()).toEqual([
    'RECURRING IC-BASE-1TB 1 2026-04-01 2026-05-01 8.00',
    'RECURRING IC-ADD-1TB 2 2026-04-01 2026-05-01 15.00',
    'PRORATION IC-ADD-1TB 3 2026-04-11 2026-05-01 15.00',
    'CREDIT IC-ADD-1TB 1 2026-04-16 2026-05-01 -3.75',
    'CREDIT IC-ADD-1TB 3 2026-04-16 2026-05-01 -11.25',
    'RECURRING IC-BASE-1TB 1 2026-05-01 2026-06-01 8.00',
    'RECURRING IC-ADD-1TB 1 2026-05-01 2026-06-01 7.50',
    'RECURRING IC-BASE-1TB 1 2026-06-01 2026-07-01 8.00',
    'RECURRING IC-ADD-1TB 1 2026-06-01 2026-07-01 7.50',
  ]);
});

test('more charges than a statement has parameters for are written', async () => {
  await reach('2226-04-01T00:00:00.000Z');
  const [row] = await gateway.rows(
    'SELECT COUNT(*) AS count, COUNT(DISTINCT line, periodStart) AS different FROM charges WHERE subscriptionId = ?',
    [id],
  );
  const each = 12 * 200 + 1;
  expect(row).toEqual({ count: 2 * each, different: 2 * each });
});
