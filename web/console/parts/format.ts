/** Formats an amount, or a dash for one that is hidden. `Intl` takes the decimal string, so no float rounds it. */
export function money(value: { amount: string; currency: string } | null): string {
  if (!value) return '–';
  const { amount, currency } = value;
  const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency });
  return format.format(amount as `${number}`);
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Formats bytes with a unit, in powers of 1,000. */
export function storage(bytes: string): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${Number(value.toFixed(1))} ${UNITS[unit]}`;
}

const CYCLES = {
  MONTHLY: { each: 'a month', name: 'Monthly' },
  ANNUALLY: { each: 'a year', name: 'Annually' },
  TWO_YEARS: { each: 'every two years', name: 'Two years' },
  THREE_YEARS: { each: 'every three years', name: 'Three years' },
} as const;

/** Names of a billing cycle. */
export const cycle = (billingCycle: keyof typeof CYCLES) => CYCLES[billingCycle];

/** `PENDING_CANCELLATION` → `Pending cancellation`. */
export const words = (code: string): string => {
  const text = code.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const second = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** A day. */
export const onDay = (at: string) => day.format(new Date(at));
/** A day with the time of day. */
export const atMinute = (at: string) => minute.format(new Date(at));
/** The time of day. */
export const atSecond = (at: string | number) => second.format(new Date(at));

/** Formats a duration. */
export function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
