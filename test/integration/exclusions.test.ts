import { userId } from '../../dev/demo-data';
import {
  CancellationRequest,
  CancellationTiming,
  ChangeDecision,
  ChangeTiming,
  CloudSubscriptionState,
  OperationKind,
  OperationState,
  OperationStep,
  ProvisioningOperation,
  SubscriptionChange,
} from '../../src/entities';
import { Refusal } from '../../src/errors';
import type { Actor } from '../../src/policies';
import { type Blocker, blockers, type ExclusiveAction, exclusions } from '../../src/policies';
import type { ActorContext } from '../../src/services/context';
import { placeOrder } from '../../src/services/orders/place-order';
import { abandonOperation } from '../../src/services/subscriptions/abandon-operation';
import { decideChange } from '../../src/services/subscriptions/decide-change';
import { renameSubscription } from '../../src/services/subscriptions/rename-subscription';
import { requestCancellation } from '../../src/services/subscriptions/request-cancellation';
import { requestChange } from '../../src/services/subscriptions/request-change';
import { retryProvisioning } from '../../src/services/subscriptions/retry-provisioning';
import {
  resumeSubscription,
  suspendSubscription,
} from '../../src/services/subscriptions/suspend-subscription';
import { findActors } from '../../src/store';
import { addonsOf } from '../support/abandoned';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { product } from '../support/catalog';
import { MANAGER, NORTHWIND } from '../support/demo';
import { type Undoable, undoing } from '../support/explore';
import { newKey } from '../support/shop';

const BUYER = 'buyer@northwind.example';

let office: BackOffice;
let actors: { buyer: Actor; manager: Actor };
let subscriptionId: string;
beforeAll(async () => {
  office = await startBackOffice();
  const { gateway, who } = office;
  const ids = { buyer: userId(BUYER), manager: userId(MANAGER) };
  const found = await findActors(gateway.app.deps.db, Object.values(ids));
  actors = { buyer: found.get(ids.buyer) as Actor, manager: found.get(ids.manager) as Actor };
  const line = { productId: product('IC-BASE-1TB'), addons: addonsOf({ 'IC-ADD-1TB': 2 }) };
  subscriptionId = (await who.manager.provisioned(NORTHWIND, line)).lines[0].subscription.id;
}, 60_000);
afterAll(() => office.stop());

/** Open work as the services write it, one of each. */
interface Templates {
  request: CancellationRequest;
  change: SubscriptionChange;
  operation: ProvisioningOperation;
  steps: OperationStep[];
}

async function templates(undoable: Undoable): Promise<Templates> {
  const { tx, as, trying } = undoable;
  const buyer = as(actors.buyer);
  const request = await trying(async () => {
    const timing = CancellationTiming.IMMEDIATE;
    await requestCancellation(buyer, { subscriptionId, timing, idempotencyKey: newKey() });
    return tx.many(CancellationRequest, '');
  });
  const change = await trying(async () => {
    const less = { addons: addonsOf({ 'IC-ADD-1TB': 1 }), timing: ChangeTiming.IMMEDIATE };
    await requestChange(buyer, { subscriptionId, ...less, idempotencyKey: newKey() });
    return tx.many(SubscriptionChange, '');
  });
  const [operation, steps] = await trying(async () => {
    const timing = CancellationTiming.IMMEDIATE;
    await requestCancellation(as(actors.manager), { subscriptionId, timing, idempotencyKey: newKey() });
    const begun = await tx.many(ProvisioningOperation, `WHERE t.kind = 'DEPROVISION'`);
    return [begun, await tx.many(OperationStep, 'WHERE t.operationId = ?', [begun[0]?.id ?? ''])] as const;
  });
  return { request: request[0], change: change[0], operation: operation[0], steps } as Templates;
}

const { PENDING, FAILED } = OperationState;

/** Writes open work into the rows of the subscription. Resolves to the operation to retry or abandon, if one has failed. */
async function write({ tx }: Undoable, open: ReadonlySet<Blocker>, of: Templates): Promise<string> {
  const isCancelling = open.has('FAILED_CANCELLATION');
  if (isCancelling || open.has('CANCELLATION')) {
    const state = isCancelling ? 'ACCEPTED' : 'PENDING';
    await tx.insert(CancellationRequest, [{ ...of.request, state } as CancellationRequest]);
  }
  const isChanging = open.has('FAILED_CHANGE');
  if (isChanging || open.has('CHANGE')) {
    const state = isChanging ? 'ACCEPTED' : 'PENDING';
    await tx.insert(SubscriptionChange, [{ ...of.change, state } as SubscriptionChange]);
  }
  const operate = async (
    id: string,
    state: OperationState,
    carriesOut: { requestId?: string; changeId?: string } = {},
  ) => {
    const dueAt = state === PENDING ? of.operation.dueAt : null;
    // Of a kind that can be retried in every state of a live subscription.
    const kind = OperationKind.DEPROVISION;
    await tx.insert(ProvisioningOperation, [
      { ...of.operation, id, kind, state, dueAt, requestId: null, ...carriesOut } as ProvisioningOperation,
    ]);
    const steps = of.steps.map(step => ({ ...step, operationId: id, state }) as OperationStep);
    await tx.insert(OperationStep, steps);
    return id;
  };
  if (open.has('OPERATION')) await operate('op_open', PENDING);
  const failed: string[] = [];
  if (open.has('FAILED_OPERATION')) failed.push(await operate('op_failed', FAILED));
  if (isChanging) failed.push(await operate('op_changing', FAILED, { changeId: of.change.id }));
  if (isCancelling) failed.push(await operate('op_cancelling', FAILED, { requestId: of.request.id }));
  return failed[0] ?? '';
}

type Call = (context: ActorContext, of: { failed: string; changeId: string }) => Promise<unknown>;
const key = () => ({ idempotencyKey: newKey() });

/** The mutation of each action. */
const mutations: Record<ExclusiveAction, Call> = {
  BUY_ADDONS: context => {
    const lines = [{ subscriptionId, quantity: 0, addons: addonsOf({ 'IC-ADD-5TB': 1 }) }];
    return placeOrder(context, { recipientId: NORTHWIND, lines, ...key() });
  },
  CHANGE: context => {
    const larger = { productId: product('IC-BASE-5TB'), timing: ChangeTiming.IMMEDIATE };
    return requestChange(context, { subscriptionId, ...larger, ...key() });
  },
  CARRY_OUT_CHANGE: (context, { changeId }) =>
    decideChange(context, { changeId, decision: ChangeDecision.ACCEPT, ...key() }),
  CANCEL: context =>
    requestCancellation(context, { subscriptionId, timing: CancellationTiming.IMMEDIATE, ...key() }),
  SUSPEND: context => suspendSubscription(context, { subscriptionId, reason: 'Unpaid', ...key() }),
  RESUME: context => resumeSubscription(context, { subscriptionId, ...key() }),
  RETRY: (context, { failed }) => retryProvisioning(context, { operationId: failed, ...key() }),
  ABANDON: (context, { failed }) =>
    abandonOperation(context, { operationId: failed, reason: 'Not wanted', ...key() }),
  RENAME: context => renameSubscription(context, { subscriptionId, friendlyName: 'Another' }),
};

/** Data that an action needs. */
const needs: Partial<Record<ExclusiveAction, readonly Blocker[]>> = {
  CARRY_OUT_CHANGE: ['CHANGE'],
  RETRY: ['FAILED_OPERATION', 'FAILED_CHANGE', 'FAILED_CANCELLATION'],
  ABANDON: ['FAILED_OPERATION', 'FAILED_CHANGE', 'FAILED_CANCELLATION'],
};

const CODES: Record<Blocker, string> = {
  CANCELLATION: 'CANCELLATION_ALREADY_REQUESTED',
  FAILED_CANCELLATION: 'CANCELLATION_ALREADY_REQUESTED',
  CHANGE: 'CHANGE_ALREADY_REQUESTED',
  FAILED_CHANGE: 'CHANGE_ALREADY_REQUESTED',
  OPERATION: 'SUBSCRIPTION_BUSY',
  FAILED_OPERATION: 'INVALID_STATE',
};

/** Code of the refusal that the table gives, in words of the table alone. Null where the action is possible. */
function expected(action: ExclusiveAction, state: CloudSubscriptionState, open: ReadonlySet<Blocker>) {
  const states: readonly CloudSubscriptionState[] = exclusions[action].states;
  const notBeside: readonly Blocker[] = exclusions[action].notBeside;
  const isIn = states.includes(state);
  if (state === CloudSubscriptionState.CANCELLED && !isIn) return 'INVALID_STATE';
  const blocker = notBeside.find(each => open.has(each));
  if (blocker) return CODES[blocker];
  if (isIn) return null;
  const isResumable = action === 'BUY_ADDONS' || action === 'CHANGE' || action === 'CARRY_OUT_CHANGE';
  return isResumable && state === CloudSubscriptionState.SUSPENDED
    ? 'SUBSCRIPTION_SUSPENDED'
    : 'INVALID_STATE';
}

/** Open work that counts for an action on an operation: the request that it carries out does not. */
function countedFor(action: ExclusiveAction, operation: string, open: ReadonlySet<Blocker>) {
  const isSettled = action === 'RETRY' || action === 'ABANDON';
  if (!isSettled || operation !== 'op_cancelling') return open;
  return new Set([...open].filter(blocker => blocker !== 'FAILED_CANCELLATION'));
}

async function codeOf(call: () => Promise<unknown>): Promise<string | null> {
  try {
    await call();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.errors[0]?.code ?? '';
    throw error;
  }
}

/** Every set of open work that there can be: a request is either open or has failed, and so is a change. */
function everySet(): ReadonlySet<Blocker>[] {
  const names = Object.keys(blockers) as Blocker[];
  const sets = Array.from(
    { length: 2 ** names.length },
    (_, bits) => new Set(names.filter((_name, index) => (bits >> index) % 2 === 1)),
  );
  const both = (set: ReadonlySet<Blocker>, one: Blocker, other: Blocker) => set.has(one) && set.has(other);
  return sets.filter(
    set => !both(set, 'CANCELLATION', 'FAILED_CANCELLATION') && !both(set, 'CHANGE', 'FAILED_CHANGE'),
  );
}

test('each action, in each state and beside each open work, is refused exactly as the table says', async () => {
  const { gateway } = office;
  const of = await undoing(gateway, new Map(), templates);
  const different: string[] = [];
  let walked = 0;
  for (const state of Object.values(CloudSubscriptionState)) {
    for (const open of everySet()) {
      await undoing(gateway, new Map(), async undoable => {
        await undoable.tx.execute('UPDATE subscriptions SET state = ? WHERE id = ?', [state, subscriptionId]);
        const failed = await write(undoable, open, of);
        for (const action of Object.keys(exclusions) as ExclusiveAction[]) {
          const needed = needs[action];
          if (needed && !needed.some(each => open.has(each))) continue;
          walked += 1;
          const context = undoable.as(actors.manager);
          const about = { failed, changeId: of.change.id };
          const code = await undoable.trying(() => codeOf(async () => mutations[action](context, about)));
          const promised = expected(action, state, countedFor(action, failed, open));
          if (code !== promised) {
            different.push(`${action} ${state} beside ${[...open].join(', ')}: ${promised}, but ${code}`);
          }
        }
      });
    }
  }
  expect(different).toEqual([]);
  expect(walked).toBe(5 * (6 * 36 + 12 + 2 * 28));
}, 240_000);

test('a failed operation blocks orders, changes and suspension until it is settled, and no cancellation', () => {
  const failures: readonly Blocker[] = ['FAILED_CANCELLATION', 'FAILED_CHANGE', 'FAILED_OPERATION'];
  for (const action of ['BUY_ADDONS', 'CHANGE', 'SUSPEND', 'RESUME'] as const) {
    expect([action, exclusions[action].notBeside]).toEqual([action, expect.arrayContaining([...failures])]);
  }
  const blocked: readonly Blocker[] = exclusions.CANCEL.notBeside;
  // The failed cancellation is the request that is open.
  expect(failures.filter(failure => blocked.includes(failure))).toEqual(['FAILED_CANCELLATION']);
});
