import type { Rows } from '../rows';
import type { Life } from './model';

const iso = (time: number) => new Date(time).toISOString();

/** Charges of a subscription, a line each, by SKU. Shows that each has a number. */
export async function chargesOf(rows: Rows, subscriptionId: string): Promise<string[]> {
  const charges = await rows(
    `SELECT c.*, COALESCE(p.sku, a.sku) AS sku FROM charges c
     LEFT JOIN products p ON p.id = c.itemId LEFT JOIN addons a ON a.id = c.itemId WHERE c.subscriptionId = ?`,
    [subscriptionId],
  );
  expect(charges.filter(({ seq }) => seq === null)).toEqual([]);
  return charges
    .map(({ kind, sku, quantity, periodStart, periodEnd, amountMinor }) =>
      [kind, sku, quantity, iso(+periodStart), iso(+periodEnd), amountMinor].join(' '),
    )
    .sort();
}

/** The same of the model, whose items are SKUs. */
export const modelledCharges = ({ charges }: Life): string[] =>
  charges
    .map(({ kind, item, quantity, from, until, amount }) =>
      [kind, item, quantity, iso(from), iso(until), amount].join(' '),
    )
    .sort();
