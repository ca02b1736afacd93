import { z } from 'zod';
import { Order, OrderState } from '../../entities';
import { Refusal, simple } from '../../errors';
import type { NewEvent } from '../../events';
import { authorize } from '../../policies';
import { transition } from '../../store';
import type { ActorContext } from '../context';
import { optionalText, parseInput } from '../input';
import { lockVisibleOrder, visibleOrder } from './change-order';

/** Input of `cancelOrder`. */
export interface CancelOrderInput {
  orderId: string;
  reason?: string | null;
  expectedVersion?: number | null;
}

const cancelInput = z.object({ reason: optionalText('The reason') });

/** Cancels an order that has not been executed. Resolves to its id. */
export async function cancelOrder(context: ActorContext, input: CancelOrderInput): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'cancelOrder');
  const { reason } = parseInput(cancelInput, input);
  const seen = await visibleOrder(context, db, input.orderId);
  return db.transaction(async tx => {
    const { order } = await lockVisibleOrder(context, tx, seen, input.expectedVersion);
    if (order.state !== OrderState.SUBMITTED) throw new Refusal([cannotCancel(order)]);
    const event: NewEvent = {
      type: 'order.cancelled',
      message: 'The order is cancelled.',
      userId: actor.userId,
      accountId: order.recipientId,
      resellerId: order.resellerId,
      orderId: order.id,
    };
    const cancelled = { state: OrderState.CANCELLED, cancelReason: reason };
    await transition(tx, Order, order.id, cancelled, { event });
    return order.id;
  });
}

/** INVALID_STATE error of an order that can no longer be cancelled. */
export function cannotCancel({ state }: Order) {
  return simple(
    'INVALID_STATE',
    `Only a submitted order can be cancelled. This order is ${state.toLowerCase().replace('_', ' ')}.`,
    ['orderId'],
  );
}
