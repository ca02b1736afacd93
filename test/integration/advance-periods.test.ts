import { advancePeriods } from '../../src/services/subscriptions/advance-periods';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { fill, insertCustomers } from '../support/many';

/** Time of the gateway. Until the last test its own check of periods finds nothing to do: only the tests advance them. */
let gatewayTime = new Date('2026-01-01T00:00:00.000Z');

let gateway: TestGateway;
let ids: string[];
beforeAll(async () => {
  gateway = await startTestGateway({ clock: () => gatewayTime });
  await fill(
    gateway,
    'done',
    await insertCustomers(
      gateway,
      Array.from({ length: 250 }, (_, n) => `Period ${n}`),
    ),
  );
  ids = (await gateway.rows<{ id: string }>('SELECT id FROM subscriptions ORDER BY id')).map(({ id }) => id);
});
afterAll(() => gateway.stop());

const activate = (id: string, at: string, end: string | null, state = 'ACTIVE') =>
  gateway.rows('UPDATE subscriptions SET activatedAt = ?, currentPeriodEnd = ?, state = ? WHERE id = ?', [
    new Date(at),
    end && new Date(end),
    state,
    id,
  ]);

const storedEnd = async (id: string): Promise<string | null> => {
  const [row] = await gateway.rows<{ at: Date | null }>(
    'SELECT currentPeriodEnd AS at FROM subscriptions WHERE id = ?',
    [id],
  );
  return row?.at?.toISOString() ?? null;
};

/** Advances all periods as at a time. Resolves to the number of rounds. */
async function advance(at: string): Promise<number> {
  const { db } = gateway.app.deps;
  let rounds = 1;
  while (await advancePeriods({ db, clock: () => new Date(at) })) rounds += 1;
  return rounds;
}

const [ACTIVATED, FIRST_END] = ['2026-01-31T12:00:00.000Z', '2026-02-28T12:00:00.000Z'];

beforeEach(async () => {
  for (const id of ids) await activate(id, '2026-01-15T00:00:00.000Z', '2099-01-15T00:00:00.000Z');
});

test.each([
  ['a millisecond before its end', '2026-02-28T11:59:59.999Z', FIRST_END],
  ['at its end', FIRST_END, '2026-03-31T12:00:00.000Z'],
  ['a day later', '2026-03-01T12:00:00.000Z', '2026-03-31T12:00:00.000Z'],
  ['three months later', '2026-05-31T12:00:00.000Z', '2026-06-30T12:00:00.000Z'],
  ['in February of a leap year', '2028-02-15T00:00:00.000Z', '2028-02-29T12:00:00.000Z'],
])('the stored end of a period %s', async (_, now, end) => {
  const [id = ''] = ids;
  await activate(id, ACTIVATED, FIRST_END);
  expect(await advance(now)).toBe(1);
  expect(await storedEnd(id)).toBe(end);
  const seen = await gateway.rows('SELECT version FROM subscriptions WHERE id = ?', [id]);
  expect(await advance(now)).toBe(1);
  expect(await gateway.rows('SELECT version FROM subscriptions WHERE id = ?', [id])).toEqual(seen);
});

test('the periods of a suspended subscription continue', async () => {
  const [id = ''] = ids;
  await activate(id, ACTIVATED, FIRST_END, 'SUSPENDED');
  expect(await advance(FIRST_END)).toBe(1);
  expect(await storedEnd(id)).toBe('2026-03-31T12:00:00.000Z');
});

test('one that is to end, one that has ended and one before its activation stay as they are', async () => {
  const [ending = '', ended = '', pending = ''] = ids;
  await activate(ending, ACTIVATED, FIRST_END, 'PENDING_CANCELLATION');
  await activate(ended, ACTIVATED, null, 'CANCELLED');
  await activate(pending, ACTIVATED, null, 'PENDING');
  await advance('2026-06-01T00:00:00.000Z');
  expect(await Promise.all([ending, ended, pending].map(storedEnd))).toEqual([FIRST_END, null, null]);
});

test('more than a round, by four processes at once: every period is advanced, to the same end', async () => {
  for (const id of ids) await activate(id, ACTIVATED, FIRST_END);
  const before = await gateway.rows('SELECT COUNT(*) AS n FROM events');
  const rounds = await Promise.all([1, 2, 3, 4].map(() => advance('2026-04-15T00:00:00.000Z')));
  expect(Math.max(...rounds)).toBeGreaterThanOrEqual(3);
  expect(new Set(await Promise.all(ids.map(storedEnd)))).toEqual(new Set(['2026-04-30T12:00:00.000Z']));
  expect(await gateway.rows('SELECT COUNT(*) AS n FROM events')).toEqual(before);
});

test('a list sorted by the end of the period is in the order that it shows', async () => {
  const now = Date.now();
  gatewayTime = new Date(now);
  const day = 24 * 3600_000;
  for (const [index, id] of ids.slice(0, 40).entries()) {
    const activated = new Date(now - (index * 37 + 1) * day);
    const end = new Date(activated);
    end.setUTCMonth(end.getUTCMonth() + 1);
    await activate(id, activated.toISOString(), end.toISOString());
  }
  await advance(new Date(now).toISOString());
  const query = `{ subscriptions(first: 40, sort: { field: CURRENT_PERIOD_END, direction: ASC }) { nodes { currentPeriodEnd } } }`;
  const { data } = await gateway.send(await gateway.token('admin@bss.example'), query);
  const shown = data.subscriptions.nodes.map((node: any) => node.currentPeriodEnd);
  expect(shown.length).toBe(40);
  expect(shown).toEqual([...shown].sort());
  expect(shown[0] > new Date(now).toISOString()).toBe(true);
});
