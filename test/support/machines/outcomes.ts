import {
  type Actor,
  ADDONS,
  failedOperations,
  type Kind,
  type Lot,
  type Open,
  type OpenChange,
  type Operation,
  openOperation,
  priceOf,
  type Subscription,
  type Totals,
  withoutZeros,
} from './records';
import { deciderAfter, needsDecision } from './refusals';

/** Begins an operation. */
export function begin(
  s: Subscription,
  operation: Partial<Operation> & { id: string; kind: Kind },
): Operation {
  const begun: Operation = {
    ...{ state: 'OPEN', order: null, requestId: null, change: null, undoes: null, addons: {} },
    ...{ effectsBefore: 0, effectsDone: 0 },
    ...operation,
  };
  s.operations.push(begun);
  s.sync = 'PENDING';
  return begun;
}

/** Moves a request or change on that `actor` opens or accepts. Returns whether its operation begins. */
export function advance(s: Subscription, open: Open, actor: Actor, due: number | null): boolean {
  const isChange = 'kinds' in open;
  open.awaiting = deciderAfter(actor, isChange ? needsDecision((open as OpenChange).kinds) : true);
  if (open.awaiting) return false;
  open.state = 'ACCEPTED';
  open.due = open.timing === 'END_OF_PERIOD' ? due : null;
  open.boundary = open.due;
  if (!isChange && open.due !== null && s.state === 'ACTIVE') s.state = 'PENDING_CANCELLATION';
  return open.due === null;
}

/** Withdraws the request of a subscription, or fails it. */
export function keep(s: Subscription): void {
  if (s.state === 'PENDING_CANCELLATION') s.state = 'ACTIVE';
  s.request = null;
}

/** Work that begins by itself at `now`: an accepted request or change whose period is over. */
export function dueOf(s: Subscription, now: number): 'request' | 'change' | null {
  if (openOperation(s)) return null;
  if (s.request?.due && s.request.due <= now) return 'request';
  const isReady = s.state === 'ACTIVE' && failedOperations(s).length === 0;
  return s.change?.due && s.change.due <= now && isReady ? 'change' : null;
}

const buy = (s: Subscription, totals: Totals) => {
  for (const [sku, quantity] of Object.entries(totals)) {
    if (quantity > 0) s.lots.push({ sku, quantity, minor: priceOf(s.owner, sku) });
  }
};

/** Takes units of an item, from the newest lot first. */
function giveUp(s: Subscription, sku: string, units: number): void {
  let rest = units;
  for (const lot of s.lots.toReversed().filter(it => it.sku === sku)) {
    const taken = Math.min(rest, lot.quantity);
    lot.quantity -= taken;
    rest -= taken;
  }
  s.lots = s.lots.filter(({ quantity }) => quantity > 0);
}

function settleChange(s: Subscription, change: OpenChange): void {
  const more: Totals = {};
  for (const sku of ADDONS) {
    const difference = (change.addons[sku] ?? 0) - (s.addons[sku] ?? 0);
    if (difference < 0) giveUp(s, sku, -difference);
    else more[sku] = difference;
  }
  if (change.product !== s.product) {
    giveUp(s, s.product, 1);
    more[change.product] = 1;
  }
  buy(s, more);
  Object.assign(s, { product: change.product, addons: withoutZeros(change.addons), change: null });
}

/** Effects of an operation that is carried out once. */
export function effectsOf(s: Subscription, { kind, change, addons }: Operation): number | null {
  const count = (totals: Totals) => Object.keys(withoutZeros(totals)).length;
  switch (kind) {
    case 'PROVISION':
      return 1 + count(addons);
    case 'ADD_ADDONS':
      return count(addons);
    case 'CHANGE': {
      const differs = ADDONS.filter(sku => (change?.addons[sku] ?? 0) !== (s.addons[sku] ?? 0)).length;
      return differs + (change?.product === s.product ? 0 : 1);
    }
    case 'SUSPEND':
    case 'RESUME':
      return 1;
    default:
      return null;
  }
}

const provisioned = (s: Subscription, { addons }: Operation): void => {
  Object.assign(s, { state: 'ACTIVE', addons: withoutZeros(addons) });
  buy(s, { [s.product]: 1, ...addons });
};

const addonsAdded = (s: Subscription, { addons }: Operation): void => {
  for (const [sku, n] of Object.entries(withoutZeros(addons))) s.addons[sku] = (s.addons[sku] ?? 0) + n;
  buy(s, addons);
};

const ended = (s: Subscription): void => {
  Object.assign(s, { state: 'CANCELLED', request: null });
};

/** Effect of each kind of operation that has succeeded. */
const effects: Record<Kind, (s: Subscription, operation: Operation) => void> = {
  PROVISION: provisioned,
  ADD_ADDONS: addonsAdded,
  CHANGE: (s, { change }) => change && settleChange(s, change),
  DEPROVISION: ended,
  SUSPEND: s => {
    s.state = 'SUSPENDED';
  },
  RESUME: s => {
    s.state = s.request?.due ? 'PENDING_CANCELLATION' : 'ACTIVE';
  },
  UNDO: (s, { undoes }) => undoes?.kind === 'PROVISION' && ended(s),
};

const totalsOf = (lots: readonly Lot[]): Totals => {
  const totals: Totals = {};
  for (const { sku, quantity } of lots) totals[sku] = (totals[sku] ?? 0) + quantity;
  return totals;
};

/** Notes what an operation does to the lots of a subscription that is, or becomes, active. */
function noteLots(s: Subscription, { id, kind, change }: Operation, happen: () => void): void {
  const before = new Set(s.lots);
  const held = totalsOf(s.lots);
  const { state, request } = s;
  happen();
  const left = totalsOf(s.lots.filter(lot => before.has(lot)));
  const taken = Object.entries(held).map(([sku, quantity]) => [sku, quantity - (left[sku] ?? 0)]);
  const isEnd = s.state === 'CANCELLED' && state !== 'PENDING';
  const added = s.lots.filter(lot => !before.has(lot)).map(lot => ({ ...lot }));
  const boundary = (isEnd ? request : change)?.boundary ?? null;
  const wasSuspended = state === 'SUSPENDED';
  const settled = { operation: id, changeId: change?.id ?? null, isEnd, boundary, wasSuspended, added };
  if (isEnd || kind === 'CHANGE' || added.length > 0) {
    s.settled.push({ ...settled, taken: withoutZeros(Object.fromEntries(taken)) });
  }
}

/** Writes what an operation has done. */
export function succeed(s: Subscription, operation: Operation): void {
  operation.state = 'SUCCEEDED';
  s.sync = 'SYNCED';
  noteLots(s, operation, () => effects[operation.kind](s, operation));
  if (operation.order) operation.order.state = operation.kind === 'UNDO' ? 'CANCELLED' : 'COMPLETED';
}

/** Writes that an operation has failed. */
export function fail(s: Subscription, operation: Operation): void {
  operation.state = 'FAILED';
  s.sync = 'FAILED';
  if (operation.order) operation.order.state = 'FAILED';
}

/** Begins an operation again. */
export function retry(s: Subscription, operation: Operation): void {
  operation.state = 'OPEN';
  s.sync = 'PENDING';
  if (operation.order && operation.kind !== 'UNDO') operation.order.state = 'EXECUTING';
}

/** Writes an abandonment that no UNDO follows, or that comes before one. */
export function abandon(s: Subscription, operation: Operation, isUndone: boolean): void {
  operation.state = 'ABANDONED';
  if (operation.kind === 'CHANGE') s.change = null;
  if (operation.kind === 'DEPROVISION') keep(s);
  if (isUndone) return;
  if (operation.order) operation.order.state = 'CANCELLED';
  const endsPending = operation.kind === 'PROVISION' || operation.undoes?.kind === 'PROVISION';
  if (!endsPending || s.state !== 'PENDING') return;
  ended(s);
  if (operation.kind === 'PROVISION') s.sync = 'SYNCED';
}
