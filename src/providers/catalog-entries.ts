import { z } from 'zod';
import { isoCurrency, isSku } from '../entities';
import type { ProviderBillingCycle, ProviderPrice, RejectedEntry } from './port';

/**
 * Id of an entry, which becomes a SKU. It is refused, not corrected, outside the canonical form: the provider is sent the id
 * with every order, and two ids are the same only if all their characters are.
 */
export const entryId = z.string().max(64).refine(isSku, {
  error: 'It has characters other than letters and digits, with dots, hyphens and underscores between them',
});

/** What stands at a place in a provider's catalog: of which kind, and of which service. */
export type EntryLocation = Pick<RejectedEntry, 'position' | 'kind' | 'type'>;

const SHOWN = 64;

/** The entries of a provider's catalog that were read, each on its own, and those that could not be. */
export class CatalogEntries {
  readonly rejected: RejectedEntry[] = [];
  private readonly seen = new Set<string>();

  /** The entry at `place`, or undefined where it is malformed or its id was there before. `codeField` names its id. */
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

  /** Names an entry that is not imported. */
  reject(place: EntryLocation, code: string | null, reason: string): undefined {
    this.rejected.push({ ...place, code, reason });
    return undefined;
  }
}

/** The id of an entry, however malformed, cut to what can be shown. */
function codeOf(value: unknown, field: string): string | null {
  const code = value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[field] : null;
  return typeof code === 'string' && code !== '' ? code.slice(0, SHOWN) : null;
}

/** Prices as they stand in a catalog, each with its currency and the provider's word for the billing cycle. */
export interface OfferedPrice {
  currency: string;
  cycle: string | number;
  amount: number;
}

/**
 * The prices of an entry; undefined where it is not to be imported: without a price, with one twice, or in a currency that
 * there is not. A billing cycle that is not sold here is named, and the other prices hold.
 */
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
