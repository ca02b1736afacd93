import { typeid } from 'typeid-js';
import { desk, license, newAccount } from '../support/desk';
import { createTestClock, findFaketime, type TestClock } from '../support/faketime';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { doing } from '../support/provider/simulator';
import { newKey } from '../support/shop';
import { newSession } from '../support/sign-in';
import { until } from '../support/until';

const library = findFaketime();

let outside: Awaited<ReturnType<typeof startOutside>>;
beforeAll(async () => {
  outside = await startOutside();
}, 60_000);
afterAll(async () => {
  await outside.first.stop();
  await outside.stop();
});

const SKEWED = /^the clock differs from the clock of the database/;
const said = ({ log }: GatewayProcess, text: RegExp) => log.filter(({ msg }) => text.test(msg));

const deskAt = (gateway: GatewayProcess) =>
  desk((query, variables) => gateway.send(outside.token, query, variables));

/** A live subscription that is to end in 20 days, and an event of 20 days ago. */
async function somethingDueLater() {
  const { first, rows, settled } = outside;
  const customer = await newAccount(rows, `Calendar ${typeid('x')}`);
  const manager = deskAt(first);
  const { subscriptionId } = await manager.order(customer.id, license('Backups'));
  await settled();
  const requestId = await manager.cancel(subscriptionId, newKey(), 'END_OF_PERIOD');
  await rows('UPDATE cancellation_requests SET effectiveAt = NOW(3) + INTERVAL 20 DAY WHERE id = ?', [
    requestId,
  ]);
  await rows('UPDATE events SET occurredAt = NOW(3) - INTERVAL 20 DAY WHERE seq = 1');
  return { requestId, subscriptionId };
}

/** An order of whose calls four fail. Resolves when the first of them has. */
async function orderWithRetries(gateway: GatewayProcess) {
  const { provider, rows, settled } = outside;
  const customer = await newAccount(rows, `Retried ${typeid('x')}`);
  const faults = doing('status', {
    endpoint: 'subscriptions/create',
    recipient: customer.email,
    checkOnly: false,
    times: 4,
  });
  await provider.setFaults(faults);
  const orderId = await deskAt(gateway).place(customer.id, license('Backups'));
  const { operationId } = await deskAt(gateway).execute(orderId);
  const failed = `SELECT state FROM steps WHERE operationId = ? AND state = 'RETRYING'`;
  await until(async () => (await rows(failed, [operationId])).length === 1);
  return {
    operationId,
    outcome: async () => {
      await settled();
      const [operation] = await rows('SELECT state FROM operations WHERE id = ?', [operationId]);
      const [step] = await rows(
        `SELECT state, attempts FROM steps WHERE operationId = ? AND name = 'ASSIGN_LICENSE'`,
        [operationId],
      );
      return [operation?.state, step?.state, step?.attempts];
    },
  };
}

/** Where a process can be given another clock. */
function withClocks(name: string, work: (clock: TestClock) => Promise<void>, timeoutMs = 120_000): void {
  if (library) test(name, () => work(createTestClock(library)), timeoutMs);
  else test.todo(`${name}: needs faketime (apt-get install faketime)`);
}

withClocks(
  'a gateway whose clock is a month ahead cancels nothing, removes no event, and logs a warning',
  async clock => {
    const { requestId, subscriptionId } = await somethingDueLater();
    clock.set('+32d');
    const { rows } = outside;
    const before = await rows('SELECT COUNT(*) AS events FROM events WHERE seq IS NOT NULL');
    const ahead = await startGatewayProcess({ ...outside.env, ...clock.env, METRICS_PORT: '0' });
    // What a worker of it does meanwhile takes longer than its first look at the calendar.
    const customer = await newAccount(rows, 'Ahead');
    const { orderId } = await deskAt(ahead).order(customer.id, license('Backups'));
    await outside.settled();
    expect(await rows('SELECT state FROM orders WHERE id = ?', [orderId])).toEqual([{ state: 'COMPLETED' }]);
    expect(said(ahead, SKEWED)).toEqual([expect.objectContaining({ level: 50, skewMs: expect.any(Number) })]);
    const metrics = await (await fetch(ahead.log.find(({ metricsUrl }) => metricsUrl)?.metricsUrl)).text();
    const [, skew] = /^skybasket_clock_skew_seconds (\S+)$/m.exec(metrics) ?? [];
    expect(Math.round(Number(skew) / 86_400)).toBe(32);
    expect(
      await rows('SELECT state, effectiveAt IS NULL AS handed FROM cancellation_requests WHERE id = ?', [
        requestId,
      ]),
    ).toEqual([{ state: 'ACCEPTED', handed: 0 }]);
    expect(await rows('SELECT state FROM subscriptions WHERE id = ?', [subscriptionId])).toEqual([
      { state: 'PENDING_CANCELLATION' },
    ]);
    const after = await rows(
      'SELECT COUNT(*) AS events, MIN(seq) AS oldest FROM events WHERE seq IS NOT NULL',
    );
    expect(after[0]?.oldest).toBe(1);
    expect(after[0]?.events).toBeGreaterThan(before[0]?.events);
    // What it wrote has the time of the database.
    expect(
      await rows(
        `SELECT COUNT(*) AS wrong FROM orders WHERE ABS(TIMESTAMPDIFF(SECOND, placedAt, NOW(3))) > 3600`,
      ),
    ).toEqual([{ wrong: 0 }]);
    expect(await ahead.stop()).toBe(0);
  },
);

withClocks('a session created at a gateway with a wrong clock is valid at every gateway', async clock => {
  clock.set('-2h');
  const behind = await startGatewayProcess({ ...outside.env, ...clock.env });
  const token = await newSession(behind, 'admin@bss.example');
  for (const gateway of [behind, outside.first]) {
    expect(await gateway.send(token, '{ viewer { email } }', {})).toEqual({
      viewer: { email: 'admin@bss.example' },
    });
  }
  expect(await behind.stop()).toBe(0);
});

describe('retries', () => {
  beforeAll(() => outside.first.stop());

  withClocks('continue when the clock of the gateway jumps by an hour, ahead and back', async clock => {
    const gateway = await startGatewayProcess({ ...outside.env, ...clock.env });
    for (const offset of ['+1h', '-1h']) {
      const retried = await orderWithRetries(gateway);
      clock.set(offset);
      expect(await retried.outcome()).toEqual(['SUCCEEDED', 'SUCCEEDED', 5]);
    }
    expect(await gateway.stop()).toBe(0);
  });
});
