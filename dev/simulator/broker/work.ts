import { randomUUID } from 'node:crypto';
import { currentTime, currentTimeMs } from '../../../src/clock';
import type { Fault } from '../faults';
import { isLarger } from '../items';
import type { BrokerWork, Effect, InstanceRecord } from '../records';
import type { Store } from '../store';
import { SERVICE } from './plans';

/** Work to start on an instance. */
export type WorkRequest = Pick<BrokerWork, 'does' | 'plan' | 'parameters' | 'trackId'>;

/**
 * Starts asynchronous work on an instance. It finishes at `readyAt`, also if nobody polls, and across a restart. Returns
 * the id of the operation, or undefined if the work is finished at once.
 */
export function startWork(
  store: Store,
  instance: InstanceRecord,
  begun: WorkRequest,
  workMs: number,
  fault: Fault | undefined,
): string | undefined {
  const takes = fault?.workMs ?? workMs;
  const now = currentTimeMs();
  const failsWith = fault?.then === 'failLater' ? { failsWith: fault.message } : {};
  const readyAt = new Date(now + takes).toISOString();
  const work: BrokerWork = { operation: `op-${randomUUID().slice(0, 13)}`, readyAt, ...begun, ...failsWith };
  const record = { ...instance, work };
  store.commit({ at: new Date(now).toISOString(), instance: record, effects: [] });
  if (takes > 0 || work.failsWith) return work.operation;
  finish(store, record, work);
  return undefined;
}

/** Finishes all due work. */
export function finishDue(store: Store): void {
  const now = currentTime().toISOString();
  for (const id of [...store.working]) {
    const instance = store.instances.get(id);
    if (instance?.work && instance.work.readyAt <= now) finish(store, instance, instance.work);
  }
}

function finish(store: Store, instance: InstanceRecord, work: BrokerWork): void {
  const { operation, failsWith, plan, parameters, readyAt } = work;
  if (failsWith) {
    const record = { ...instance, work: null, last: { operation, failedWith: failsWith } };
    store.commit({ at: readyAt, instance: record, effects: [] });
    return;
  }
  const state = work.does === 'deprovision' ? ('GONE' as const) : ('ACTIVE' as const);
  const record = { ...instance, plan, parameters, state, work: null, last: { operation } };
  store.commit({ at: readyAt, instance: record, effects: effectsOf(instance, work) });
}

function effectsOf(before: InstanceRecord, { does, plan, parameters, trackId }: BrokerWork): Effect[] {
  const about = { subject: before.id, recipient: before.recipient, trackId };
  const size = `${plan}=${parameters.quantity}`;
  if (does === 'provision') return [{ effect: 'subscription.created', ...about, detail: size }];
  if (does === 'deprovision') return [{ effect: 'subscription.cancelled', ...about, detail: plan }];
  const effects: Effect[] = [];
  if (plan !== before.plan) {
    const isUpgrade = isLarger(SERVICE.plans, plan, before.plan);
    effects.push({
      effect: isUpgrade ? 'subscription.upgraded' : 'subscription.downgraded',
      ...about,
      detail: plan,
    });
  }
  if (before.parameters.quantity !== parameters.quantity) {
    effects.push({ effect: 'subscription.updated', ...about, detail: size });
  }
  for (const sku of new Set([...Object.keys(before.parameters.addons), ...Object.keys(parameters.addons)])) {
    const total = parameters.addons[sku] ?? 0;
    if ((before.parameters.addons[sku] ?? 0) === total) continue;
    effects.push({
      effect: total > 0 ? 'addon.set' : 'addon.cancelled',
      ...about,
      detail: `${sku}=${total}`,
    });
  }
  return effects;
}
