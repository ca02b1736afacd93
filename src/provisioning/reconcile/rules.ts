import { CloudSubscriptionState, OperationKind } from '../../entities';
import { addonTotals, type Job } from '../job';
import type { ProviderHolding } from '../provider/port';

/** How a subscription can differ from what its provider has. */
export type Difference = 'ORPHANED' | 'MISSING' | 'ADDONS_DIFFER';

/** What is said of a difference, and what is done about it; null leaves it to a person. */
interface Rule {
  says: string;
  repair: OperationKind | null;
}

/**
 * What is recorded here was bought, so the provider is brought to it. Only what would start something that the provider has
 * ended is left alone: why it did so is for a person to find out.
 */
export const rules: Readonly<Record<Difference, Rule>> = {
  ORPHANED: { says: 'has ended here and lives at the provider', repair: OperationKind.DEPROVISION },
  ADDONS_DIFFER: { says: 'has other add-ons at the provider', repair: OperationKind.ADD_ADDONS },
  MISSING: { says: 'lives here and the provider has none', repair: null },
};

/** How a subscription differs from what its provider has; undefined where they agree. */
export function compare(job: Job, holding: ProviderHolding): Difference | undefined {
  const lives = job.subscription.state !== CloudSubscriptionState.CANCELLED;
  if (!lives) return holding.live ? 'ORPHANED' : undefined;
  if (!holding.live) return 'MISSING';
  if (holding.addons === undefined) return undefined;
  const ours = new Map([...addonTotals(job)].map(([id, { held }]) => [job.catalog.addon(id).sku, held]));
  const skus = new Set([...ours.keys(), ...Object.keys(holding.addons)]);
  const differs = [...skus].some(sku => (ours.get(sku) ?? 0) !== (holding.addons?.[sku] ?? 0));
  return differs ? 'ADDONS_DIFFER' : undefined;
}
