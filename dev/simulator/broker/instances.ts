import type { Fault } from '../faults';
import type { InstanceRecord } from '../records';
import type { Reply } from '../respond';
import type { Store } from '../store';
import { SERVICE } from './plans';
import type { ProvisionRequest, UpdateRequest } from './requests';
import { startWork, type WorkRequest } from './work';

/** Parameters of a change. */
export interface ChangeContext {
  store: Store;
  id: string;
  workMs: number;
  trackId: string;
  fault: Fault | undefined;
}

const refuse = (status: number, description: string, error?: string): Reply => ({
  status,
  body: { description, ...(error && { error }) },
});
const busy = () => refuse(422, 'Another operation for this instance is in progress', 'ConcurrencyError');
const accepted = (operation: string | undefined, done: number): Reply =>
  operation === undefined ? { status: done, body: {} } : { status: 202, body: { operation } };

/** Provisions an instance. The same request for the same instance returns the result of the first one. */
export function provision(request: ProvisionRequest, asked: ChangeContext): Reply {
  const bad = unknownItem(request);
  if (bad) return refuse(400, bad);
  const { store, id } = asked;
  const { service_id: service, plan_id: plan, parameters } = request;
  const known = store.instances.get(id);
  if (known?.work) {
    const { does, operation } = known.work;
    return does === 'provision' && isSame(known, request) ? accepted(operation, 200) : busy();
  }
  if (known?.state === 'ACTIVE') {
    return isSame(known, request)
      ? { status: 200, body: {} }
      : refuse(409, `Instance ${id} exists with another plan or other parameters`);
  }
  const recipient = request.context?.account.name ?? '';
  const fresh: InstanceRecord = {
    id,
    service,
    plan,
    parameters: { quantity: parameters.quantity, addons: {} },
    recipient,
    state: 'NEW',
    work: null,
    last: null,
  };
  return accepted(start(fresh, { does: 'provision', plan, parameters: fresh.parameters }, asked), 201);
}

/** Updates an instance. Replaces all of its parameters, and its plan if the request has one. */
export function update(request: UpdateRequest, asked: ChangeContext): Reply {
  const known = asked.store.instances.get(asked.id);
  if (known?.work) return busy();
  if (known?.state !== 'ACTIVE') return refuse(404, `There is no instance ${asked.id}`);
  const { plan_id: plan = known.plan, previous_values: previous, parameters } = request;
  const bad =
    unknownItem({ ...request, plan_id: plan }) ??
    unknownItem({ ...request, plan_id: previous?.plan_id ?? plan });
  if (bad) return refuse(400, bad);
  if (
    plan === known.plan &&
    JSON.stringify(sorted(parameters)) === JSON.stringify(sorted(known.parameters))
  ) {
    return { status: 200, body: {} };
  }
  return accepted(start(known, { does: 'update', plan, parameters }, asked), 200);
}

/** Deletes an instance. 410 if it does not exist. */
export function deprovision(asked: ChangeContext): Reply {
  const known = asked.store.instances.get(asked.id);
  if (known?.work) return known.work.does === 'deprovision' ? accepted(known.work.operation, 200) : busy();
  if (known?.state !== 'ACTIVE') return { status: 410, body: {} };
  const { plan, parameters } = known;
  return accepted(start(known, { does: 'deprovision', plan, parameters }, asked), 200);
}

/** Returns the state of the last operation. `plan` is the plan that the request names: the one before the operation. */
export function lastOperation(store: Store, id: string, plan: string | null): Reply {
  const known = store.instances.get(id);
  if (!known || (known.state === 'GONE' && !known.work)) return { status: 410, body: {} };
  if (known.work) {
    if (plan !== null && plan !== known.plan)
      return refuse(400, `The plan before the operation is ${known.plan}`);
    return { status: 200, body: { state: 'in progress', description: `Working on ${known.plan}` } };
  }
  const failed = known.last?.failedWith;
  const body = failed ? { state: 'failed', description: failed } : { state: 'succeeded' };
  return { status: 200, body };
}

/** Returns the current instance. */
export function fetchInstance(store: Store, id: string): Reply {
  const known = store.instances.get(id);
  if (known?.state !== 'ACTIVE') return refuse(404, `There is no instance ${id}`);
  const { service, plan, parameters } = known;
  return { status: 200, body: { service_id: service, plan_id: plan, parameters } };
}

function start(
  instance: InstanceRecord,
  begun: Omit<WorkRequest, 'trackId'>,
  asked: ChangeContext,
): string | undefined {
  const { store, trackId, workMs, fault } = asked;
  return startWork(store, instance, { ...begun, trackId }, workMs, fault);
}

function isSame(known: InstanceRecord, { service_id, plan_id, parameters }: ProvisionRequest): boolean {
  const { service, plan } = known;
  return service === service_id && plan === plan_id && known.parameters.quantity === parameters.quantity;
}

function unknownItem({ service_id, plan_id, parameters }: ProvisionRequest): string | undefined {
  if (service_id !== SERVICE.id || !SERVICE.plans.some(({ id }) => id === plan_id)) {
    return `${service_id} has no plan ${plan_id}`;
  }
  const unknown = Object.keys(parameters.addons).find(sku => !SERVICE.addons.some(({ id }) => id === sku));
  return unknown && `${service_id} has no add-on ${unknown}`;
}

const sorted = ({ quantity, addons }: InstanceRecord['parameters']) => [
  quantity,
  Object.entries(addons).sort(),
];
