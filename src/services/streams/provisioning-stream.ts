import {
  CloudSubscription,
  Order,
  ProvisioningOperation,
  ProvisioningSnapshot,
  ProvisioningUpdate,
} from '../../entities';
import { requestError } from '../../errors';
import { findCurrentOperations, findVisible, isPartOfOrder } from '../../store';
import type { ActorContext } from '../context';
import { isGiven } from '../input';
import type { LogStream, StreamFilter } from './log-stream';

const TYPES = new Set(['operation.created', 'operation.changed', 'operation.abandoned', 'step.changed']);

/** Stream of `provisioningUpdates`. */
export const provisioningStream: LogStream = {
  name: 'provisioning',
  filters: ['orderId', 'subscriptionId'],
  includes: type => TYPES.has(type),
  async snapshot({ db, actor }, filter) {
    const { rows, truncated } = await findCurrentOperations(db, actor, filter);
    return Object.assign(new ProvisioningSnapshot(), { operations: rows, truncated });
  },
  async update({ db, actor }, { operationId, data, occurredAt, message }) {
    const operation = await findVisible(db, actor, ProvisioningOperation, operationId ?? '');
    if (!operation) return null;
    const { step = null, stepState = null, operationState } = data as Partial<ProvisioningUpdate>;
    const update = { occurredAt, operation, step, stepState, operationState, message };
    return Object.assign(new ProvisioningUpdate(), update);
  },
  checkFilter,
};

async function checkFilter({ db, actor }: ActorContext, { orderId, subscriptionId }: StreamFilter) {
  if (isGiven(orderId) && !(await findVisible(db, actor, Order, orderId))) {
    throw requestError('NOT_FOUND', 'This order does not exist, or you cannot see it.');
  }
  if (isGiven(subscriptionId) && !(await findVisible(db, actor, CloudSubscription, subscriptionId))) {
    throw requestError('NOT_FOUND', 'This subscription does not exist, or you cannot see it.');
  }
  if (!isGiven(orderId) || !isGiven(subscriptionId)) return;
  if (await isPartOfOrder(db, orderId, subscriptionId)) return;
  throw requestError('NOT_FOUND', 'The subscription is not part of this order.');
}
