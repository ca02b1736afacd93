import type { CatalogSnapshot } from '../../catalog';
import { list, type Session } from '../../database';
import {
  CancellationRequestState,
  CloudSubscription,
  CloudSubscriptionAddon,
  type PriceList,
} from '../../entities';
import { type Actor, visibleTo } from '../../policies';
import type { Draft, Facts, Target } from './draft';
import { liveIn, slotOf } from './live-slots';

/**
 * Reads what the rules have to know. Within a transaction that has locked the recipient it is what is; outside one it
 * is what was a moment ago.
 */
export async function readFacts(
  session: Session,
  draft: Draft,
  catalog: CatalogSnapshot,
  priceList: PriceList,
): Promise<Facts> {
  return {
    catalog,
    list: priceList,
    live: await liveIn(session, slotsOf(draft, catalog)),
    targets: await readTargets(session, draft.actor, draft),
  };
}

/** The places that the new subscriptions of a draft would take. */
export function slotsOf(
  { recipient, lines }: Pick<Draft, 'recipient' | 'lines'>,
  catalog: CatalogSnapshot,
): string[] {
  if (!recipient) return [];
  return lines.flatMap(({ subscriptionId, productId }) => {
    const product = subscriptionId === null ? catalog.findProduct(productId) : undefined;
    return product ? [slotOf(recipient.id, product.serviceId)] : [];
  });
}

async function readTargets(session: Session, actor: Actor, { lines }: Draft): Promise<Map<string, Target>> {
  const ids = lines.flatMap(line => (line.subscriptionId === null ? [] : [line.subscriptionId]));
  if (ids.length === 0) return new Map();
  const visible = visibleTo(actor, { account: 't.accountId', reseller: 't.resellerId' });
  const subscriptions = await session.many(
    CloudSubscription,
    `WHERE t.id IN ${list(ids)} AND ${visible.sql}`,
    [...ids, ...visible.values],
  );
  const addons = await session.many(CloudSubscriptionAddon, `WHERE t.subscriptionId IN ${list(ids)}`, ids);
  const open = await openMatters(session, ids);
  return new Map(
    subscriptions.map(subscription => [
      subscription.id,
      {
        subscription,
        held: new Map(
          addons
            .filter(addon => addon.subscriptionId === subscription.id)
            .map(addon => [addon.addonId, addon.quantity]),
        ),
        busy: open.busy.has(subscription.id),
        request: open.requests.get(subscription.id) ?? null,
      },
    ]),
  );
}

/** What is open on the subscriptions with these ids: operations, and cancellation requests. */
async function openMatters(session: Session, ids: readonly string[]) {
  const rows = await session.rows<{ subscriptionId: string; id: string | null; withdrawable: number }>(
    `SELECT openSlot AS subscriptionId, NULL AS id, 0 AS withdrawable FROM operations WHERE openSlot IN ${list(ids)}
     UNION ALL
     SELECT openSlot, id, state = '${CancellationRequestState.PENDING}' OR effectiveAt IS NOT NULL
     FROM cancellation_requests WHERE openSlot IN ${list(ids)}`,
    [...ids, ...ids],
  );
  return {
    busy: new Set(rows.filter(({ id }) => id === null).map(row => row.subscriptionId)),
    requests: new Map(
      rows.flatMap(({ subscriptionId, id, withdrawable }) =>
        id === null ? [] : [[subscriptionId, { id, withdrawable: withdrawable === 1 }] as const],
      ),
    ),
  };
}
