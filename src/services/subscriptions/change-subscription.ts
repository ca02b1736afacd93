import type { Session, Transaction } from '../../database';
import { CancellationRequest, CloudSubscription, SubscriptionChange } from '../../entities';
import { notFound, Refusal } from '../../errors';
import { findOpenChange, findOpenRequest, findOperationsOf, findVisible, lockVisible } from '../../store';
import type { ActorContext } from '../context';
import type { SubscriptionActivity } from './activity';

/** Locks a visible subscription, which every change of it takes first, and reads its activity. */
export async function lockForChange(
  { actor }: Pick<ActorContext, 'actor'>,
  tx: Transaction,
  subscriptionId: string,
): Promise<SubscriptionActivity> {
  const subscription = await lockVisible(tx, actor, CloudSubscription, subscriptionId);
  if (!subscription) throw new Refusal([notFound('subscription', ['subscriptionId'])]);
  const operations = await findOperationsOf(tx, subscription.id);
  const request = await findOpenRequest(tx, subscription.id);
  const change = await findOpenChange(tx, subscription.id);
  return { subscription, operations, request, change };
}

/** A cancellation request that the caller may see, else NOT_FOUND. */
export async function visibleRequest(context: ActorContext, session: Session, requestId: string) {
  const request = await findVisible(session, context.actor, CancellationRequest, requestId);
  if (!request) throw new Refusal([notFound('cancellation request', ['requestId'])]);
  return request;
}

/** Owner and references of an event about a request. */
export function requestReferences({ id, accountId, resellerId, subscriptionId }: CancellationRequest) {
  return { accountId, resellerId, subscriptionId, requestId: id };
}

/** A change that the caller may see, else NOT_FOUND. */
export async function visibleChange({ actor }: ActorContext, session: Session, changeId: string) {
  const change = await findVisible(session, actor, SubscriptionChange, changeId);
  if (!change) throw new Refusal([notFound('change', ['changeId'])]);
  return change;
}

/** Owner and references of an event about a change. */
export function changeReferences({ id, accountId, resellerId, subscriptionId }: SubscriptionChange) {
  return { accountId, resellerId, subscriptionId, changeId: id };
}
