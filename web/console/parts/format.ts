import i18next from 'i18next';
import { currentLocale } from '../i18n';

/** Amount of money, as the graph has it. */
export interface Amount {
  readonly amount: string;
  readonly currency: string;
}

/** Text for an amount that the viewer does not see: its reseller has not set a retail price. */
export const onRequest = (): string => i18next.t('onRequest');

/** Formats an amount. `Intl` takes the decimal string, so no float rounds it. */
export function money(value: Amount | null): string {
  if (!value) return onRequest();
  const { amount, currency } = value;
  const format = new Intl.NumberFormat(currentLocale(), { style: 'currency', currency });
  return format.format(amount as `${number}`);
}

/** Formats a number. */
export const number = (value: number, format?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(currentLocale(), format).format(value);

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Formats bytes with a unit, in powers of 1,000. */
export function storage(bytes: string): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${number(value, { maximumFractionDigits: 1 })} ${UNITS[unit]}`;
}

/** Billing cycle of the graph. */
type Cycle = keyof typeof import('../../locales/en/common.json')['cycles'];

/** Names of a billing cycle. */
export const cycle = (billingCycle: Cycle) => ({
  each: i18next.t(`cycles.${billingCycle}.each`),
  name: i18next.t(`cycles.${billingCycle}.name`),
});

/** Formats an amount that is due in every billing cycle. */
export const recurring = (value: Amount | null, billingCycle: Cycle): string =>
  value ? i18next.t('recurring', { amount: money(value), each: cycle(billingCycle).each }) : onRequest();

/**
 * Sums amounts of one currency, each multiplied by a quantity. Null if one of them is missing. Exact: the gateway writes all
 * amounts of a currency with the same number of decimals.
 */
export function sum(parts: readonly (readonly [Amount | undefined, quantity: number])[]): Amount | null {
  const amounts = parts.flatMap(([amount]) => amount ?? []);
  const [first] = amounts;
  if (!first || amounts.length < parts.length) return null;
  const decimals = first.amount.split('.')[1]?.length ?? 0;
  const minor = parts.reduce(
    (total, [amount, quantity]) => total + BigInt(amount?.amount.replace('.', '') ?? 0) * BigInt(quantity),
    0n,
  );
  const digits = String(minor).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return { amount: decimals ? `${whole}.${digits.slice(-decimals)}` : whole, currency: first.currency };
}

/** Groups of codes of the graph whose names are texts. */
type CodeGroup = 'states' | 'operations' | 'steps' | 'errors' | 'deciders' | 'accountKinds';

/** Name of a code of the graph. A gateway newer than the console has codes without a text. */
export function codeName(group: CodeGroup, code: string): string {
  const readable = code.toLowerCase().replaceAll('_', ' ');
  const defaultValue = readable.charAt(0).toUpperCase() + readable.slice(1);
  return i18next.t(`${group}.${code}` as 'states.ACTIVE', { defaultValue });
}

const formatted = (at: string | number, format: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(currentLocale(), format).format(new Date(at));

/** A day. */
export const onDay = (at: string) => formatted(at, { dateStyle: 'medium' });
/** A day with the time of day. */
export const atMinute = (at: string) => formatted(at, { dateStyle: 'medium', timeStyle: 'short' });
/** A day with the time of day, to the second. */
export const atMoment = (at: string) => formatted(at, { dateStyle: 'medium', timeStyle: 'medium' });
/** The time of day, to the minute. */
export const atClock = (at: string | number) => formatted(at, { timeStyle: 'short' });
/** The time of day. */
export const atSecond = (at: string | number) => formatted(at, { timeStyle: 'medium' });

/** Formats a duration. */
export function span(ms: number): string {
  if (ms < 1000) return i18next.t('span.ms', { ms: number(Math.round(ms)) });
  if (ms < 60_000)
    return i18next.t('span.s', {
      s: number(ms / 1000, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    });
  return i18next.t('span.min', { min: number(Math.floor(ms / 60_000)), s: Math.round((ms % 60_000) / 1000) });
}
