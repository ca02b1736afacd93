import { executeDueCancellations } from '../../../src/services/subscriptions/execute-due-cancellations';
import { executeDueChanges } from '../../../src/services/subscriptions/execute-due-changes';
import { control } from '../control';
import { clearLedger, faults, ledger } from '../provider/of-gateway';
import { doing } from '../provider/simulator';
import { until } from '../until';
import { renewAll, renewed } from './charged';
import { begin, dueOf, effectsOf, fail, succeed } from './outcomes';
import { failedOperations, type Model, type Operation, openOperation, type Subscription } from './records';
import { expectSame, holdsAtProvider } from './same';
import { ATTEMPTS, ENDPOINTS, type Fate, NO_FAULT, type World } from './world';

/** Prepares the provider for the next operation. Resolves to what it will do: nothing special while it answers nothing. */
export async function prepare(world: World, fate: Fate): Promise<Fate> {
  const { outcome, endpoint, isFatal } = fate;
  if (outcome === 'hold') {
    world.isHeld = true;
    for (const each of ENDPOINTS) world.office.proxy.hold(each);
  }
  if (outcome === 'ok' || world.isHeld) return NO_FAULT;
  const times = isFatal && outcome !== 'refuse' ? ATTEMPTS : 1;
  const where = endpoint ? { endpoint } : {};
  await faults(world.office.gateway, doing(outcome, { ...where, checkOnly: false, times }));
  return fate;
}

/** Whether the provider did what makes an operation fail. Adds its effects up, and removes what is left of the fault. */
async function hasFailed(world: World, model: Model, { outcome, isFatal }: Fate): Promise<boolean> {
  const { gateway } = world.office;
  const answer = await control(gateway.simulator.url, '/faults');
  const { faults: left } = (await answer.json()) as { faults: unknown[] };
  for (const { subject, count } of (await ledger(gateway)).effects) {
    world.effects.set(subject, (world.effects.get(subject) ?? 0) + count);
    // They are those of another operation than the ones that have failed before.
    const s = model.subscriptions.find(({ id }) => id === subject);
    for (const failed of s ? failedOperations(s) : []) failed.effectsBefore += count;
  }
  await clearLedger(gateway);
  const isOver = left.length === 0;
  return isOver && (outcome === 'refuse' || (isFatal && outcome !== 'ok' && outcome !== 'hold'));
}

/** Lets the provider answer again. */
export function release(world: World): void {
  world.isHeld = false;
  world.office.proxy.release();
}

/** Lets the leases of all operations expire, as if their worker had died. Resolves when they are claimed again. */
export async function expireLeases({ office: { gateway }, log }: World): Promise<void> {
  const running = `SELECT id, token FROM operations WHERE state = 'RUNNING' ORDER BY id`;
  const tokens = async () => JSON.stringify(await gateway.rows(running));
  const before = await tokens();
  await gateway.app.deps.db.transaction(async tx => {
    await tx.execute(`UPDATE operations SET dueAt = NOW(3) WHERE state = 'RUNNING'`);
    tx.touched.add('operations');
  });
  log.push(`  the leases expire: ${before}`);
  if (before !== '[]') await until(async () => (await tokens()) !== before);
}

/** Waits for the provider, and moves the model as it answered; then what is due begins, and both are compared. */
export async function settle(world: World, model: Model, fate: Fate): Promise<void> {
  const { gateway } = world.office;
  const { deps } = gateway.app;
  await answered(world, model, fate);
  await executeDueCancellations(deps);
  await executeDueChanges(deps);
  await renewAll(world, model);
  for (const s of model.subscriptions) await beginDue(world, s);
  await answered(world, model, NO_FAULT);
  // What needs no call ends while the provider answers nothing.
  if (world.isHeld && model.subscriptions.every(s => openOperation(s) === undefined)) release(world);
  await expectSame(world, model);
}

/** Waits until every operation has ended, or waits for a provider that answers nothing. */
async function answered(world: World, model: Model, fate: Fate): Promise<void> {
  const { gateway } = world.office;
  const onTheWay = `SELECT 1 FROM operations o JOIN steps s ON s.operationId = o.id AND s.position = o.position
    WHERE o.dueAt IS NOT NULL AND s.state <> 'RUNNING'`;
  if (world.isHeld) await until(async () => (await gateway.rows(onTheWay)).length === 0);
  else await gateway.settled();
  await conclude(world, model, await hasFailed(world, model, fate));
}

async function beginDue(world: World, s: Subscription): Promise<void> {
  const due = dueOf(s, world.now());
  const open = due && s[due];
  if (!open) return;
  // What begins before is charged at the start of the operation.
  renewed(s, world.now());
  open.due = null;
  const kind = due === 'request' ? 'DEPROVISION' : 'CHANGE';
  world.log.push(`  ${kind} is due`);
  const about = due === 'request' ? { requestId: open.id } : { change: s.change };
  await begun(world, s, { kind, ...about });
}

/** Tells the model of an operation that has begun. */
export async function begun(
  world: World,
  s: Subscription,
  operation: Partial<Operation> & { kind: Operation['kind'] },
): Promise<Operation> {
  const [row] = await world.office.gateway.rows(
    'SELECT id, kind FROM operations WHERE subscriptionId = ? ORDER BY id DESC LIMIT 1',
    [s.id],
  );
  expect(row?.kind).toBe(operation.kind);
  return begin(s, { effectsBefore: world.effects.get(s.id) ?? 0, ...operation, id: row?.id });
}

/** Whether the provider may have ended the subscription by a cancellation that has failed here. */
const mayHaveEnded = (s: Subscription, { kind }: Operation) =>
  kind !== 'DEPROVISION' && failedOperations(s).some(failed => failed.kind === 'DEPROVISION');

/** Moves the model by the outcome of its open operations. */
async function conclude(world: World, model: Model, failed: boolean): Promise<void> {
  const open = model.subscriptions.flatMap(s =>
    s.operations.filter(({ state }) => state === 'OPEN').map(operation => [s, operation] as const),
  );
  if (open.length === 0) return;
  const { gateway } = world.office;
  for (const [s, operation] of open) {
    const [row] = await gateway.rows('SELECT state FROM operations WHERE id = ?', [operation.id]);
    if (row?.state === 'RUNNING') continue;
    world.log.push(`  ${operation.kind} of ${s.owner} ${row?.state}`);
    if (!s.isUnverifiable && open.length === 1 && !mayHaveEnded(s, operation)) {
      expect(`${operation.kind} ${row?.state}`).toBe(`${operation.kind} ${failed ? 'FAILED' : 'SUCCEEDED'}`);
    }
    if (row?.state === 'FAILED') fail(s, operation);
    else {
      expectOnce(s, operation, world.effects.get(s.id) ?? 0);
      succeed(s, operation);
    }
  }
}

const ends = ({ kind, undoes }: Operation) => kind === 'DEPROVISION' || undoes?.kind === 'PROVISION';

/** Shows that an operation that has succeeded, however often it was tried, had each effect once. */
function expectOnce(s: Subscription, operation: Operation, effects: number): void {
  if (s.isUnverifiable) return;
  const { kind, undoes, effectsBefore } = operation;
  if (ends(operation)) {
    // The provider may have ended it in an operation that failed here: its answer was lost.
    const hasEnded = failedOperations(s).some(
      failed => failed !== operation && ends(failed) && effects > failed.effectsBefore,
    );
    expect(effects - effectsBefore).toBe(effectsBefore > 0 && !hasEnded ? 1 : 0);
    return;
  }
  const once = undoes ? 2 * undoes.effectsDone : effectsOf(s, operation);
  expect(`${kind} ${effects - (undoes ?? operation).effectsBefore}`).toBe(`${kind} ${once}`);
}

/** Notes what an abandoned operation has done, and whether nobody can tell. */
export async function noteAbandoned(world: World, s: Subscription, operation: Operation): Promise<void> {
  operation.effectsDone = (world.effects.get(s.id) ?? 0) - operation.effectsBefore;
  const isUnknown = operation.kind === 'DEPROVISION' || operation.kind === 'UNDO';
  if (!isUnknown || (await holdsAtProvider(world, s))) return;
  s.isUnverifiable = true;
  s.isLeftAtProvider = operation.undoes?.kind === 'PROVISION';
}
