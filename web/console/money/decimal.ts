/**
 * Decimal of a text that a person typed, with a point or a comma. Null if it is none. Thousands separators are not taken: `1.000`
 * is a thousand in one language and one in another.
 */
export function decimalOf(text: string): string | null {
  const found = /^(\d{1,12})(?:[.,](\d{1,4}))?$/.exec(text.trim());
  if (!found) return null;
  const [, whole, fraction] = found;
  return fraction ? `${whole}.${fraction}` : (whole ?? null);
}

/** Minor units of two amounts of one currency, with the same number of decimals. */
function scaled(a: string, b: string): [bigint, bigint] {
  const decimals = Math.max(...[a, b].map(each => each.split('.')[1]?.length ?? 0));
  const minor = (amount: string) => {
    const [whole = '0', fraction = ''] = amount.split('.');
    return BigInt(whole + fraction.padEnd(decimals, '0'));
  };
  return [minor(a), minor(b)];
}

/** Margin between a cost and a price: share of the price, 0 to 1. Null for a price of 0. */
export function marginOf(cost: string, price: string): number | null {
  const [costMinor, priceMinor] = scaled(cost, price);
  return priceMinor === 0n ? null : Number(priceMinor - costMinor) / Number(priceMinor);
}
