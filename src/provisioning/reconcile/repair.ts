import type { Database } from '../../database';
import { CloudSubscription, OperationKind, SyncState } from '../../entities';
import { Refusal } from '../../errors';
import { record } from '../../events';
import { hasFailedOperation, hasOpenOperation, lockSubscription, transition } from '../../store';
import { createOperation } from '../create-operation';
import type { Job } from '../job';
import type { PlannedKind } from '../plan';
import type { Aspect, Comparison, Finding } from './rules';

/** Permissions of a reconciliation. Without either it only reports. */
export interface RepairOptions {
  /** Whether to repair differences. */
  repair: boolean;
  /** Whether to set again what the provider does not report. */
  push: boolean;
}

/** Kind of the operation that was created, or null. `moved` when the subscription changed during the check. */
type Repair = PlannedKind | null | 'moved';

const { DEPROVISION, SUSPEND, CHANGE, ADD_ADDONS } = OperationKind;
/** At most one operation is open. A suspension comes first, and a change sets the add-ons too. */
const PRECEDENCE = [DEPROVISION, SUSPEND, CHANGE, ADD_ADDONS] as const;

/** Whether an operation of a kind repairs a difference. */
export function isRepairedBy({ difference, repair }: Finding, kind: PlannedKind | null): boolean {
  // A push sets all that may differ.
  if (difference === 'SYNC_FAILED') return kind !== null;
  return repair !== null && (repair === kind || (repair === ADD_ADDONS && kind === CHANGE));
}

/** Whether an operation of a kind sets an aspect. */
export const isSetBy = (aspect: Aspect, kind: PlannedKind | null): boolean =>
  (aspect === 'PRODUCT' && kind === CHANGE) ||
  (aspect === 'ADDONS' && (kind === CHANGE || kind === ADD_ADDONS));

/** Operation for a comparison. */
export function planRepair(comparison: Comparison, { repair, push }: RepairOptions): PlannedKind | null {
  const { findings, unverifiable, isChangeable } = comparison;
  const wanted = new Set<PlannedKind | null>(repair ? findings.map(finding => finding.repair) : []);
  if (push && isChangeable) {
    if (unverifiable.includes('PRODUCT')) wanted.add(CHANGE);
    if (unverifiable.includes('ADDONS')) wanted.add(ADD_ADDONS);
  }
  return PRECEDENCE.find(kind => wanted.has(kind)) ?? null;
}

/** Records the differences and creates the operation for them. Ignores a changed or busy subscription. */
export async function repairDifferences(
  db: Database,
  { subscription, service, operation }: Job,
  comparison: Comparison,
  options: RepairOptions,
): Promise<Repair> {
  const { findings } = comparison;
  const planned = planRepair(comparison, options);
  if (findings.length === 0 && !planned) return null;
  try {
    return await db.transaction(async tx => {
      const now = await lockSubscription(tx, subscription.id);
      const isBusy = await hasOpenOperation(tx, subscription.id);
      if (!now || now.version !== subscription.version || isBusy) return 'moved';
      // A person decides first about an operation that has failed.
      const kind = planned && (await hasFailedOperation(tx, now.id)) ? null : planned;
      for (const finding of findings) {
        record(tx, {
          type: 'subscription.differs',
          message: `${now.friendlyName} ${finding.message}.`,
          accountId: now.accountId,
          resellerId: now.resellerId,
          subscriptionId: now.id,
          data: { difference: finding.difference, repaired: isRepairedBy(finding, kind) },
        });
      }
      if (!kind) return null;
      await createOperation(tx, {
        kind,
        subscription: now,
        service,
        orderId: null,
        requestedById: operation.requestedById,
        addons: [],
        reason: `is set ${findings.length > 0 ? 'right' : 'again'} at the provider.`,
      });
      await transition(tx, CloudSubscription, now.id, { syncState: SyncState.PENDING });
      return kind;
    });
  } catch (error) {
    if (error instanceof Refusal) return 'moved';
    throw error;
  }
}
