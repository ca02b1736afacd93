import { createRenewal } from '../../src/ledger';
import { executeDueCancellations } from '../../src/services/subscriptions/execute-due-cancellations';
import { executeDueChanges } from '../../src/services/subscriptions/execute-due-changes';
import type { TestGateway } from './gateway';

/** Charge as its table has it, with what tests select by. */
export interface ChargeRow {
  id: string;
  seq: number;
  kind: string;
  accountId: string;
  payer: string;
  subscriptionId: string;
  orderId: string | null;
  sku: string | null;
  quantity: number;
  amountMinor: number;
  periodStart: Date;
  periodEnd: Date;
  createdAt: Date;
}

/** Charges of the database in the order of their numbers, once all have one. */
export async function chargeRows(gateway: TestGateway): Promise<ChargeRow[]> {
  await gateway.app.deps.events.numberCommitted();
  return gateway.rows<ChargeRow>(
    `SELECT c.*, a.name AS payer, COALESCE(p.sku, d.sku) AS sku FROM charges c JOIN accounts a ON a.id = c.accountId
     LEFT JOIN products p ON p.id = c.itemId LEFT JOIN addons d ON d.id = c.itemId ORDER BY c.seq`,
  );
}

/** Charges the periods that have begun: one pass of the renewal. */
export async function renewAll(context: Parameters<typeof createRenewal>[0]): Promise<void> {
  const renew = createRenewal(context);
  while (await renew());
}

/** Carries out everything that is due at the business time of a gateway, and charges the periods that have begun. */
export async function settleDue(gateway: TestGateway): Promise<void> {
  const { deps } = gateway.app;
  await executeDueCancellations(deps);
  await executeDueChanges(deps);
  await gateway.settled();
  await renewAll(deps);
}

/** Sum of amounts with two decimal places, in minor units. */
export const sumOf = (amounts: readonly string[]): bigint =>
  amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n);
