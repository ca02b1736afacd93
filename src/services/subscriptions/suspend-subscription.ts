import { z } from 'zod';
import type { Transaction } from '../../database';
import { CloudSubscription, OperationKind, type Service, SyncState } from '../../entities';
import { checkVersion, notFound, Refusal, refuseIf } from '../../errors';
import { authorize } from '../../policies';
import type { Providers } from '../../providers';
import { createOperation } from '../../provisioning';
import { findVisible, transition } from '../../store';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { lockActor } from '../identity/lock';
import { idempotencyKey, parseInput, singleLine } from '../input';
import { openRequestsOf } from './activity';
import { lockForChange } from './change-subscription';
import { resumeError, suspendError } from './subscription-rules';

/** Whether the provider of a service can suspend. Not if this process does not know the provider. */
export function hasSuspension(providers: Providers, { provider: name }: Pick<Service, 'provider'>): boolean {
  const provider = providers.get(name);
  return provider?.suspendSubscription !== undefined && provider.resumeSubscription !== undefined;
}

/** Input of `resumeSubscription`. */
interface ResumeInput {
  subscriptionId: string;
  expectedVersion?: number | null;
  idempotencyKey: string;
}

const resumeInput = z.object({ idempotencyKey });
const suspendInput = z.object({ idempotencyKey, reason: singleLine('The reason', 1000) });

/** Begins the suspension of a subscription at its provider. Resolves to the id of the subscription. */
export async function suspendSubscription(
  context: ActorContext,
  input: ResumeInput & { reason: string },
): Promise<string> {
  authorize(context.actor, 'suspendSubscription');
  const { idempotencyKey: key, reason } = parseInput(suspendInput, input);
  return begin(context, input, key, {
    mutation: 'suspendSubscription',
    rule: suspendError,
    operation: { kind: OperationKind.SUSPEND, suspensionReason: reason },
  });
}

/** Begins the end of a suspension at the provider. Resolves to the id of the subscription. */
export async function resumeSubscription(context: ActorContext, input: ResumeInput): Promise<string> {
  authorize(context.actor, 'resumeSubscription');
  const { idempotencyKey: key } = parseInput(resumeInput, input);
  return begin(context, input, key, {
    mutation: 'resumeSubscription',
    rule: resumeError,
    operation: { kind: OperationKind.RESUME },
  });
}

/** Differences between a suspension and its end. */
interface Suspension {
  mutation: 'suspendSubscription' | 'resumeSubscription';
  rule: typeof suspendError;
  operation: { kind: 'SUSPEND' | 'RESUME'; suspensionReason?: string };
}

function begin(context: ActorContext, input: ResumeInput, key: string, suspension: Suspension) {
  return once(context, suspension.mutation, key, input, async commit => {
    const seen = await findVisible(context.db, context.actor, CloudSubscription, input.subscriptionId);
    if (!seen) throw new Refusal([notFound('subscription', ['subscriptionId'])]);
    return commit(seen.id, tx => beginInTransaction(context, tx, input, suspension));
  });
}

async function beginInTransaction(
  { actor, catalog, providers }: ActorContext,
  tx: Transaction,
  { subscriptionId, expectedVersion }: ResumeInput,
  { mutation, rule, operation }: Suspension,
): Promise<void> {
  const current = await lockActor(tx, actor, mutation);
  const activity = await lockForChange({ actor: current }, tx, subscriptionId);
  const { subscription } = activity;
  checkVersion(expectedVersion, subscription.version);
  const service = (await catalog.snapshotFor(tx)).service(subscription.serviceId);
  refuseIf([rule(openRequestsOf(activity), hasSuspension(providers, service))]);
  const requestedById = actor.userId;
  await createOperation(tx, {
    ...operation,
    subscription,
    service,
    orderId: null,
    requestedById,
    addons: [],
  });
  await transition(tx, CloudSubscription, subscription.id, { syncState: SyncState.PENDING });
}
