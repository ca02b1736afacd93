import { exact } from '../entities';
import type { BillingPeriod } from './billing-period';
import { split } from './split';

const SECOND_MS = 1000;

/** Whole seconds between two times of the grid of a period. */
export const secondsBetween = (from: Date, until: Date): bigint =>
  BigInt((until.getTime() - from.getTime()) / SECOND_MS);

/** The last time at or before `time` that is whole seconds after the start of a period. Never outside the period. */
export function toSecond({ start, end }: Pick<BillingPeriod, 'start' | 'end'>, time: Date): Date {
  const seconds = Math.floor((time.getTime() - start.getTime()) / SECOND_MS);
  return new Date(Math.min(Math.max(start.getTime(), start.getTime() + seconds * SECOND_MS), end.getTime()));
}

/** Units at a price per unit and billing period, in minor units. */
export interface Priced {
  quantity: number;
  unitMinor: number;
}

/**
 * Price of `unitSeconds` of units within a period, in minor units: their part of the price of all units for the whole period.
 * Rounded half up, because the used part comes first.
 */
export function priceOfUse(
  { quantity, unitMinor }: Priced,
  period: BillingPeriod,
  unitSeconds: bigint,
): number {
  const all = BigInt(quantity) * secondsBetween(period.start, period.end);
  return split(exact(quantity * unitMinor), [unitSeconds, all - unitSeconds])[0] as number;
}

/** Price of units from `from` until the end of a period, in minor units. */
export const prorate = (units: Priced, period: BillingPeriod, from: Date): number =>
  priceOfUse(units, period, BigInt(units.quantity) * secondsBetween(toSecond(period, from), period.end));
