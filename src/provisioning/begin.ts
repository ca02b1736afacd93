import { typeid } from 'typeid-js';
import { currentTime } from '../clock';
import { isDuplicate, type Transaction } from '../database';
import {
  type CloudSubscription,
  type LineAddon,
  type OperationKind,
  OperationState,
  type ProvisioningOperation,
  type Service,
  StepState,
} from '../entities';
import { Refusal, simple } from '../errors';
import { record } from '../events';
import { linkToTracked } from '../observability';
import { insertOperation, insertSteps } from '../store';
import { plans } from './plan';

/** What an operation is begun with. */
export interface Intent {
  kind: OperationKind;
  subscription: Pick<CloudSubscription, 'id' | 'accountId' | 'resellerId' | 'friendlyName'>;
  service: Service;
  orderId: string | null;
  requestId?: string;
  requestedById: string;
  /** On top of what the subscription holds. */
  addons: LineAddon[];
  /** What is told of it instead of what its kind says, where the system itself asks for it. */
  because?: string;
}

const verbs: Record<OperationKind, string> = {
  PROVISION: 'is to be provisioned',
  ADD_ADDONS: 'is to get add-ons',
  DEPROVISION: 'is to be ended',
};

/**
 * Writes an operation with its steps and its event, due at once: the intent is committed with the order, and a worker
 * does the rest. Refuses with SUBSCRIPTION_BUSY while another operation is open on the subscription.
 */
export async function beginOperation(tx: Transaction, intent: Intent): Promise<string> {
  const id = typeid('op').toString();
  const trackId = typeid('trk').toString();
  const { subscription, service } = intent;
  const operation: Partial<ProvisioningOperation> = {
    id,
    kind: intent.kind,
    state: OperationState.PENDING,
    orderId: intent.orderId,
    subscriptionId: subscription.id,
    requestId: intent.requestId ?? null,
    accountId: subscription.accountId,
    resellerId: subscription.resellerId,
    requestedById: intent.requestedById,
    provider: service.provider,
    addons: intent.addons,
    trackId,
    position: 0,
    token: 0,
    claims: 0,
    createdAt: currentTime(),
  };
  try {
    await insertOperation(tx, operation);
  } catch (error) {
    if (!isDuplicate(error, 'one_open_operation')) throw error;
    throw new Refusal([busy(subscription.friendlyName)]);
  }
  await insertSteps(
    tx,
    plans[intent.kind].map((name, position) => ({
      operationId: id,
      position,
      name,
      state: StepState.PENDING,
      attempts: 0,
    })),
  );
  record(tx, {
    type: 'operation.created',
    message: `${subscription.friendlyName} ${intent.because ?? `${verbs[intent.kind]}.`}`,
    userId: intent.because ? null : intent.requestedById,
    accountId: subscription.accountId,
    resellerId: subscription.resellerId,
    orderId: intent.orderId,
    subscriptionId: subscription.id,
    operationId: id,
    data: { operationState: OperationState.PENDING },
  });
  tx.touched.add('operations');
  linkToTracked(trackId);
  return id;
}

/** Something else is being done with the subscription. */
export function busy(friendlyName: string, path: string[] | null = null) {
  return simple(
    'SUBSCRIPTION_BUSY',
    `${friendlyName} is being changed at the provider. Try again when that is finished.`,
    path,
  );
}
