/**
 * Splits an amount in minor units by weights, by largest remainder: every part is whole, and the parts add up to the amount.
 * Of equal remainders the first one gets more. Throws a RangeError if all weights are 0.
 */
export function split(minor: number, weights: readonly bigint[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const exact = weights.map(weight => BigInt(minor) * weight);
  const parts = exact.map(each => each / total);
  const left = Number(BigInt(minor) - parts.reduce((sum, part) => sum + part, 0n));
  const byRemainder = exact
    .map((each, index) => ({ index, remainder: each % total }))
    .sort((one, other) => Number(other.remainder - one.remainder) || one.index - other.index);
  const raised = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return parts.map((part, index) => Number(part) + (raised.has(index) ? 1 : 0));
}
