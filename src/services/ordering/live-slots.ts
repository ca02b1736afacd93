import { list, type Session } from '../../database';

/** The place that a live subscription of `serviceId` takes at its account: one for a service that allows one. */
export const slotOf = (accountId: string, serviceId: string) => `${accountId} ${serviceId}`;

/** The live subscriptions that have taken one of these places, by place. */
export async function liveIn(session: Session, slots: readonly string[]): Promise<Map<string, string>> {
  if (slots.length === 0) return new Map();
  const rows = await session.rows<{ slot: string; id: string }>(
    `SELECT liveSlot AS slot, id FROM subscriptions WHERE liveSlot IN ${list(slots)}`,
    slots,
  );
  return new Map(rows.map(({ slot, id }) => [slot, id]));
}
