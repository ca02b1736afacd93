import { list, type Transaction } from '../../database';

/**
 * Locks the subscriptions that lines add to, to be called before the rules are asked: nothing else begins with one of
 * them between the rules and the operation.
 */
export async function lockTargets(
  tx: Transaction,
  lines: readonly { subscriptionId: string | null }[],
): Promise<void> {
  const ids = lines.flatMap(line => line.subscriptionId ?? []);
  if (ids.length === 0) return;
  await tx.rows(`SELECT id FROM subscriptions WHERE id IN ${list(ids)} ORDER BY id FOR UPDATE`, ids);
}
