import type { Transaction } from '../database';
import { Currency, isoCurrency } from '../entities';
import { findCurrency, insertInto } from '../store';

/** Finds a currency, and stores one of ISO 4217 that is missing. Requires the lock of the catalog. */
export async function ensureCurrency(tx: Transaction, code: string): Promise<Currency | undefined> {
  const stored = await findCurrency(tx, code);
  if (stored) return stored;
  const introduced = isoCurrency(code);
  if (introduced) await insertInto(tx, Currency, introduced);
  return introduced;
}
