import { currentTime } from '../clock';
import type { Transaction } from '../database';
import {
  CancellationRequest,
  CancellationRequestState,
  CloudSubscription,
  CloudSubscriptionState,
  type OperationKind,
  type ProvisioningOperation,
  StepName,
  SubscriptionChange,
  SubscriptionChangeState,
  SyncState,
} from '../entities';
import { transition, wasLicenseRequested } from '../store';
import { endSubscription } from './end-subscription';
import { operationReferences } from './write-operation';

/** A failed operation that is abandoned, with its subscription. */
export interface Abandoned {
  operation: ProvisioningOperation;
  subscription: CloudSubscription;
  userId: string;
}

/** Undoing of an abandoned operation: at the provider by an UNDO, or else here by `settle`. */
interface Undo {
  /** Steps of the UNDO. Empty for a kind that has no inverse. */
  steps: readonly StepName[];
  /** Whether the provider may have done what the steps undo. A call that was intended may have been made. */
  isNeeded(tx: Transaction, abandoned: Abandoned): Promise<boolean>;
  /** Writes what the abandonment means at once, whether or not an UNDO follows. */
  abandon?(tx: Transaction, abandoned: Abandoned): Promise<void>;
  /** Writes the outcome if no UNDO follows. Synchronization is FAILED before, and stays so unless it is known better. */
  settle(tx: Transaction, abandoned: Abandoned): Promise<void>;
}

const never = async () => false;
const always = async () => true;
const staysFailed = async () => undefined;

/** Undoing of each kind of operation. A new kind is one entry here. */
export const undos: Readonly<Record<OperationKind, Undo>> = {
  PROVISION: {
    steps: [StepName.CANCEL_SERVICE],
    isNeeded: (tx, { subscription }) => wasLicenseRequested(tx, subscription.id),
    settle: (tx, abandoned) => endPending(tx, abandoned, SyncState.SYNCED),
  },
  ADD_ADDONS: {
    steps: [StepName.RESTORE_ADDONS],
    // Its first step is the call.
    isNeeded: always,
    settle: staysFailed,
  },
  DEPROVISION: { steps: [], isNeeded: never, settle: keepSubscription },
  CHANGE: {
    steps: [StepName.RESTORE_PRODUCT, StepName.RESTORE_ADDONS],
    // Its first step that is not skipped is a call.
    isNeeded: always,
    abandon: failChange,
    settle: staysFailed,
  },
  // Their only step is the call. The record has not moved, so the UNDO sends the state that it has.
  SUSPEND: { steps: [StepName.RESUME_SERVICE], isNeeded: always, settle: staysFailed },
  RESUME: { steps: [StepName.SUSPEND_SERVICE], isNeeded: always, settle: staysFailed },
  // It was settled by hand, which nothing here proves.
  UNDO: { steps: [], isNeeded: never, settle: endPending },
};

/** Ends a subscription that was never active. */
async function endPending(
  tx: Transaction,
  { operation, subscription }: Abandoned,
  syncState?: SyncState,
): Promise<void> {
  if (subscription.state !== CloudSubscriptionState.PENDING) return;
  await endSubscription(tx, { subscription, operation, now: currentTime() }, syncState);
}

/** Fails the request of a cancellation that the provider did not confirm. */
async function keepSubscription(
  tx: Transaction,
  { operation, subscription, userId }: Abandoned,
): Promise<void> {
  // What has ended meanwhile has completed its request.
  if (subscription.state === CloudSubscriptionState.CANCELLED) return;
  const { requestId } = operation;
  const about = { userId, ...operationReferences(operation), requestId };
  if (subscription.state === CloudSubscriptionState.PENDING_CANCELLATION) {
    const message = `${subscription.friendlyName} is kept.`;
    const active = { state: CloudSubscriptionState.ACTIVE };
    await transition(tx, CloudSubscription, subscription.id, active, {
      event: { type: 'subscription.kept', message, ...about },
    });
  }
  if (requestId === null) return;
  const message = `The cancellation of ${subscription.friendlyName} has failed.`;
  const failed = { state: CancellationRequestState.FAILED };
  await transition(tx, CancellationRequest, requestId, failed, {
    event: { type: 'cancellation.failed', message, ...about },
  });
}

/** Fails the change that an abandoned operation was to carry out. */
async function failChange(tx: Transaction, { operation, subscription, userId }: Abandoned): Promise<void> {
  const { changeId } = operation;
  if (changeId === null) return;
  const message = `The change of ${subscription.friendlyName} has failed.`;
  const about = { userId, ...operationReferences(operation), changeId };
  await transition(
    tx,
    SubscriptionChange,
    changeId,
    { state: SubscriptionChangeState.FAILED },
    {
      event: { type: 'change.failed', message, ...about },
    },
  );
}
