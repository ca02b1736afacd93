import { executeDueCancellations } from '../../src/services/subscriptions/execute-due-cancellations';
import { executeDueChanges } from '../../src/services/subscriptions/execute-due-changes';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { renewAll } from '../support/charges';
import { CONTOSO, NORTHWIND } from '../support/demo';
import type { TestGateway } from '../support/gateway';
import { faults, refuse } from '../support/provider/of-gateway';

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
  await renewAll(deps);
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

/** Lines that are written by `work`, in their order. */
async function linesOf(work: () => Promise<unknown>): Promise<string[]> {
  const before = (await lines()).length;
  await work();
  return (await lines()).slice(before);
}

/** Requests a change as the manager, who needs no decision. Resolves to its id. */
async function change(input: object): Promise<string> {
  const { subscriptionChange, errors } = await who.manager.change({ subscriptionId: id, ...input });
  expect(errors).toEqual([]);
  await gateway.settled();
  return subscriptionChange.id;
}

const units = (quantity: number) => [{ addonId: ONE_TB, quantity }];
const MAY = ['RECURRING IC-BASE-1TB 1 2026-05-01 2026-06-01 8.00'];
const MAY_FULL = [...MAY, 'RECURRING IC-ADD-1TB 2 2026-05-01 2026-06-01 15.00'];
const JUNE_FULL = [
  'RECURRING IC-BASE-1TB 1 2026-06-01 2026-07-01 8.00',
  'RECURRING IC-ADD-1TB 2 2026-06-01 2026-07-01 15.00',
];

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

test('after an outage of three months every period is charged once', async () => {
  const july = [
    'RECURRING IC-BASE-1TB 1 2026-07-01 2026-08-01 8.00',
    'RECURRING IC-ADD-1TB 2 2026-07-01 2026-08-01 15.00',
  ];
  expect(await linesOf(() => reach('2026-07-15T00:00:00.000Z'))).toEqual([
    ...MAY_FULL,
    ...JUNE_FULL,
    ...july,
  ]);
  expect(await linesOf(() => reach('2026-07-15T00:00:00.000Z'))).toEqual([]);
  expect(await linesOf(() => reach('2026-04-02T00:00:00.000Z'))).toEqual([]);
});

test('a reduction takes the lot that was bought last, also if the clock was set back before', async () => {
  const buy = (time: string, quantity: number) => {
    now = new Date(time);
    return who.manager.provisioned(NORTHWIND, { subscriptionId: id, addons: units(quantity) });
  };
  await buy('2026-04-11T00:00:00.000Z', 3);
  await buy('2026-04-06T00:00:00.000Z', 4);
  now = new Date('2026-04-16T00:00:00.000Z');
  await change({ addons: units(6) });
  expect(
    await gateway.rows(
      "SELECT quantity FROM subscription_lots WHERE itemId LIKE 'add%' ORDER BY operationId",
    ),
  ).toEqual([{ quantity: 2 }, { quantity: 3 }, { quantity: 1 }]);
});

test('many processes charge a period once, and none of them fails', async () => {
  const error = jest.spyOn(gateway.app.deps.log, 'error');
  now = new Date('2026-05-01T00:00:00.000Z');
  const atOnce = () => Promise.all(Array.from({ length: 5 }, () => renewAll(gateway.app.deps)));
  expect(await linesOf(atOnce)).toEqual(MAY_FULL);
  await gateway.rows('UPDATE subscriptions SET chargedUntil = NULL');
  expect(await linesOf(atOnce)).toEqual([]);
  expect(error).not.toHaveBeenCalled();
  error.mockRestore();
});

test('after an outage of ages, with more charges than a statement has placeholders', async () => {
  now = new Date('2200-04-15T00:00:00.000Z');
  await renewAll(gateway.app.deps);
  await gateway.app.deps.events.numberCommitted();
  expect(await gateway.rows('SELECT COUNT(*) AS n, COUNT(seq) AS numbered FROM charges')).toEqual([
    { n: 2 * (174 * 12 + 1), numbered: 2 * (174 * 12 + 1) },
  ]);
});

describe('a subscription that cannot be charged', () => {
  /** Copies the subscription without its lots, so that they are not its recurring amount, to be due before it. */
  async function copyWithoutLots(copies: number): Promise<void> {
    const found = await gateway.rows<{ name: string }>(
      `SELECT COLUMN_NAME AS name FROM information_schema.columns
       WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'subscriptions' AND EXTRA NOT LIKE '%GENERATED%'`,
    );
    const own: Record<string, string> = {
      id: "CONCAT('sub_0copy', i)",
      exclusive: '0',
      chargedUntil: "'2026-04-15'",
    };
    const names = found.map(({ name }) => name);
    await gateway.rows(
      `INSERT INTO subscriptions (${names}) WITH RECURSIVE copies(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM copies WHERE i < ${copies})
       SELECT ${names.map(name => own[name] ?? name)} FROM subscriptions, copies`,
    );
  }

  test('holds no other, also if they are more than a batch', async () => {
    await copyWithoutLots(101);
    expect(await linesOf(() => reach('2026-05-01T00:00:00.000Z'))).toEqual(MAY_FULL);
    // They stay due, and the next pass tries them again.
    await gateway.rows("UPDATE subscriptions SET recurringMinor = 0 WHERE id = 'sub_0copy7'");
    await reach('2026-05-01T00:00:00.000Z');
    expect(
      await gateway.rows(
        "SELECT id FROM subscriptions WHERE id LIKE 'sub_0copy%' AND chargedUntil > '2026-05-01'",
      ),
    ).toEqual([{ id: 'sub_0copy7' }]);
    await gateway.rows("DELETE FROM subscriptions WHERE id LIKE 'sub_0copy%'");
  });

  test('because a charge exists already, holds no other of its batch', async () => {
    const line = { productId: product('IC-BASE-1TB') };
    const other = (await who.manager.provisioned(CONTOSO, line)).lines[0].subscription.id;
    await reach('2026-05-01T00:00:00.000Z');
    await gateway.rows("UPDATE subscriptions SET chargedUntil = '2026-05-01' WHERE id = ?", [other]);
    expect(await linesOf(() => reach('2026-06-01T00:00:00.000Z'))).toEqual(JUNE_FULL);
  });
});

test('before the ledger begins with a subscription, a preview is the one that follows', async () => {
  const preview = async () => {
    const { data } = await who.manager.send(
      `query ($input: PreviewSubscriptionChangeInput!) { previewSubscriptionChange(input: $input) {
         preview { dueNow { amount } credit { amount } nextCharge { at amount { amount } } } } }`,
      { input: { subscriptionId: id, addons: units(5), timing: 'END_OF_PERIOD' } },
    );
    return data.previewSubscriptionChange.preview;
  };
  const after = await preview();
  expect(after).toMatchObject({ dueNow: { amount: '0.00' }, nextCharge: { at: '2026-05-01T00:00:00.000Z' } });
  await gateway.rows('UPDATE subscriptions SET chargedUntil = NULL');
  expect(await preview()).toEqual(after);
});

describe('a change at the end of the period', () => {
  test('the new period waits for it, and is charged with the new contents', async () => {
    await change({ addons: units(1), timing: 'END_OF_PERIOD' });
    office.proxy.hold('addons/update');
    now = new Date('2026-05-01T00:00:00.000Z');
    await executeDueChanges(gateway.app.deps);
    now = new Date('2026-05-03T12:00:00.000Z');
    expect(await linesOf(() => renewAll(gateway.app.deps))).toEqual([]);
    const confirmed = async () => {
      office.proxy.release();
      await gateway.settled();
      await renewAll(gateway.app.deps);
    };
    expect(await linesOf(confirmed)).toEqual([...MAY, 'RECURRING IC-ADD-1TB 1 2026-05-01 2026-06-01 7.50']);
  });

  test('completed by a process whose clock is behind, takes effect there', async () => {
    await change({ addons: units(1), timing: 'END_OF_PERIOD' });
    office.proxy.hold('addons/update');
    now = new Date('2026-05-01T00:00:00.000Z');
    await executeDueChanges(gateway.app.deps);
    now = new Date('2026-04-30T23:59:58.000Z');
    office.proxy.release();
    expect(await linesOf(() => gateway.settled())).toEqual([]);
    expect(await linesOf(() => reach('2026-05-01T00:00:00.000Z'))).toEqual([
      ...MAY,
      'RECURRING IC-ADD-1TB 1 2026-05-01 2026-06-01 7.50',
    ]);
  });

  test('withdrawn, the period is charged as before', async () => {
    const changeId = await change({ addons: units(1), timing: 'END_OF_PERIOD' });
    now = new Date('2026-05-01T00:00:00.000Z');
    expect(await linesOf(() => renewAll(gateway.app.deps))).toEqual([]);
    expect((await who.manager.withdrawChange({ changeId })).errors).toEqual([]);
    expect(await linesOf(() => renewAll(gateway.app.deps))).toEqual(MAY_FULL);
  });

  test('of a suspended subscription: the periods go on, and the change takes effect when it is carried out', async () => {
    await change({ addons: units(1), timing: 'END_OF_PERIOD' });
    expect((await who.manager.suspend({ subscriptionId: id })).errors).toEqual([]);
    await gateway.settled();
    now = new Date('2026-05-01T00:00:00.000Z');
    expect(await linesOf(() => reach('2026-05-01T00:00:00.000Z'))).toEqual(MAY_FULL);
    now = new Date('2026-06-16T00:00:00.000Z');
    const resumed = async () => {
      expect((await who.manager.resume({ subscriptionId: id })).errors).toEqual([]);
      await gateway.settled();
    };
    expect(await linesOf(resumed)).toEqual(JUNE_FULL);
    expect(await linesOf(() => reach('2026-06-16T00:00:00.000Z'))).toEqual([
      'CREDIT IC-ADD-1TB 1 2026-06-16 2026-07-01 -3.75',
    ]);
  });
});

describe('a cancellation', () => {
  const request = async (timing: string) => {
    await who.manager.requested(id, { timing });
    await gateway.settled();
  };

  test('within the period credits what is not used', async () => {
    now = new Date('2026-04-16T00:00:00.000Z');
    expect(await linesOf(() => request('IMMEDIATE'))).toEqual([
      'CREDIT IC-BASE-1TB 1 2026-04-16 2026-05-01 -4.00',
      'CREDIT IC-ADD-1TB 2 2026-04-16 2026-05-01 -7.50',
    ]);
    expect(await linesOf(() => reach('2026-08-01T00:00:00.000Z'))).toEqual([]);
  });

  test('at the end of the period charges nothing more, however late the provider confirms it', async () => {
    await request('END_OF_PERIOD');
    office.proxy.hold('subscriptions/cancel');
    now = new Date('2026-05-01T00:00:00.000Z');
    await executeDueCancellations(gateway.app.deps);
    now = new Date('2026-06-20T00:00:00.000Z');
    expect(await linesOf(() => renewAll(gateway.app.deps))).toEqual([]);
    office.proxy.release();
    expect(await linesOf(() => reach('2026-06-20T00:00:00.000Z'))).toEqual([]);
  });

  test('takes effect there, also if the clock is set back before the provider confirms it', async () => {
    await request('END_OF_PERIOD');
    office.proxy.hold('subscriptions/cancel');
    now = new Date('2026-05-01T00:00:00.000Z');
    await executeDueCancellations(gateway.app.deps);
    now = new Date('2026-04-20T00:00:00.000Z');
    office.proxy.release();
    expect(await linesOf(() => gateway.settled())).toEqual([]);
  });

  test('takes effect there, also if another process has charged the next period before the acceptance', async () => {
    now = new Date('2026-05-01T00:00:00.000Z');
    await renewAll(gateway.app.deps);
    now = new Date('2026-04-30T23:59:59.999Z');
    await request('END_OF_PERIOD');
    expect(await linesOf(() => reach('2026-05-03T00:00:00.000Z'))).toEqual([
      'CREDIT IC-BASE-1TB 1 2026-05-01 2026-06-01 -8.00',
      'CREDIT IC-ADD-1TB 2 2026-05-01 2026-06-01 -15.00',
    ]);
  });

  test('after an outage charges the use until the end', async () => {
    await request('END_OF_PERIOD');
    // The period that ends is a later one: the outage began before the request.
    const end = new Date('2026-06-01T00:00:00.000Z');
    await gateway.rows('UPDATE cancellation_requests SET effectiveAt = ?', [end]);
    await gateway.rows('UPDATE subscriptions SET currentPeriodEnd = ?', [end]);
    expect(await linesOf(() => reach('2026-06-20T00:00:00.000Z'))).toEqual(MAY_FULL);
  });
});

test('what fails is not charged', async () => {
  await faults(gateway, refuse('addons/update'));
  expect(
    await linesOf(() => who.manager.provisioned(NORTHWIND, { subscriptionId: id, addons: units(1) })),
  ).toEqual([]);
});

test('a subscription that is older than the ledger is charged from its next period on', async () => {
  await gateway.rows('UPDATE subscriptions SET chargedUntil = NULL');
  await gateway.rows('DELETE FROM charges WHERE reversesId <> ?', ['']);
  await gateway.rows('DELETE FROM charges');
  await gateway.rows('DELETE FROM subscription_lots');
  now = new Date('2026-04-16T00:00:00.000Z');
  expect(await linesOf(() => change({ addons: units(1) }))).toEqual([]);
  expect(await linesOf(() => reach('2026-05-01T00:00:00.000Z'))).toEqual([
    ...MAY,
    'RECURRING IC-ADD-1TB 1 2026-05-01 2026-06-01 7.50',
  ]);
});

test('one that nobody has touched since', async () => {
  await gateway.rows('UPDATE subscriptions SET chargedUntil = NULL');
  await gateway.rows('DELETE FROM charges');
  await gateway.rows('DELETE FROM subscription_lots');
  expect(await linesOf(() => reach('2026-04-20T00:00:00.000Z'))).toEqual([]);
  expect(await linesOf(() => reach('2026-05-01T00:00:00.000Z'))).toEqual(MAY_FULL);
});
