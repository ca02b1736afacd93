import type { OperationKind, ProvisioningOperation } from '../../client';
import type { Checks } from './checks';
import type { DemoUser } from './demo-user';
import type { OperationWatcher } from './operation-watcher';
import * as documents from './operations';
import type { Order, SubscriptionDetails } from './types';

/** Watches the provisioning of an order, and checks that stream, order and subscription agree. */
export async function checkProvisioned(
  checks: Checks,
  person: DemoUser,
  live: OperationWatcher,
  { id, number }: Order,
  kind: OperationKind,
  capacityBytes: string,
): Promise<SubscriptionDetails> {
  const { operation: seen, finishedSteps } = await live.watch(kind, id);
  const failure = seen.steps.find(({ error }) => error)?.error;
  checks.that(`${number} is provisioned`, seen.state === 'SUCCEEDED', failure ?? seen.state);
  checks.equal(
    'the stream reported every step once, in order',
    finishedSteps,
    seen.steps.map(({ name }) => name),
  );
  const { order } = await person.send(documents.order, { id });
  checks.equal('a query returns the same operation as the stream', order?.operations.map(brief), [
    brief(seen),
  ]);
  checks.equal('the order is completed', order?.state, 'COMPLETED');
  const { subscription } = await person.send(documents.subscription, { id: seen.subscription.id });
  const found = checks.done('the subscription exists', subscription);
  checks.equal('it is active', found.state, 'ACTIVE');
  checks.equal('the subscription is in sync with the provider', found.syncState, 'SYNCED');
  checks.equal('its capacity is the sum of the license and its add-ons', found.capacityBytes, capacityBytes);
  return found;
}

const brief = ({ id, kind, state, progress, steps }: ProvisioningOperation) => ({
  id,
  kind,
  state,
  progress,
  steps: steps.map(step => [step.name, step.state, step.attempts]),
});
