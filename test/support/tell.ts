import type { App } from '../../src/app';
import { record } from '../../src/events';

/** Writes events about an operation that is there, all in one transaction: what a stream makes of them is the same. */
export async function tell(
  { deps }: App,
  operationId: string,
  messages: readonly string[],
  beforeCommit: () => Promise<void> = async () => undefined,
): Promise<void> {
  const [about] = await deps.db.rows<
    Record<'accountId' | 'resellerId' | 'orderId' | 'subscriptionId', string>
  >('SELECT accountId, resellerId, orderId, subscriptionId FROM operations WHERE id = ?', [operationId]);
  await deps.db.transaction(async tx => {
    for (const message of messages) {
      record(tx, {
        type: 'operation.changed',
        message,
        ...about,
        operationId,
        data: { operationState: 'SUCCEEDED' },
      });
    }
    tx.beforeCommit(beforeCommit);
  });
}
