import { addonsOf } from '../abandoned';
import { product } from '../catalog';
import { ALPINE, NORTHWIND } from '../demo';
import { codes } from '../errors';
import { abandon, advance, keep, retry } from './outcomes';
import { begun, expireLeases, noteAbandoned, release } from './provider-work';
import {
  type Actor,
  kindsOf,
  type Open,
  type OpenChange,
  type Order,
  type Owner,
  type Subscription,
  type Totals,
} from './records';
import { type Act, operationOf, orderOf, predict, type Scene } from './scene';
import type { World } from './world';

const ACCOUNTS: Record<Owner, string> = { direct: NORTHWIND, resold: ALPINE };
const DAY_MS = 86_400_000;

/** Sends a mutation and holds its answer against the model. Resolves to the payload if it was done. */
async function tell(
  scene: Scene,
  send: (who: World['who'][Actor]) => Promise<Record<string, any>>,
  code: string | null | undefined = predict(scene),
): Promise<Record<string, any> | undefined> {
  const { world, actor } = scene;
  const answer = await send(world.who[actor]);
  const said = codes(answer as never)[0] ?? null;
  world.log.push(`  ${said ?? 'done'}`);
  expect(said).toBe(code);
  return code === null ? answer : undefined;
}

const due = async ({ world }: Scene, table: string, id: string): Promise<number | null> => {
  const [row] = await world.office.gateway.rows(`SELECT effectiveAt FROM ${table} WHERE id = ?`, [id]);
  return row?.effectiveAt?.getTime() ?? null;
};

/** Whether the provider still has a subscription of an owner whose end was left to a person. */
const isLeftAtProvider = ({ model, owner }: Scene) =>
  model.subscriptions.some(s => s.owner === owner && s.isLeftAtProvider);

/** Places an order. Resolves to whether it was accepted: the provider allows one subscription, and is asked before. */
async function place(scene: Scene, target: Subscription | null): Promise<boolean> {
  const { model, owner, addons, product: sku } = scene;
  const line = target ? { subscriptionId: target.id } : { productId: product(sku) };
  const isRefused = target === null && isLeftAtProvider(scene);
  const answer = await tell(
    scene,
    who =>
      who.place({ recipientId: ACCOUNTS[owner], lines: [{ ...line, addons: addonsOf(positive(addons)) }] }),
    predict(scene) ?? (isRefused ? 'PROVIDER_REJECTED' : null),
  );
  if (!answer) return false;
  const order = { id: answer.order.id, owner, state: 'SUBMITTED', subscription: target } as const;
  model.orders.push({ ...order, product: sku, addons: positive(addons) });
  return true;
}

async function placeAndExecute(scene: Scene, target: Subscription | null): Promise<void> {
  if (await place(scene, target)) await acts.execute({ ...scene, act: 'execute', nth: 0 });
}

const positive = (addons: Totals): Totals => {
  const some = Object.fromEntries(Object.entries(addons).filter(([, n]) => n > 0));
  return Object.keys(some).length > 0 ? some : { 'IC-ADD-1TB': 1 };
};

async function askForChange(scene: Scene, s: Subscription): Promise<void> {
  const { world, actor, product: sku, addons, timing } = scene;
  const answer = await tell(scene, who =>
    who.change({
      ...{ subscriptionId: s.id, productId: product(sku), timing, addons: addonsOf(addons) },
    }),
  );
  if (!answer) return;
  const { id, kinds } = answer.subscriptionChange;
  const change: OpenChange = {
    ...{ id, requestedBy: actor, state: 'PENDING', awaiting: null, timing, due: null, boundary: null },
    ...{ product: sku, addons: { ...s.addons, ...addons }, kinds: kindsOf(s, sku, addons) },
  };
  expect(kinds).toEqual(change.kinds);
  s.change = change;
  if (advance(s, change, actor, await due(scene, 'subscription_changes', id))) {
    await begun(world, s, { kind: 'CHANGE', change });
  }
}

async function askForTheEnd(scene: Scene, s: Subscription): Promise<void> {
  const { world, actor, timing } = scene;
  const answer = await tell(scene, who => who.request({ subscriptionId: s.id, timing }));
  if (!answer) return;
  const { id } = answer.cancellationRequest;
  s.request = { id, requestedBy: actor, state: 'PENDING', awaiting: null, timing, due: null, boundary: null };
  if (advance(s, s.request, actor, await due(scene, 'cancellation_requests', id))) {
    await begun(world, s, { kind: 'DEPROVISION', requestId: id });
  }
}

/** Decides on the open request or change, or on the one before. */
async function decide(scene: Scene, s: Subscription, what: 'request' | 'change'): Promise<void> {
  const { world, actor, decision } = scene;
  const open = s[what];
  const id = open?.id ?? (await lastId(scene, s, what));
  if (!id) return;
  const accepts = decision === 'ACCEPT';
  const answer = await tell(scene, who =>
    what === 'request'
      ? who.decide({ requestId: id, decision })
      : who.decideChange({ changeId: id, decision }),
  );
  if (!answer || !open) return;
  if (!accepts) {
    s[what] = null;
    return;
  }
  const table = what === 'request' ? 'cancellation_requests' : 'subscription_changes';
  if (!advance(s, open, actor, await due(scene, table, id))) return;
  const about = what === 'request' ? { requestId: id } : { change: s.change };
  await begun(world, s, { kind: what === 'request' ? 'DEPROVISION' : 'CHANGE', ...about });
}

async function withdraw(scene: Scene, s: Subscription, what: 'request' | 'change'): Promise<void> {
  const open: Open | null = s[what];
  const id = open?.id ?? (await lastId(scene, s, what));
  if (!id) return;
  const answer = await tell(scene, who =>
    what === 'request' ? who.withdraw({ requestId: id }) : who.withdrawChange({ changeId: id }),
  );
  if (!answer) return;
  if (what === 'request') keep(s);
  else s.change = null;
}

async function turn(scene: Scene, s: Subscription, kind: 'SUSPEND' | 'RESUME'): Promise<void> {
  const answer = await tell(scene, who =>
    kind === 'SUSPEND'
      ? who.suspend({ subscriptionId: s.id, reason: 'Unpaid' })
      : who.resume({ subscriptionId: s.id }),
  );
  if (answer) await begun(scene.world, s, { kind });
}

async function lastId({ world }: Scene, s: Subscription, what: 'request' | 'change') {
  const table = what === 'request' ? 'cancellation_requests' : 'subscription_changes';
  const sql = `SELECT id FROM ${table} WHERE subscriptionId = ? ORDER BY id DESC LIMIT 1`;
  const [row] = await world.office.gateway.rows(sql, [s.id]);
  return row?.id as string | undefined;
}

/** Acts of users, providers and time. An act without an object does nothing. */
export const acts: Record<Act, (scene: Scene) => Promise<unknown>> = {
  place: (scene: Scene) => place(scene, null),
  order: (scene: Scene) => placeAndExecute(scene, null),
  'buy add-ons': async (scene: Scene) => scene.s && placeAndExecute(scene, scene.s),
  'place add-ons': async (scene: Scene) => scene.s && place(scene, scene.s),
  async execute(scene: Scene) {
    const { world, model } = scene;
    const order = orderOf(scene);
    if (!order) return;
    const answer = await tell(scene, who => who.execute({ orderId: order.id }));
    if (!answer) return;
    order.state = 'EXECUTING';
    const s = order.subscription ?? newSubscription(order, answer.order.lines[0].subscription.id);
    if (!order.subscription) model.subscriptions.push(s);
    const kind = order.subscription ? 'ADD_ADDONS' : 'PROVISION';
    order.subscription = s;
    await begun(world, s, { kind, order, addons: order.addons });
  },
  async 'cancel order'(scene: Scene) {
    const order = orderOf(scene);
    if (!order) return;
    if (await tell(scene, who => who.cancelOrder({ orderId: order.id }))) order.state = 'CANCELLED';
  },
  change: async (scene: Scene) => scene.s && askForChange(scene, scene.s),
  'decide change': async (scene: Scene) => scene.s && decide(scene, scene.s, 'change'),
  'withdraw change': async (scene: Scene) => scene.s && withdraw(scene, scene.s, 'change'),
  cancel: async (scene: Scene) => scene.s && askForTheEnd(scene, scene.s),
  'decide cancellation': async (scene: Scene) => scene.s && decide(scene, scene.s, 'request'),
  'withdraw cancellation': async (scene: Scene) => scene.s && withdraw(scene, scene.s, 'request'),
  async rename(scene: Scene) {
    const { s } = scene;
    if (!s) return;
    await tell(scene, who => who.rename({ subscriptionId: s.id, friendlyName: 'Another name' }));
  },
  suspend: async (scene: Scene) => scene.s && turn(scene, scene.s, 'SUSPEND'),
  resume: async (scene: Scene) => scene.s && turn(scene, scene.s, 'RESUME'),
  async retry(scene: Scene) {
    const { s } = scene;
    const operation = operationOf(scene);
    if (!s || !operation) return;
    if (await tell(scene, who => who.retry({ operationId: operation.id }))) retry(s, operation);
  },
  async abandon(scene: Scene) {
    const { world, s } = scene;
    const operation = operationOf(scene);
    if (!s || !operation) return;
    const answer = await tell(scene, who => who.abandon({ operationId: operation.id }));
    if (!answer) return;
    abandon(s, operation, answer.undo !== null);
    await noteAbandoned(world, s, operation);
    const { order, addons, change } = operation;
    const undone = { kind: 'UNDO', undoes: operation, order, addons, change } as const;
    if (answer.undo) await begun(world, s, undone);
  },
  async 'time passes'({ world, days }: Scene) {
    world.ahead += days * DAY_MS;
  },
  async 'the provider answers'({ world, isKilled }: Scene) {
    if (world.isHeld && isKilled) await expireLeases(world);
    release(world);
  },
};

const newSubscription = ({ owner, product: sku }: Order, id: string): Subscription => ({
  ...{ id, owner, product: sku, state: 'PENDING', sync: 'PENDING', addons: {}, lots: [] },
  ...{ request: null, change: null, operations: [], settled: [] },
  ...{ isUnverifiable: false, isLeftAtProvider: false },
});
