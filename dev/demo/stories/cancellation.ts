import type { DemoUser } from '../demo-user';
import { OperationWatcher } from '../operation-watcher';
import * as documents from '../operations';
import type { StoryContext } from '../story';

/** A cancellation is requested and rejected, requested again and accepted, then executed at the provider. */
export async function cancellation(
  stage: StoryContext,
  buyer: DemoUser,
  manager: DemoUser,
  subscriptionId: string,
): Promise<void> {
  const { checks } = stage;
  const rejected = await request(stage, buyer, manager, subscriptionId);
  const twice = await buyer.keyed(documents.requestCancellation, { subscriptionId });
  checks.refused('a second request', twice.errors, 'CANCELLATION_ALREADY_REQUESTED');
  const own = await buyer.keyed(documents.decideCancellation, { requestId: rejected, decision: 'ACCEPT' });
  checks.refused("the customer's own decision", own.errors, 'FORBIDDEN');
  await decide(stage, manager, rejected, 'REJECT', 'REJECTED');
  checks.equal('the subscription stays active', await stateOf(buyer, subscriptionId), 'ACTIVE');
  const accepted = await request(stage, buyer, manager, subscriptionId);
  const live = await OperationWatcher.open(buyer);
  await decide(stage, manager, accepted, 'ACCEPT', 'ACCEPTED');
  const { operation: ended } = await live.watch('DEPROVISION', subscriptionId);
  checks.equal('the provider has ended the service', ended.state, 'SUCCEEDED');
  checks.equal('the subscription is cancelled', await stateOf(buyer, subscriptionId), 'CANCELLED');
}

async function request(
  { checks }: StoryContext,
  buyer: DemoUser,
  manager: DemoUser,
  subscriptionId: string,
): Promise<string> {
  const asked = await buyer.keyed(documents.requestCancellation, { subscriptionId, reason: 'We move on.' });
  const { id } = checks.done('the customer requests a cancellation', asked.cancellationRequest, asked.errors);
  const { cancellationRequests } = await manager.send(documents.cancellationRequests, {
    filter: { states: ['PENDING'] },
  });
  checks.that(
    'the request waits for the account manager, and the subscription is active meanwhile',
    cancellationRequests.nodes.some(
      candidate => candidate.id === id && candidate.subscription.state === 'ACTIVE',
    ),
  );
  return id;
}

async function decide(
  { checks }: StoryContext,
  manager: DemoUser,
  requestId: string,
  decision: 'ACCEPT' | 'REJECT',
  state: string,
): Promise<void> {
  const decided = await manager.keyed(documents.decideCancellation, { requestId, decision });
  const { state: found } = checks.done(
    'the account manager decides',
    decided.cancellationRequest,
    decided.errors,
  );
  // An accepted request may be executed before its response is read.
  const wanted = decision === 'ACCEPT' ? [state, 'COMPLETED'] : [state];
  checks.that(`the request is ${state.toLowerCase()}`, wanted.includes(found), found);
}

async function stateOf(person: DemoUser, id: string): Promise<string | undefined> {
  return (await person.send(documents.subscription, { id })).subscription?.state;
}
