import { CloudSubscriptionState, OperationKind, SyncState } from '../../entities';
import type { ProviderHolding } from '../../providers';
import type { Job } from '../job';
import type { PlannedKind } from '../plan';

/** Kind of difference between a subscription and its provider. */
export type Difference =
  | 'ORPHANED'
  | 'MISSING'
  | 'SUSPENSION_DIFFERS'
  | 'PRODUCT_DIFFERS'
  | 'ADDONS_DIFFER'
  | 'SYNC_FAILED';

/** Part of a subscription that a provider may not report. */
export type Aspect = 'ADDONS' | 'PRODUCT' | 'SUSPENSION';

/** Difference with its event message, and the operation that repairs it. Null when an operator decides. */
export interface Finding {
  difference: Difference;
  message: string;
  repair: PlannedKind | null;
}

/** Remedy of each aspect that is unverifiable. */
export const aspectRemedies: Readonly<Record<Aspect, string>> = {
  ADDONS: 'The provider does not report it. Set it again with --push, unless the subscription is suspended.',
  PRODUCT: 'The provider does not report it. Set it again with --push, unless the subscription is suspended.',
  SUSPENSION: 'The provider does not report it. Check it at the provider.',
};

/** Result of a comparison. */
export interface Comparison {
  findings: Finding[];
  /** Aspects that the provider does not report. They are neither equal nor different. */
  unverifiable: Aspect[];
  /** Whether the provider accepts a change of the product and the add-ons. */
  isChangeable: boolean;
}

const { CANCELLED, SUSPENDED } = CloudSubscriptionState;
const { DEPROVISION, SUSPEND, CHANGE, ADD_ADDONS } = OperationKind;

/** Remedy of each difference, for operators. */
export const remedies: Readonly<Record<Difference, string>> = {
  ORPHANED: 'Without --dry-run it is ended at the provider.',
  MISSING:
    'Find out why the provider ended it. Cancel the subscription here, or let the provider restore it.',
  SUSPENSION_DIFFERS:
    'Without --dry-run it is suspended at the provider if it is SUSPENDED here. If it is not, find out why the provider suspended it, then suspend and resume it here.',
  PRODUCT_DIFFERS: 'Without --dry-run the provider is set to the product and the add-ons that were bought.',
  ADDONS_DIFFER: 'Without --dry-run the provider is set to the add-ons that were bought.',
  SYNC_FAILED: 'Check it at the provider, or set it again with --push. Resume a suspended one first.',
};

/**
 * Compares a subscription with its provider. Repairs change the provider, because our records were bought. What the provider
 * has ended or suspended stays so: it may have a reason that is not known here, such as abuse.
 */
export function compare(job: Job, holding: ProviderHolding, canSuspend: boolean): Comparison {
  const { state, syncState } = job.subscription;
  const isLive = state !== CANCELLED;
  const isChangeable = isLive && holding.live && state !== SUSPENDED && !holding.suspended;
  const unverifiable = isLive && holding.live ? unreported(job, holding, canSuspend) : [];
  const findings = isLive ? compareLive(job, holding, isChangeable) : compareEnded(holding);
  if (findings.length === 0 && syncState === SyncState.FAILED) {
    const repair = isLive ? (isChangeable && unverifiable.length === 0 ? ADD_ADDONS : null) : DEPROVISION;
    findings.push({ difference: 'SYNC_FAILED', message: 'may differ: an operation was abandoned', repair });
  }
  return { findings, unverifiable, isChangeable };
}

const compareEnded = ({ live }: ProviderHolding): Finding[] =>
  live
    ? [{ difference: 'ORPHANED', message: 'has ended here and lives at the provider', repair: DEPROVISION }]
    : [];

function compareLive(job: Job, holding: ProviderHolding, isChangeable: boolean): Finding[] {
  if (!holding.live) {
    return [{ difference: 'MISSING', message: 'lives here and the provider has none', repair: null }];
  }
  const found: Finding[] = [];
  const isSuspended = job.subscription.state === SUSPENDED;
  if (holding.suspended !== undefined && holding.suspended !== isSuspended) {
    const message = isSuspended
      ? 'is suspended here and not at the provider'
      : 'is suspended at the provider and not here';
    found.push({ difference: 'SUSPENSION_DIFFERS', message, repair: isSuspended ? SUSPEND : null });
  }
  if (holding.productId !== undefined && holding.productId !== job.product.sku) {
    const message = 'has another product at the provider';
    found.push({ difference: 'PRODUCT_DIFFERS', message, repair: isChangeable ? CHANGE : null });
  }
  if (holding.addons !== undefined && !hasAddons(job, holding.addons)) {
    const message = 'has other add-ons at the provider';
    found.push({ difference: 'ADDONS_DIFFER', message, repair: isChangeable ? ADD_ADDONS : null });
  }
  return found;
}

function hasAddons({ heldAddons, catalog }: Job, theirs: Record<string, number>): boolean {
  const ours = new Map(heldAddons.map(({ addonId, quantity }) => [catalog.addon(addonId).sku, quantity]));
  const skus = new Set([...ours.keys(), ...Object.keys(theirs)]);
  return [...skus].every(sku => (ours.get(sku) ?? 0) === (theirs[sku] ?? 0));
}

function unreported({ subscription }: Job, holding: ProviderHolding, canSuspend: boolean): Aspect[] {
  // Without suspension there is nothing to report.
  const isSuspensible = canSuspend || subscription.state === SUSPENDED;
  const aspects: [Aspect, boolean][] = [
    ['ADDONS', holding.addons === undefined],
    ['PRODUCT', holding.productId === undefined],
    ['SUSPENSION', holding.suspended === undefined && isSuspensible],
  ];
  return aspects.flatMap(([aspect, isMissing]) => (isMissing ? [aspect] : []));
}
