import { CloudSubscriptionState, OperationKind } from '../../entities';
import type { ProviderHolding } from '../../providers';
import type { Job } from '../job';
import type { PlannedKind } from '../plan';
import { addonTotals } from '../to-provider';

/** Kind of difference between a subscription and its provider. */
export type Difference = 'ORPHANED' | 'MISSING' | 'ADDONS_DIFFER';

/** Event message of a difference, and the operation that repairs it. Null when an operator decides. */
interface Rule {
  message: string;
  repair: PlannedKind | null;
}

/** Repairs change the provider, because our records were bought. What the provider ended stays ended. */
export const rules: Readonly<Record<Difference, Rule>> = {
  ORPHANED: { message: 'has ended here and lives at the provider', repair: OperationKind.DEPROVISION },
  ADDONS_DIFFER: { message: 'has other add-ons at the provider', repair: OperationKind.ADD_ADDONS },
  MISSING: { message: 'lives here and the provider has none', repair: null },
};

/** Compares a subscription with its provider. Returns undefined when they agree. */
export function compare(job: Job, holding: ProviderHolding): Difference | undefined {
  const isLive = job.subscription.state !== CloudSubscriptionState.CANCELLED;
  if (!isLive) return holding.live ? 'ORPHANED' : undefined;
  if (!holding.live) return 'MISSING';
  if (holding.addons === undefined) return undefined;
  const ours = new Map([...addonTotals(job)].map(([id, { held }]) => [job.catalog.addon(id).sku, held]));
  const skus = new Set([...ours.keys(), ...Object.keys(holding.addons)]);
  const differs = [...skus].some(sku => (ours.get(sku) ?? 0) !== (holding.addons?.[sku] ?? 0));
  return differs ? 'ADDONS_DIFFER' : undefined;
}
