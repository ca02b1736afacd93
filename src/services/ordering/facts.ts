import type { CatalogSnapshot, Tariff } from '../../catalog';
import type { Session } from '../../database';
import { CloudSubscription } from '../../entities';
import type { Actor } from '../../policies';
import { findAllHeldAddons, findAllVisible, findLiveSubscriptions, findOpenWork } from '../../store';
import type { Draft, Facts, Target } from './draft';
import { liveSlot } from './live-slots';

/** Reads what the rules depend on, live subscriptions unless given. Current only in a transaction that has locked the recipient. */
export async function readFacts(
  session: Session,
  draft: Draft,
  catalog: CatalogSnapshot,
  tariff: Tariff,
  live?: Facts['live'],
): Promise<Facts> {
  return {
    catalog,
    tariff,
    live: live ?? (await findLiveSubscriptions(session, liveSlots(draft, catalog))),
    targets: await readTargets(session, draft.actor, draft),
  };
}

/** The places that the new subscriptions of a draft would take. */
export function liveSlots(
  { recipient, lines }: Pick<Draft, 'recipient' | 'lines'>,
  catalog: CatalogSnapshot,
): string[] {
  if (!recipient) return [];
  return lines.flatMap(({ subscriptionId, productId }) => {
    const product = subscriptionId === null ? catalog.findProduct(productId) : undefined;
    return product ? [liveSlot(recipient.id, product.serviceId)] : [];
  });
}

async function readTargets(session: Session, actor: Actor, { lines }: Draft): Promise<Map<string, Target>> {
  const ids = lines.flatMap(line => (line.subscriptionId === null ? [] : [line.subscriptionId]));
  if (ids.length === 0) return new Map();
  const visible = await findAllVisible(session, actor, CloudSubscription, ids);
  const subscriptions = visible.filter(row => row !== null);
  const addons = await findAllHeldAddons(session, ids);
  const open = await findOpenWork(session, ids);
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
        ...open(subscription.id),
      },
    ]),
  );
}
