import { deskOf, lastOperation, license, newAccount } from '../../support/desk';
import { startTestGateway, type TestGateway } from '../../support/gateway';
import { doing, simulatorAt } from '../../support/provider/simulator';
import { found } from '../../support/until';

const lines: Record<string, any>[] = [];
let gateway: TestGateway;
let provider: ReturnType<typeof simulatorAt>;
beforeAll(async () => {
  const retries = { firstMs: 600_000, maxMs: 600_000, maxAttempts: 8, totalMs: 900_000 };
  gateway = await startTestGateway({ retries }, {}, { write: line => lines.push(JSON.parse(line)) });
  provider = simulatorAt(gateway.simulator.url);
});
afterAll(() => gateway.stop());

const SHOWN = `query ($id: ID!) { order(id: $id) { state operations { id state progress trackId
  steps { name state attempts nextAttemptAt startedAt finishedAt error { code message providerCode retryable } } } } }`;

test('an operator sees attempts, the last error and the next attempt, and finds the log by the track id', async () => {
  const manager = deskOf(gateway);
  const customer = await newAccount(gateway.rows, 'Watched');
  const where = { endpoint: 'subscriptions/create', recipient: customer.email, checkOnly: false };
  await provider.setFaults(doing('status', { ...where, status: 502 }));
  const { orderId, operationId, subscriptionId, trackId } = await manager.order(
    customer.id,
    license('Backups'),
  );
  const waiting = await found(async () => {
    const last = await lastOperation(gateway.rows, subscriptionId);
    return last.steps[3]?.state === 'RETRYING' ? last : undefined;
  });
  const token = await gateway.token('manager@bss.example');
  const { data } = await gateway.send(token, SHOWN, { id: orderId });
  const [operation] = data.order.operations;
  expect([data.order.state, operation.state, operation.progress, operation.trackId]).toEqual([
    'EXECUTING',
    'RUNNING',
    0.5,
    trackId,
  ]);
  const [, , , step, next] = operation.steps;
  expect(step).toEqual({
    name: 'ASSIGN_LICENSE',
    state: 'RETRYING',
    attempts: 1,
    nextAttemptAt: waiting.steps[3]?.nextAttemptAt.toISOString(),
    startedAt: waiting.steps[3]?.startedAt.toISOString(),
    finishedAt: null,
    error: {
      code: 'UNAVAILABLE',
      message: 'The provider failed (HTTP 502)',
      providerCode: null,
      retryable: true,
    },
  });
  expect(next).toMatchObject({ name: 'ASSIGN_ADDONS', state: 'PENDING', attempts: 0, error: null });

  // The attempt comes when it is due, whoever moves that.
  await gateway.rows('UPDATE operations SET dueAt = NOW(3) WHERE id = ?', [operationId]);
  await gateway.settled();
  const about = lines.filter(line => line.operation === operationId);
  expect(about.map(line => [line.trackId, line.msg])).toEqual([
    [trackId, 'The provider failed (HTTP 502)'],
    [trackId, 'claim released'],
    [trackId, 'claim released'],
  ]);
  expect(lines.filter(line => JSON.stringify(line).includes(operationId))).toEqual(about);
  const { effects } = await provider.ledger();
  expect(new Set(effects.map(effect => effect.trackId))).toEqual(new Set([trackId]));
});
