import type { Transaction } from '../../database';
import { lockSubscriptions } from '../../store';

/** Locks the subscriptions that lines add to, so that nothing starts after the rules are checked. */
export async function lockTargets(
  tx: Transaction,
  lines: readonly { subscriptionId: string | null }[],
): Promise<void> {
  await lockSubscriptions(
    tx,
    lines.flatMap(line => line.subscriptionId ?? []),
  );
}
