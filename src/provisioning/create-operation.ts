import { typeid } from 'typeid-js';
import { currentTime } from '../clock';
import { isDuplicate, type Transaction } from '../database';
import {
  type CloudSubscription,
  type LineAddon,
  OperationKind,
  OperationState,
  OperationStep,
  type ProvisioningOperation,
  type Service,
  type StepName,
  StepState,
} from '../entities';
import { Refusal, simple } from '../errors';
import { record } from '../events';
import { linkToTracked } from '../observability';
import { insertInto, insertOperation } from '../store';
import { type PlannedKind, plans } from './plan';

/** Operation that an UNDO undoes, and the steps that do so. */
interface Undoing {
  id: string;
  steps: readonly StepName[];
}

/** Kind of an operation, with what its plan depends on. */
type Plan = { kind: PlannedKind; undoes?: never } | { kind: typeof OperationKind.UNDO; undoes: Undoing };

/** Input of `createOperation`. */
export type NewOperation = Plan & {
  subscription: Pick<CloudSubscription, 'id' | 'accountId' | 'resellerId' | 'friendlyName'>;
  service: Pick<Service, 'provider'>;
  orderId: string | null;
  requestId?: string;
  changeId?: string | null;
  suspensionReason?: string;
  requestedById: string;
  /** Add-ons to add to the subscription. */
  addons: LineAddon[];
  /** Event message of an operation that the system created. Defaults to a message for its kind. */
  reason?: string;
};

const messages: Record<OperationKind, string> = {
  PROVISION: 'is to be provisioned',
  ADD_ADDONS: 'is to get add-ons',
  DEPROVISION: 'is to be ended',
  CHANGE: 'is to be changed',
  SUSPEND: 'is to be suspended',
  RESUME: 'is to be resumed',
  UNDO: 'is to be set back to the state before the abandoned operation',
};

/** Creates an operation, due at once. Fails with SUBSCRIPTION_BUSY while the subscription has an open one. */
export async function createOperation(tx: Transaction, input: NewOperation): Promise<string> {
  const id = typeid('op').toString();
  const trackId = typeid('trk').toString();
  const { subscription, service } = input;
  const operation: Partial<ProvisioningOperation> = {
    id,
    kind: input.kind,
    state: OperationState.PENDING,
    orderId: input.orderId,
    subscriptionId: subscription.id,
    requestId: input.requestId ?? null,
    changeId: input.changeId ?? null,
    suspensionReason: input.suspensionReason ?? null,
    undoes: input.undoes?.id ?? null,
    accountId: subscription.accountId,
    resellerId: subscription.resellerId,
    requestedById: input.requestedById,
    provider: service.provider,
    addons: input.addons,
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
    throw new Refusal([subscriptionBusy(subscription.friendlyName)]);
  }
  await insertInto(
    tx,
    OperationStep,
    stepsOf(input).map((name, position) => ({
      operationId: id,
      position,
      name,
      state: StepState.PENDING,
      attempts: 0,
    })),
  );
  record(tx, {
    type: 'operation.created',
    message: `${subscription.friendlyName} ${input.reason ?? `${messages[input.kind]}.`}`,
    userId: input.reason ? null : input.requestedById,
    accountId: subscription.accountId,
    resellerId: subscription.resellerId,
    orderId: input.orderId,
    subscriptionId: subscription.id,
    operationId: id,
    data: { operationState: OperationState.PENDING },
  });
  tx.touched.add('operations');
  linkToTracked(trackId);
  return id;
}

const stepsOf = (plan: Plan): readonly StepName[] =>
  plan.kind === OperationKind.UNDO ? plan.undoes.steps : plans[plan.kind];

/** Error of a subscription that has an open operation. */
export function subscriptionBusy(friendlyName: string, path: string[] | null = null) {
  return simple(
    'SUBSCRIPTION_BUSY',
    `${friendlyName} is being changed at the provider. Retry when the operation has finished.`,
    path,
  );
}
