import {
  type Actor,
  type Model,
  type Operation,
  type Order,
  type Owner,
  openOperation,
  type Subscription,
  type Timing,
  type Totals,
} from './records';
import { refusals } from './refusals';
import type { Fate, World } from './world';

/** Commands of a run. */
export type Act =
  | ('place' | 'order' | 'place add-ons' | 'buy add-ons' | 'execute' | 'cancel order')
  | ('change' | 'decide change' | 'withdraw change')
  | ('cancel' | 'decide cancellation' | 'withdraw cancellation')
  | ('rename' | 'suspend' | 'resume' | 'retry' | 'abandon' | 'time passes' | 'the provider answers');

/** Everything that is drawn for a command; each uses what it needs. */
export interface Drawn {
  act: Act;
  actor: Actor;
  owner: Owner;
  /** Whether it is done as drawn, most likely refused. Otherwise `pick` chooses among what is possible. */
  insists: boolean;
  pick: number;
  /** Index of an order, a change or an operation, the latest first. */
  nth: number;
  product: string;
  addons: Totals;
  timing: Timing;
  decision: 'ACCEPT' | 'REJECT';
  days: number;
  isKilled: boolean;
  fate: Fate;
}

/** Object of a command, as the model has it. */
export interface Subject extends Drawn {
  model: Model;
  /** The latest subscription of the owner. */
  s: Subscription | undefined;
}

/** The same, in the world. */
export interface Scene extends Subject {
  world: World;
}

const latest = <T>(all: readonly T[], nth: number): T | undefined => all.at(-1 - (nth % (all.length || 1)));
export const orderOf = ({ model, owner, nth }: Subject): Order | undefined =>
  latest(
    model.orders.filter(order => order.owner === owner),
    nth,
  );
export const operationOf = ({ s, nth }: Subject): Operation | undefined => latest(s?.operations ?? [], nth);

/** Code of the refusal, by the model. Null where it is done, undefined where it could be about nothing. */
export function predict(subject: Subject): string | null | undefined {
  const { model, act, actor, owner, s } = subject;
  const order = orderOf(subject);
  switch (act) {
    case 'time passes':
      return null;
    case 'the provider answers':
      return model.subscriptions.some(each => openOperation(each) !== undefined) ? null : undefined;
    case 'place':
    case 'order':
      return refusals.place(model, actor, owner, null);
    case 'execute':
      return order && refusals.execute(model, actor, order);
    case 'cancel order':
      return order && refusals.cancelOrder(actor, order);
    default:
      return s && predicted[act](subject, s);
  }
}

type OrderAct = 'time passes' | 'the provider answers' | 'place' | 'order' | 'execute' | 'cancel order';

/** The same of each act on a subscription. */
const predicted: Record<
  Exclude<Act, OrderAct>,
  (subject: Subject, s: Subscription) => string | null | undefined
> = {
  'place add-ons': ({ model, actor, owner }, s) => refusals.place(model, actor, owner, s),
  'buy add-ons': ({ model, actor, owner }, s) => refusals.place(model, actor, owner, s),
  change: ({ actor, product, addons }, s) => refusals.change(actor, s, product, addons),
  'decide change': ({ actor, owner, decision }, s) =>
    refusals.decide(actor, owner, s.change) ??
    (decision === 'ACCEPT' ? refusals.acceptChange(actor, s) : null),
  'withdraw change': ({ actor, owner }, s) => refusals.withdraw(actor, owner, s.change),
  cancel: ({ actor, timing }, s) => refusals.cancel(actor, s, timing),
  'decide cancellation': ({ actor, owner, decision }, s) =>
    refusals.decide(actor, owner, s.request) ??
    (decision === 'ACCEPT' ? refusals.acceptCancellation(actor, s) : null),
  'withdraw cancellation': ({ actor, owner }, s) => refusals.withdraw(actor, owner, s.request),
  rename: ({ actor }, s) => refusals.rename(actor, s),
  suspend: ({ actor }, s) => refusals.suspension(actor, s, 'ACTIVE'),
  resume: ({ actor }, s) => refusals.suspension(actor, s, 'SUSPENDED'),
  retry: (subject, s) => {
    const operation = operationOf(subject);
    return operation && refusals.retry(subject.actor, s, operation);
  },
  abandon: (subject, s) => {
    const operation = operationOf(subject);
    return operation && refusals.abandon(subject.actor, s, operation);
  },
};
