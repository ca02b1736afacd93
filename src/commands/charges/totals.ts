import type { ExportedCharge } from '../../store';
import { amountOf, type Row } from './columns';

/** Names of the columns of a total. */
export const TOTAL_COLUMNS = [
  'payerId',
  'payerName',
  'payerExternalReference',
  'currency',
  'charges',
  'amount',
] as const;

/** Sum of the charges of one payer in one currency. */
interface Total {
  last: ExportedCharge;
  charges: number;
  minor: bigint;
}

/** Sums of charges by payer and currency, exact however large. */
export class Totals {
  private readonly sums = new Map<string, Total>();

  add(charge: ExportedCharge): void {
    const key = `${charge.payerId} ${charge.currency}`;
    const { charges, minor } = this.sums.get(key) ?? { charges: 0, minor: 0n };
    this.sums.set(key, { last: charge, charges: charges + 1, minor: minor + BigInt(charge.amountMinor) });
  }

  /** Rows in the order of payers and currencies. */
  rows(): Row[] {
    const sorted = [...this.sums].sort(([one], [other]) => (one < other ? -1 : 1));
    return sorted.map(([, { last, charges, minor }]) => ({
      payerId: last.payerId,
      payerName: last.payerName,
      payerExternalReference: last.payerExternalReference,
      currency: last.currency,
      charges,
      amount: amountOf(minor, last.currency, last.exponent),
    }));
  }
}
