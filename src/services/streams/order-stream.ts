import { Order, OrderSnapshot, OrderUpdate } from '../../entities';
import { requestError } from '../../errors';
import { findUnfinishedOrders, findVisible } from '../../store';
import { isGiven } from '../input';
import type { LogStream } from './log-stream';

/** Stream of `orderUpdates`. */
export const orderStream: LogStream = {
  name: 'order',
  filters: ['orderId'],
  includes: type => type.startsWith('order.'),
  async snapshot({ db, actor }, { orderId }) {
    const one = isGiven(orderId) ? await findVisible(db, actor, Order, orderId) : undefined;
    const { rows, truncated } = isGiven(orderId)
      ? { rows: one ? [one] : [], truncated: false }
      : await findUnfinishedOrders(db, actor);
    return Object.assign(new OrderSnapshot(), { orders: rows, truncated });
  },
  async update({ db, actor }, { orderId, type, occurredAt }) {
    const order = await findVisible(db, actor, Order, orderId ?? '');
    return order ? Object.assign(new OrderUpdate(), { type, occurredAt, order }) : null;
  },
  async checkFilter({ db, actor }, { orderId }) {
    if (!isGiven(orderId) || (await findVisible(db, actor, Order, orderId))) return;
    throw requestError('NOT_FOUND', 'This order does not exist, or you cannot see it.');
  },
};
