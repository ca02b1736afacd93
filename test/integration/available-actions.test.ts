import { userId } from '../../dev/demo-data';
import { currentTime } from '../../src/clock';
import {
  CancellationDecision,
  CancellationRequest,
  CancellationTiming,
  ChangeDecision,
  ChangeTiming,
  CloudSubscription,
  OperationState,
  Order,
  OrderLine,
  OrderState,
  ProvisioningOperation,
  SubscriptionChange,
} from '../../src/entities';
import { Refusal } from '../../src/errors';
import type { Actor } from '../../src/policies';
import { ProviderFault } from '../../src/providers/fault';
import { recordFault } from '../../src/provisioning/fail-operation';
import { loadJob } from '../../src/provisioning/job';
import { walk } from '../../src/provisioning/walk';
import { addToBasket } from '../../src/services/basket/add-to-basket';
import type { ActorContext } from '../../src/services/context';
import { cancelOrder } from '../../src/services/orders/cancel-order';
import { executeOrder } from '../../src/services/orders/execute-order';
import { executionErrors } from '../../src/services/orders/execution-errors';
import { orderActions } from '../../src/services/orders/order-actions';
import { placeOrder } from '../../src/services/orders/place-order';
import { abandonOperation } from '../../src/services/subscriptions/abandon-operation';
import type { SubscriptionActivity } from '../../src/services/subscriptions/activity';
import { decideCancellation } from '../../src/services/subscriptions/decide-cancellation';
import { decideChange } from '../../src/services/subscriptions/decide-change';
import { executeDueCancellations } from '../../src/services/subscriptions/execute-due-cancellations';
import { executeDueChanges } from '../../src/services/subscriptions/execute-due-changes';
import { renameSubscription } from '../../src/services/subscriptions/rename-subscription';
import { requestCancellation } from '../../src/services/subscriptions/request-cancellation';
import { requestChange } from '../../src/services/subscriptions/request-change';
import { retryProvisioning } from '../../src/services/subscriptions/retry-provisioning';
import { subscriptionActions } from '../../src/services/subscriptions/subscription-actions';
import {
  abandonError,
  failedOperation,
  retryError,
} from '../../src/services/subscriptions/subscription-rules';
import {
  resumeSubscription,
  suspendSubscription,
} from '../../src/services/subscriptions/suspend-subscription';
import { withdrawCancellation } from '../../src/services/subscriptions/withdraw-cancellation';
import { withdrawChange } from '../../src/services/subscriptions/withdraw-change';
import { findActors } from '../../src/store';
import { addon, product } from '../support/catalog';
import { CONTOSO } from '../support/demo';
import { type Rows, type Undoable, undoing } from '../support/explore';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';

const ADDONS = [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }];
const EMAILS = { buyer: 'buyer@contoso.example', manager: 'manager@bss.example' };

let gateway: TestGateway;
let actors: Record<keyof typeof EMAILS, Actor>;
beforeAll(async () => {
  gateway = await startTestGateway();
  const ids = Object.values(EMAILS).map(userId);
  const found = await findActors(gateway.app.deps.db, ids);
  actors = Object.fromEntries(
    Object.entries(EMAILS).map(([name, email]) => [name, found.get(userId(email))]),
  ) as typeof actors;
});
afterAll(() => gateway.stop());

/** The parts of the rows that the rules ask about. */
interface Situation {
  subscription: CloudSubscription | undefined;
  operations: ProvisioningOperation[];
  request: CancellationRequest | undefined;
  change: SubscriptionChange | undefined;
  orders: Order[];
  lines: OrderLine[];
}

const isOpenRequest = ({ state }: { state: string }) => state === 'PENDING' || state === 'ACCEPTED';

function situationOf(rows: Rows): Situation {
  const of = <T extends object>(entity: abstract new () => T) => (rows.get(entity) ?? []) as T[];
  return {
    subscription: of(CloudSubscription)[0],
    operations: of(ProvisioningOperation).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    request: of(CancellationRequest).find(isOpenRequest),
    change: of(SubscriptionChange).find(isOpenRequest),
    orders: of(Order).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    lines: of(OrderLine),
  };
}

/** The name of a situation: two of one name are the same to every rule. */
function nameOf({ subscription, operations, request, change, orders, lines }: Situation): string {
  const open = new Set<string>(['SUBMITTED', 'EXECUTING', 'FAILED']);
  const isForAddons = (order: Order) =>
    lines.some(
      line => line.orderId === order.id && order.state === 'SUBMITTED' && line.subscriptionId !== null,
    );
  const parts = [
    subscription && [
      subscription.state,
      subscription.syncState,
      subscription.currentPeriodEnd ? 'period' : '',
    ],
    request && [request.state, request.timing, request.effectiveAt ? 'waits' : ''],
    change && ['change', change.state, change.timing, change.effectiveAt ? 'waits' : ''],
    ...operations
      .filter(({ state }) => state !== OperationState.SUCCEEDED && state !== OperationState.ABANDONED)
      .map(({ kind, state, requestId, changeId }) => [
        kind,
        state,
        requestId !== null && requestId === request?.id,
        changeId !== null && changeId === change?.id,
      ]),
    ...orders.filter(({ state }) => open.has(state)).map(order => [order.state, isForAddons(order)]),
  ];
  return [...new Set(parts.map(part => (part ?? ['none']).join(' ').trim()))].sort().join(', ');
}

type Move = (context: ActorContext, situation: Situation, undoable: Undoable) => Promise<unknown>;

/** Begins the open operation, or takes it to its end. */
const work =
  (outcome: 'begins' | 'fails' | 'succeeds'): Move =>
  async ({ db, catalog }, { operations }) => {
    const open = operations.find(({ state }) => state === 'PENDING' || state === 'RUNNING');
    if (!open || (outcome === 'begins' && open.state === 'RUNNING')) throw new Refusal([]);
    const ground = { db, catalog };
    // A walk writes into the operation that it is given.
    const claimed = Object.assign(new ProvisioningOperation(), open);
    const job = await loadJob(db, catalog, claimed, {
      leaseMs: 60_000,
      needsAccounts: false,
      clock: currentTime,
    });
    const begun = job.steps[open.position];
    let step = begun?.state === 'RUNNING' ? begun : await walk(ground, job);
    if (outcome === 'begins') return;
    if (outcome === 'fails' && step) {
      const fault = new ProviderFault('REJECTED', 'No', { retryable: false });
      const policy = { delayMs: () => undefined, pollDelayMs: () => undefined };
      await recordFault(db, job.operation, step, fault, policy);
      return;
    }
    while (step) step = await walk(ground, job, { result: 'ext-1' });
  };

const subscribed = (move: (context: ActorContext, id: string, of: Situation) => Promise<unknown>): Move => {
  return async (context, of) => {
    if (!of.subscription) throw new Refusal([]);
    return move(context, of.subscription.id, of);
  };
};
const placeAddons = subscribed((context, subscriptionId) =>
  placeOrder(context, {
    recipientId: CONTOSO,
    idempotencyKey: newKey(),
    lines: [{ subscriptionId, quantity: 0, addons: ADDONS }],
  }),
);
const ask = (timing: CancellationTiming) =>
  subscribed((context, subscriptionId) =>
    requestCancellation(context, { subscriptionId, timing, idempotencyKey: newKey() }),
  );
/** A request that awaits the account manager, unlike its own. */
const askAsBuyer =
  (timing: CancellationTiming): Move =>
  (_, of, undoable) =>
    ask(timing)(undoable.as(actors.buyer), of, undoable);
/** Another product than the subscription has. The first one is the larger, so that the buyer's change needs a decision. */
const otherProduct = ({ subscription }: Situation) =>
  product(subscription?.productId === product('IC-BASE-5TB') ? 'IC-BASE-1TB' : 'IC-BASE-5TB');
const change = (timing: ChangeTiming) =>
  subscribed((context, subscriptionId, of) =>
    requestChange(context, {
      subscriptionId,
      productId: otherProduct(of),
      timing,
      idempotencyKey: newKey(),
    }),
  );
const changeAsBuyer =
  (timing: ChangeTiming): Move =>
  (_, of, undoable) =>
    change(timing)(undoable.as(actors.buyer), of, undoable);
const decideOpenChange =
  (decision: ChangeDecision): Move =>
  (context, of) =>
    decideChange(context, { changeId: of.change?.id ?? '', decision, idempotencyKey: newKey() });
const withdrawOpenChange: Move = (context, of) => withdrawChange(context, { changeId: of.change?.id ?? '' });
const suspend = subscribed((context, subscriptionId) =>
  suspendSubscription(context, { subscriptionId, reason: 'Unpaid', idempotencyKey: newKey() }),
);
const resume = subscribed((context, subscriptionId) =>
  resumeSubscription(context, { subscriptionId, idempotencyKey: newKey() }),
);
const decide =
  (decision: CancellationDecision): Move =>
  (context, { request }) =>
    decideCancellation(context, { requestId: request?.id ?? '', decision, idempotencyKey: newKey() });
const withdraw: Move = (context, { request }) =>
  withdrawCancellation(context, { requestId: request?.id ?? '' });
type Which = (failed: ProvisioningOperation[], of: Situation) => ProvisioningOperation | undefined;

const settle =
  (how: (context: ActorContext, operationId: string) => Promise<string>) =>
  (which: Which): Move =>
  (context, of) => {
    const failed = of.operations.filter(({ state }) => state === 'FAILED');
    return how(context, (which(failed, of) ?? of.operations.at(-1))?.id ?? '');
  };
const retryOne = (context: ActorContext, operationId: string) =>
  retryProvisioning(context, { operationId, idempotencyKey: newKey() });
const abandonOne = (context: ActorContext, operationId: string) =>
  abandonOperation(context, { operationId, reason: 'Not wanted', idempotencyKey: newKey() });
const retry = settle(retryOne);
const abandon = settle(abandonOne);

/** Not beside an order that waits, which would double the situations: test/http/suspension and changes have those. */
const withoutOrder =
  (move: Move): Move =>
  async (context, of, undoable) => {
    if (of.orders.some(({ state }) => state === OrderState.SUBMITTED)) throw new Refusal([]);
    return move(context, of, undoable);
  };

/** Everything that can happen, by the account manager, the buyer, the worker or the calendar. */
const moves: Record<string, Move> = {
  place: (context, { orders }) => {
    if (orders.length > 0) throw new Refusal([]);
    const lines = [{ productId: product('IC-BASE-5TB'), quantity: 1 }];
    return placeOrder(context, { recipientId: CONTOSO, idempotencyKey: newKey(), lines });
  },
  'place add-ons': (context, of, undoable) => {
    if (of.orders.some(({ state }) => state === OrderState.SUBMITTED)) throw new Refusal([]);
    return placeAddons(context, of, undoable);
  },
  execute: (context, { orders }) =>
    executeOrder(context, {
      orderId: orders.find(({ state }) => state === OrderState.SUBMITTED)?.id ?? '',
      idempotencyKey: newKey(),
    }),
  'cancel order': (context, { orders }) =>
    cancelOrder(context, { orderId: orders.find(({ state }) => state === OrderState.SUBMITTED)?.id ?? '' }),
  'ask for the end now': askAsBuyer(CancellationTiming.IMMEDIATE),
  'ask for the end of the period': askAsBuyer(CancellationTiming.END_OF_PERIOD),
  'end it now': ask(CancellationTiming.IMMEDIATE),
  'end it with the period': ask(CancellationTiming.END_OF_PERIOD),
  'ask for a change now': withoutOrder(changeAsBuyer(ChangeTiming.IMMEDIATE)),
  'change now': withoutOrder(change(ChangeTiming.IMMEDIATE)),
  'change with the period': withoutOrder(change(ChangeTiming.END_OF_PERIOD)),
  'accept the change': decideOpenChange(ChangeDecision.ACCEPT),
  'reject the change': decideOpenChange(ChangeDecision.REJECT),
  'withdraw the change': withdrawOpenChange,
  accept: decide(CancellationDecision.ACCEPT),
  reject: decide(CancellationDecision.REJECT),
  withdraw,
  suspend: withoutOrder(suspend),
  resume: withoutOrder(resume),
  'retry the first': retry(failed => failed[0]),
  'retry the last': retry(failed => failed.at(-1)),
  'abandon the first': abandon(failed => failed[0]),
  'abandon the last': abandon(failed => failed.at(-1)),
  rename: subscribed((context, subscriptionId) =>
    renameSubscription(context, { subscriptionId, friendlyName: 'Another' }),
  ),
  'the worker begins': work('begins'),
  'the worker fails': work('fails'),
  'the worker succeeds': work('succeeds'),
  'the period ends': async context => {
    const clock = () => new Date('2099-01-01');
    const later = Object.assign(Object.create(context), { clock }) as ActorContext;
    await executeDueCancellations(later);
    await executeDueChanges(later);
  },
};

/** The first error of a mutation; null where it did what it was asked. */
async function refusalOf(doing: () => Promise<unknown>): Promise<string | null> {
  try {
    await doing();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.errors[0]?.code ?? 'NOT_POSSIBLE';
    throw error;
  }
}

/** The situations that the moves lead to from `rows`. */
async function everyMove(undoable: Undoable, rows: Rows): Promise<[name: string, rows: Rows][]> {
  const next: [string, Rows][] = [];
  for (const move of Object.values(moves)) {
    await undoable.trying(async () => {
      const context = undoable.as(actors.manager);
      if ((await refusalOf(async () => move(context, situationOf(rows), undoable))) !== null) return;
      const after = await undoable.rows();
      next.push([nameOf(situationOf(after)), after]);
    });
  }
  return next;
}

/** Every situation that can be reached, by breadth, each with the rows that the services have written. */
async function reachable(): Promise<Map<string, Rows>> {
  const nothing: Rows = new Map();
  const found = new Map([[nameOf(situationOf(nothing)), nothing]]);
  for (const rows of found.values()) {
    const next = await undoing(gateway, rows, undoable => everyMove(undoable, rows));
    for (const [name, after] of next) if (!found.has(name)) found.set(name, after);
  }
  return found;
}

/** What each action of a subscription calls, and what each action of an order calls. */
const bySubscription: Record<string, Move> = {
  BUY_ADDONS: placeAddons,
  REQUEST_CANCELLATION: ask(CancellationTiming.IMMEDIATE),
  WITHDRAW_CANCELLATION: withdraw,
  // An ACCEPT can be refused beside other work; a REJECT never is.
  DECIDE_CANCELLATION: decide(CancellationDecision.REJECT),
  CHANGE: change(ChangeTiming.IMMEDIATE),
  DECIDE_CHANGE: decideOpenChange(ChangeDecision.REJECT),
  WITHDRAW_CHANGE: withdrawOpenChange,
  SUSPEND: suspend,
  RESUME: resume,
  RETRY_PROVISIONING: retry((_, of) => failedOperation(mattersIn(of), retryError)),
  ABANDON: abandon((_, of) => failedOperation(mattersIn(of), abandonError)),
  RENAME: subscribed((context, subscriptionId) =>
    renameSubscription(context, { subscriptionId, friendlyName: 'Another name' }),
  ),
};
const addonsToBasket = subscribed((context, subscriptionId) =>
  addToBasket(context, { subscriptionId, quantity: 0, addons: ADDONS }),
);

const mattersIn = ({ subscription, operations, request, change: open }: Situation): SubscriptionActivity => ({
  subscription: subscription as CloudSubscription,
  operations,
  request: request ?? null,
  change: open ?? null,
});

/** The operation of an order that its action is about. */
function ofOrder(orderId: string, of: Situation, rule: typeof retryError): string {
  const theirs = of.operations.filter(operation => operation.orderId === orderId);
  const failed = theirs.filter(({ state }) => state === OperationState.FAILED);
  const latest = failedOperation(mattersIn(of), rule);
  return (failed.find(({ id }) => id === latest?.id) ?? failed[0] ?? theirs[0])?.id ?? '';
}

const byOrder = (orderId: string): Record<string, Move> => ({
  EXECUTE: context => executeOrder(context, { orderId, idempotencyKey: newKey() }),
  CANCEL: context => cancelOrder(context, { orderId }),
  RETRY: (context, of) => retryOne(context, ofOrder(orderId, of, retryError)),
  ABANDON: (context, of) => abandonOne(context, ofOrder(orderId, of, abandonError)),
});

/** What `availableActions` says, and the mutations that it says it of. */
async function promised(undoable: Undoable, actor: Actor, of: Situation) {
  const context = undoable.as(actor);
  const matters = mattersIn(of);
  const buys: Record<string, Move> = actor === actors.buyer ? { BUY_ADDONS: addonsToBasket } : {};
  const open = [matters.request, matters.change].filter(one => one !== null);
  const requesters = await Promise.all(
    open.map(({ requestedById }) => context.load.user.load(requestedById)),
  );
  const ofSubscription = of.subscription
    ? subscriptionActions(actor, matters, { hasSuspension: true, requesters }).map(said => ({
        said,
        move: { ...bySubscription, ...buys }[said.action] as Move,
      }))
    : [];
  const catalog = context.catalog.current;
  const recipient = await context.load.account.load(CONTOSO);
  const ofOrders = await Promise.all(
    of.orders.map(async order => {
      const lines = of.lines.filter(({ orderId }) => orderId === order.id);
      const [errors] = await executionErrors(undoable.tx, actor, [{ order, recipient, lines }], catalog);
      const failed = of.operations
        .filter(({ orderId, state }) => orderId === order.id && state === OperationState.FAILED)
        .map(operation => ({ operation, activity: matters }));
      const said = orderActions(actor, { order, executionError: errors?.[0] ?? null, failed });
      return said.map(one => ({ said: one, move: byOrder(order.id)[one.action] as Move }));
    }),
  );
  return [...ofSubscription, ...ofOrders.flat()];
}

/** Where a mutation does something else than `availableActions` says of it. */
async function differences(rows: Rows, actor: Actor): Promise<string[]> {
  const of = situationOf(rows);
  return undoing(gateway, rows, async undoable => {
    const found: string[] = [];
    for (const { said, move } of await promised(undoable, actor, of)) {
      const code = await undoable.trying(() => refusalOf(async () => move(undoable.as(actor), of, undoable)));
      const promise = said.blockedBy?.code ?? null;
      // Without a request or an operation there is nothing to name in the mutation.
      const agrees = code === 'NOT_FOUND' ? !said.allowed : code === promise;
      if (!agrees) found.push(`${said.action}: ${promise}, but ${code}`);
    }
    return found;
  });
}

test('in every situation allowed actions succeed, and others fail with the error of `blockedBy`', async () => {
  const situations = await reachable();
  const names = [...situations.keys()];
  // Ended, and with every kind of operation failed: the exploration has been everywhere.
  expect(names).toContain('CANCELLED SYNCED, none');
  expect(names.length).toBe(249);

  const found: string[] = [];
  for (const [name, rows] of situations) {
    for (const who of Object.keys(actors) as (keyof typeof actors)[]) {
      for (const difference of await differences(rows, actors[who]))
        found.push(`${name}: ${who} ${difference}`);
    }
  }
  expect(found).toEqual([]);
}, 600_000);
