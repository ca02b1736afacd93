import type { Transaction } from '../../database';
import { lockSubscriptions } from '../../store';

/**
 * Locks the subscriptions that lines add to, to be called before the rules are asked: nothing else begins with one of
 * them between the rules and the operation.
 */
export async function lockTargets(
  tx: Transaction,
  lines: readonly { subscriptionId: string | null }[],
): Promise<void> {
  await lockSubscriptions(
    tx,
    lines.flatMap(line => line.subscriptionId ?? []),
  );
}
