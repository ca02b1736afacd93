import { number } from '../parts/format';

const UNITS = [
  ['second', 60],
  ['minute', 60],
  ['hour', 48],
  ['day', Number.POSITIVE_INFINITY],
] as const;

/** Formats an age in its largest unit: "3 minutes". */
export function age(seconds: number): string {
  let value = seconds;
  for (const [unit, most] of UNITS) {
    if (value < most) return number(Math.floor(value), { style: 'unit', unit, unitDisplay: 'long' });
    value /= unit === 'hour' ? 24 : most;
  }
  return '';
}
