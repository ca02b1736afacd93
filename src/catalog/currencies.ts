import type { Transaction } from '../database';
import { type Currency, isoCurrency } from '../entities';
import { findCurrency, insertCurrency } from '../store';

/**
 * The currency with this code as it is stored; one that ISO 4217 has introduced since is stored first. Undefined for a
 * code that is not a currency. To be called while the catalog is locked.
 */
export async function ensureCurrency(tx: Transaction, code: string): Promise<Currency | undefined> {
  const stored = await findCurrency(tx, code);
  if (stored) return stored;
  const introduced = isoCurrency(code);
  if (introduced) await insertCurrency(tx, introduced);
  return introduced;
}
