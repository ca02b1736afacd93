import type { Transaction } from '../database';
import { Currency, isoCurrency } from '../entities';

/**
 * The currency with this code as it is stored; one that ISO 4217 has introduced since is stored first. Undefined for a
 * code that is not a currency. To be called while the catalog is locked.
 */
export async function ensureCurrency(tx: Transaction, code: string): Promise<Currency | undefined> {
  const stored = await tx.one(Currency, 'WHERE t.code = ?', [code]);
  if (stored) return stored;
  const introduced = isoCurrency(code);
  if (introduced) await tx.insert(Currency, [introduced]);
  return introduced;
}
