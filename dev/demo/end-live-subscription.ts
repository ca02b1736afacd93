import type { UserError } from '../../client';
import type { DemoUser } from './demo-user';
import { OperationWatcher } from './operation-watcher';
import * as documents from './operations';
import { print } from './screen';
import type { Account, Subscription } from './types';

/** Service with at most one live subscription per customer. */
const SERVICE = 'impossible-cloud-storage';

const LIVE = ['PENDING', 'ACTIVE', 'SUSPENDED', 'PENDING_CANCELLATION'];
const MAX_STEPS = 20;

/** Ends a live subscription of `account`, such as one of an earlier run, which would block the order of the story. */
export async function endLiveSubscription(manager: DemoUser, account: Account): Promise<void> {
  for (let moves = 0; moves < MAX_STEPS; moves += 1) {
    const filter = { accountId: account.id, states: LIVE };
    const { subscriptions } = await manager.send(documents.subscriptions, { filter });
    const live = subscriptions.nodes.find(({ product }) => product.service.code === SERVICE);
    if (!live) return;
    if (moves === 0) print(`  ${account.name} still has “${live.friendlyName}”: it is cancelled first.`);
    await endNextStep(manager, live);
  }
  throw new Error(`The subscription of ${account.name} was not cancelled after ${MAX_STEPS} steps`);
}

/** Takes the next step of the cancellation. */
async function endNextStep(
  manager: DemoUser,
  { id, cancellationRequest: request }: Subscription,
): Promise<void> {
  const { subscription } = await manager.send(documents.subscription, { id });
  const last = subscription?.operations.at(-1);
  if (last && (last.state === 'PENDING' || last.state === 'RUNNING')) {
    await (await OperationWatcher.open(manager, { subscriptionId: id })).watch(last.kind, id);
    return;
  }
  if (!request) {
    const asked = await manager.keyed(documents.requestCancellation, { subscriptionId: id });
    return unlessRefused(asked.errors);
  }
  const requestId = request.id;
  if (request.state === 'ACCEPTED' && last?.kind === 'DEPROVISION' && last.state === 'FAILED') {
    return unlessRefused((await manager.keyed(documents.retryProvisioning, { operationId: last.id })).errors);
  }
  if (request.timing === 'END_OF_PERIOD') {
    const { withdrawCancellation } = await manager.send(documents.withdrawCancellation, {
      input: { requestId },
    });
    return unlessRefused(withdrawCancellation.errors);
  }
  const decided = await manager.keyed(documents.decideCancellation, { requestId, decision: 'ACCEPT' });
  unlessRefused(decided.errors);
}

/** Errors after a concurrent change. The next poll reads the new state. */
const CONCURRENT_CHANGES = new Set(['INVALID_STATE', 'SUBSCRIPTION_BUSY', 'CANCELLATION_ALREADY_REQUESTED']);

function unlessRefused(errors: readonly UserError[]): void {
  const refusal = errors.find(({ code }) => !CONCURRENT_CHANGES.has(code));
  if (refusal) throw new Error(`${refusal.code}: ${refusal.message}`);
}
