import type { CatalogSnapshot } from '../../catalog';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { Order, OrderLine, OrderState } from '../../entities';
import { advance, insertInto } from '../../store';
import { startLines } from './execute';
import { newOrder, type OrderToPlace } from './place';

/** Writes an order that is executed at once: the rows of `place` and `execute`, each written once. */
export async function placeExecuted(
  tx: Transaction,
  toPlace: OrderToPlace,
  catalog: CatalogSnapshot,
): Promise<void> {
  const { placedById, recipient } = toPlace;
  const { order: submitted, lines } = newOrder(tx, toPlace);
  const executing = { state: OrderState.EXECUTING, executedById: placedById, executedAt: currentTime() };
  const order = advance(tx, Order, submitted, executing);
  await insertInto(tx, Order, order);
  const execution = { order, lines, executedById: placedById, recipientName: recipient.name, catalog };
  const subscriptionIds = await startLines(tx, execution);
  await insertInto(
    tx,
    OrderLine,
    lines.map((line, index) => ({ ...line, subscriptionId: subscriptionIds[index] ?? null })),
  );
}
