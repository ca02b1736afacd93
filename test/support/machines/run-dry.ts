import { expectCharged } from './charged';
import { abandon, retry } from './outcomes';
import { begun, noteAbandoned, release, settle } from './provider-work';
import { failedOperations, type Model, type Operation, type Subscription } from './records';
import { refusals } from './refusals';
import { expectHeld } from './same';
import { NO_FAULT, type World } from './world';

/** Actions that take open work further, and those of an order. */
const WAYS_OUT = ['RETRY_PROVISIONING', 'ABANDON', 'DECIDE_CHANGE', 'DECIDE_CANCELLATION'];
const ORDER_WAYS_OUT = ['EXECUTE', 'CANCEL', 'RETRY', 'ABANDON'];

/** Lets the provider answer, settles what has failed, and shows that all records agree. */
export async function runDry(world: World, model: Model): Promise<void> {
  world.log.push('run dry');
  release(world);
  await settle(world, model, NO_FAULT);
  await expectWaysOut(world, model);
  for (let round = 0; model.subscriptions.some(s => failedOperations(s).length > 0); round += 1) {
    expect(round).toBeLessThan(20);
    for (const s of model.subscriptions) await settleFailure(world, model, s, round);
  }
  await expectWaysOut(world, model);
  await expectHeld(world, model);
  await expectCharged(world, model);
  await expectNothingOpen(world);
}

/** Retries or abandons the latest operation that has failed: what can be retried succeeds, unless nobody can tell. */
async function settleFailure(world: World, model: Model, s: Subscription, round: number): Promise<void> {
  const operation = failedOperations(s).at(-1);
  if (!operation) return;
  const isRetried = round < 3 && operation.id.charCodeAt(10) % 2 === 0;
  if (isRetried && refusals.retry('admin', s, operation) === null) await again(world, s, operation);
  else await giveUp(world, s, operation);
  await settle(world, model, NO_FAULT);
}

async function again({ who, log }: World, s: Subscription, operation: Operation): Promise<void> {
  log.push(`  retry ${operation.kind}`);
  expect((await who.admin.retry({ operationId: operation.id })).errors).toEqual([]);
  retry(s, operation);
}

async function giveUp(world: World, s: Subscription, operation: Operation): Promise<void> {
  world.log.push(`  abandon ${operation.kind}`);
  const { errors, undo } = await world.who.admin.abandon({ operationId: operation.id });
  expect(errors).toEqual([]);
  abandon(s, operation, undo !== null);
  await noteAbandoned(world, s, operation);
  const { order, addons, change } = operation;
  if (undo) await begun(world, s, { kind: 'UNDO', undoes: operation, order, addons, change });
}

const allowedOf = (seen: { availableActions: { action: string; allowed: boolean }[] }, actions: string[]) =>
  seen.availableActions.some(({ action, allowed }) => allowed && actions.includes(action));

/** Shows that whatever is open waits for its time, or for something that an administrator can do. */
async function expectWaysOut({ who }: World, { subscriptions, orders }: Model): Promise<void> {
  for (const s of subscriptions) {
    const waits = [s.request, s.change].some(open => open && open.due !== null);
    const isOpen = failedOperations(s).length > 0 || s.request || s.change;
    if (!isOpen || waits) continue;
    const seen = await who.admin.seeSubscription(s.id);
    expect([s.id, allowedOf(seen, WAYS_OUT)]).toEqual([s.id, true]);
  }
  for (const { id, state } of orders) {
    if (state === 'COMPLETED' || state === 'CANCELLED') continue;
    expect([id, allowedOf(await who.admin.seeOrder(id), ORDER_WAYS_OUT)]).toEqual([id, true]);
  }
}

/** Shows that nothing holds a slot: no operation, and no claim of an account. */
async function expectNothingOpen({ office: { gateway } }: World): Promise<void> {
  const open = await gateway.rows(
    `SELECT id FROM operations WHERE openSlot IS NOT NULL OR dueAt IS NOT NULL
     UNION ALL SELECT r.id FROM cancellation_requests r JOIN subscriptions s ON s.id = r.subscriptionId
       WHERE r.openSlot IS NOT NULL AND s.state = 'CANCELLED'
     UNION ALL SELECT c.id FROM subscription_changes c JOIN subscriptions s ON s.id = c.subscriptionId
       WHERE c.openSlot IS NOT NULL AND s.state = 'CANCELLED'`,
  );
  expect(open).toEqual([]);
}
