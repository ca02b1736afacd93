import type { Period } from './calendar';

/** One unit of a lot, and the time for which it is held. `until` is infinite while it is held. */
export interface Unit {
  from: number;
  until: number;
}

/** Whole seconds from the start of the period until `time`, within the period. */
export function secondsInto({ start, end }: Period, time: number): number {
  return Math.floor((Math.min(Math.max(time, start), end) - start) / 1000);
}

/** Sum of the seconds for which the units are held in the period. */
const secondsOfUse = (units: readonly Unit[], period: Period): number =>
  units.reduce((sum, { from, until }) => sum + secondsInto(period, until) - secondsInto(period, from), 0);

/**
 * Price of the use of one lot in one period, from nothing but the time for which its units are held. Largest remainder
 * between a used and an unused part is rounding to the nearest minor unit, halves up: the remainders of the two parts add up
 * to none or one.
 */
export function priceOfUse(unitMinor: bigint, units: readonly Unit[], period: Period): bigint {
  const length = BigInt(period.end - period.start) / 1000n;
  const used = unitMinor * BigInt(secondsOfUse(units, period));
  return (2n * used + length) / (2n * length);
}
