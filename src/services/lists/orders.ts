import { Order, orderNumber } from '../../entities';
import { requestError } from '../../errors';
import { findOrderBySerial, findVisible } from '../../store';
import type { ActorContext } from '../context';
import { isGiven } from '../input';

const NUMBER = /^ORD-(\d{4})-(\d{6,10})$/;

/** Finds a visible order by id, by number, or by both. */
export async function findOrder(
  context: ActorContext,
  { id, number }: { id?: string | null; number?: string | null },
): Promise<Order | null> {
  const { db, actor } = context;
  const wanted = number?.trim().toUpperCase();
  if (isGiven(id)) {
    const order = (await findVisible(db, actor, Order, id)) ?? null;
    if (!order || wanted === undefined || orderNumber(order) === wanted) return order;
    throw requestError(
      'BAD_USER_INPUT',
      '`id` and `number` belong to different orders. Set only one of them.',
    );
  }
  const serial = NUMBER.exec(wanted ?? '')?.[2];
  if (!serial) return null;
  const order = await findOrderBySerial(db, actor, Number(serial));
  return order && orderNumber(order) === wanted ? order : null;
}
