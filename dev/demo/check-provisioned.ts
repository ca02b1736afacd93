import type { OperationKind, ProvisioningOperation } from '../../client';
import type { Checks } from './checks';
import type { DemoUser } from './demo-user';
import type { OperationWatcher } from './operation-watcher';
import * as documents from './operations';
import type { Order, SubscriptionDetails } from './types';

/** Watches an order to its end and checks that all agree about it: stream, order and subscription. */
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
    'every step was told once, in order',
    finishedSteps,
    seen.steps.map(({ name }) => name),
  );
  const { order } = await person.send(documents.order, { id });
  checks.equal('a query shows what the stream has shown', order?.operations.map(brief), [brief(seen)]);
  checks.equal('the order is completed', order?.state, 'COMPLETED');
  const { subscription } = await person.send(documents.subscription, { id: seen.subscription.id });
  const found = checks.done('the subscription is there', subscription);
  checks.equal('it is active', found.state, 'ACTIVE');
  checks.equal('the provider agrees', found.syncState, 'SYNCED');
  checks.equal('its capacity is that of the license and its add-ons', found.capacityBytes, capacityBytes);
  return found;
}

const brief = ({ id, kind, state, progress, steps }: ProvisioningOperation) => ({
  id,
  kind,
  state,
  progress,
  steps: steps.map(step => [step.name, step.state, step.attempts]),
});
