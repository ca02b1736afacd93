import { z } from 'zod';
import { isoCurrency, isSku } from '../entities';
import type { ProviderPrice, RejectedEntry } from './catalog';
import type { ProviderBillingCycle } from './subscription';

/** Id of an entry, which becomes a SKU. Rejected and not normalized, because every order sends it to the provider. */
export const entryId = z.string().max(64).refine(isSku, {
  error: 'It has characters other than letters and digits, with dots, hyphens and underscores between them',
});

/** Position, kind and service of an entry in a provider's catalog. */
export type EntryLocation = Pick<RejectedEntry, 'position' | 'kind' | 'type'>;

const SHOWN = 64;

/** Reader of the entries of a provider's catalog. Collects the rejected ones. */
export class CatalogEntries {
  readonly rejected: RejectedEntry[] = [];
  private readonly seen = new Set<string>();

  /** Parses the entry at `place`. Rejects it when it is malformed or its id is a duplicate. `codeField` is the field of its id. */
  read<T extends z.ZodType>(
    schema: T,
    value: unknown,
    place: EntryLocation,
    codeField: string,
  ): z.output<T> | undefined {
    const code = codeOf(value, codeField);
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const [{ path, message } = { path: [], message: 'It is malformed' }] = parsed.error.issues;
      return this.reject(place, code, `${path.join('.') || 'entry'}: ${message}.`);
    }
    const key = `${place.kind} ${code}`;
    if (this.seen.has(key)) return this.reject(place, code, 'The id stands in the catalog before.');
    this.seen.add(key);
    return parsed.data;
  }

  /** Rejects an entry, which is then not imported. */
  reject(place: EntryLocation, code: string | null, reason: string): undefined {
    this.rejected.push({ ...place, code, reason });
    return undefined;
  }
}

/** Id of an entry that may be malformed, cut to 64 characters. */
function codeOf(value: unknown, field: string): string | null {
  const code = value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[field] : null;
  return typeof code === 'string' && code !== '' ? code.slice(0, SHOWN) : null;
}

/** Price in a catalog, with the provider's name of the billing cycle. */
export interface OfferedPrice {
  currency: string;
  cycle: string | number;
  amount: number;
}

/** Prices of an entry. Undefined, and the entry rejected, without a price, with two, or in an unknown currency. */
export function readPrices(
  entries: CatalogEntries,
  place: EntryLocation,
  code: string,
  offered: readonly OfferedPrice[],
  cycles: ReadonlyMap<string | number, ProviderBillingCycle>,
): ProviderPrice[] | undefined {
  const prices = new Map<string, ProviderPrice>();
  if (offered.length === 0) return entries.reject(place, code, 'It has no price.');
  for (const { currency, cycle, amount } of offered) {
    if (!isoCurrency(currency)) return entries.reject(place, code, `${currency} is not a currency.`);
    const billingCycle = cycles.get(cycle);
    if (!billingCycle) {
      entries.reject(place, code, `The billing cycle ${cycle} is not sold here; its price is left out.`);
      continue;
    }
    const key = `${currency} ${billingCycle}`;
    if (prices.has(key))
      return entries.reject(place, code, `It has two prices in ${currency}, ${billingCycle}.`);
    prices.set(key, { currency, billingCycle, amount: String(amount) });
  }
  return [...prices.values()];
}
