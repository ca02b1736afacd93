import {
  type Actor,
  type Awaiting,
  failedOperations,
  kindsOf,
  type Model,
  type Open,
  type Operation,
  type Order,
  type Owner,
  openOperation,
  type Subscription,
  type Timing,
  type Totals,
} from './records';

const isStaff = (actor: Actor) => ['manager', 'otherManager', 'admin'].includes(actor);
const sees = (actor: Actor, owner: Owner): boolean =>
  actor === 'manager' ||
  actor === 'admin' ||
  (owner === 'direct' ? actor === 'buyer' : actor === 'reseller' || actor === 'endCustomer');

/** Party that decides next on a request of `actor`, or on one that it accepts. */
export function deciderAfter(actor: Actor, needsDecision: boolean): Awaiting {
  if (isStaff(actor)) return null;
  if (actor === 'endCustomer') return 'RESELLER';
  return needsDecision ? 'DISTRIBUTOR' : null;
}

export const needsDecision = (kinds: readonly string[]) =>
  kinds.includes('REDUCE_ADDONS') || kinds.includes('DOWNGRADE');

const isOwn = (operation: Operation, s: Subscription) =>
  (s.request !== null && operation.requestId === s.request.id) ||
  (s.change !== null && operation.change?.id === s.change.id);
const hasFailedCancellation = (s: Subscription) =>
  s.request !== null && failedOperations(s).some(({ requestId }) => requestId === s.request?.id);
const hasFailedChange = (s: Subscription) =>
  s.change !== null && failedOperations(s).some(({ change }) => change?.id === s.change?.id);

type Beside =
  | 'cancellation'
  | 'failed cancellation'
  | 'change'
  | 'failed change'
  | 'operation'
  | 'failed operation';
const reasons: [Beside, string, (s: Subscription) => boolean][] = [
  ['cancellation', 'CANCELLATION_ALREADY_REQUESTED', s => s.request !== null],
  ['failed cancellation', 'CANCELLATION_ALREADY_REQUESTED', hasFailedCancellation],
  ['change', 'CHANGE_ALREADY_REQUESTED', s => s.change !== null && !hasFailedChange(s)],
  ['failed change', 'CHANGE_ALREADY_REQUESTED', hasFailedChange],
  ['operation', 'SUBSCRIPTION_BUSY', s => openOperation(s) !== undefined],
  ['failed operation', 'INVALID_STATE', s => failedOperations(s).some(it => !isOwn(it, s))],
];

function conflict(s: Subscription, ...notBeside: Beside[]): string | null {
  return reasons.find(([name, , isSo]) => notBeside.includes(name) && isSo(s))?.[1] ?? null;
}
const anything = reasons.map(([name]) => name);

/** Whether the subscription is neither ended nor asked to do what an active one does only. */
function growth(s: Subscription): string | null {
  if (s.state === 'CANCELLED') return 'INVALID_STATE';
  const code = conflict(s, ...anything);
  if (code || s.state === 'ACTIVE') return code;
  return s.state === 'SUSPENDED' ? 'SUBSCRIPTION_SUSPENDED' : 'INVALID_STATE';
}

/** Refusal of a caller, before the subscription is looked at. */
function stranger(actor: Actor, owner: Owner, roles: 'all' | 'deciders' | 'staff'): string | null {
  if (roles !== 'all' && !isStaff(actor) && !(roles === 'deciders' && actor === 'reseller'))
    return 'FORBIDDEN';
  return sees(actor, owner) ? null : 'NOT_FOUND';
}

const liveOf = (model: Model, owner: Owner) =>
  model.subscriptions.find(s => s.owner === owner && s.state !== 'CANCELLED');

/** Code of the error with which each mutation is refused. Null if it is done. */
export const refusals = {
  place: (model: Model, actor: Actor, owner: Owner, target: Subscription | null) =>
    stranger(actor, owner, 'staff') ??
    (target ? growth(target) : liveOf(model, owner) ? 'ACTIVE_SUBSCRIPTION_EXISTS' : null),
  execute(model: Model, actor: Actor, { owner, state, subscription }: Order) {
    const code = stranger(actor, owner, 'staff');
    if (code) return code;
    if (state !== 'SUBMITTED') return 'INVALID_STATE';
    return refusals.place(model, actor, owner, subscription);
  },
  cancelOrder: (actor: Actor, { owner, state }: Order) =>
    stranger(actor, owner, 'staff') ?? (state === 'SUBMITTED' ? null : 'INVALID_STATE'),
  rename: (actor: Actor, s: Subscription) =>
    stranger(actor, s.owner, 'all') ?? (s.state === 'CANCELLED' ? 'INVALID_STATE' : null),
  change(actor: Actor, s: Subscription, product: string, addons: Totals) {
    const code = stranger(actor, s.owner, 'all') ?? growth(s);
    return code ?? (kindsOf(s, product, addons).length === 0 ? 'NOTHING_TO_CHANGE' : null);
  },
  cancel(actor: Actor, s: Subscription, timing: Timing) {
    const code = stranger(actor, s.owner, 'all');
    if (code) return code;
    if (s.state === 'CANCELLED') return 'INVALID_STATE';
    const other = conflict(s, 'cancellation', 'change', 'operation');
    return other ?? (timing === 'END_OF_PERIOD' && s.state === 'PENDING' ? 'INVALID_STATE' : null);
  },
  decide(actor: Actor, owner: Owner, open: Open | null) {
    const code = stranger(actor, owner, 'deciders');
    if (code) return code;
    if (open?.state !== 'PENDING') return 'INVALID_STATE';
    return isStaff(actor) || open.awaiting === 'RESELLER' ? null : 'FORBIDDEN';
  },
  acceptCancellation(actor: Actor, s: Subscription) {
    const begins = deciderAfter(actor, true) === null && s.request?.timing === 'IMMEDIATE';
    return begins && openOperation(s) ? 'SUBSCRIPTION_BUSY' : null;
  },
  acceptChange(actor: Actor, s: Subscription) {
    const forwards = deciderAfter(actor, needsDecision(s.change?.kinds ?? [])) !== null;
    if (forwards || s.change?.timing !== 'IMMEDIATE') return null;
    const code = conflict(s, 'cancellation', 'operation', 'failed operation');
    if (code || s.state === 'ACTIVE') return code;
    return s.state === 'SUSPENDED' ? 'SUBSCRIPTION_SUSPENDED' : 'INVALID_STATE';
  },
  withdraw(actor: Actor, owner: Owner, open: Open | null) {
    const code = stranger(actor, owner, 'all');
    if (code) return code;
    if (!open || (open.state === 'ACCEPTED' && open.due === null)) return 'INVALID_STATE';
    return actor === 'endCustomer' && open.requestedBy !== actor ? 'FORBIDDEN' : null;
  },
  suspension(actor: Actor, s: Subscription, from: 'ACTIVE' | 'SUSPENDED') {
    const code = stranger(actor, s.owner, 'staff');
    if (code) return code;
    if (s.state === 'CANCELLED') return 'INVALID_STATE';
    const other = conflict(s, 'failed cancellation', 'failed change', 'operation', 'failed operation');
    return other ?? (s.state === from ? null : 'INVALID_STATE');
  },
  retry(actor: Actor, s: Subscription, operation: Operation) {
    const code = stranger(actor, s.owner, 'staff');
    if (code) return code;
    if (operation.state !== 'FAILED' || s.state === 'CANCELLED') return 'INVALID_STATE';
    if (s.request && s.request.id !== operation.requestId) return 'CANCELLATION_ALREADY_REQUESTED';
    if (openOperation(s)) return 'SUBSCRIPTION_BUSY';
    const needed = {
      ...{
        PROVISION: 'PENDING',
        ADD_ADDONS: 'ACTIVE',
        CHANGE: 'ACTIVE',
        SUSPEND: 'ACTIVE',
        RESUME: 'SUSPENDED',
      },
      ...{ DEPROVISION: s.state, UNDO: s.state },
    }[operation.kind];
    return s.state === needed ? null : 'INVALID_STATE';
  },
  abandon(actor: Actor, s: Subscription, operation: Operation) {
    const code = stranger(actor, s.owner, 'staff');
    if (code) return code;
    if (operation.state !== 'FAILED') return 'OPERATION_NOT_FAILED';
    return openOperation(s) ? 'SUBSCRIPTION_BUSY' : null;
  },
};
