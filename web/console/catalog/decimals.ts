import { currentLocale } from '../i18n';

const separator = (type: 'decimal' | 'group'): string =>
  new Intl.NumberFormat(currentLocale(), { useGrouping: 'always' })
    .formatToParts(1234567.5)
    .find(part => part.type === type)?.value ?? '';

/** Writes a decimal string with the decimal separator of the language. */
export const writeDecimal = (decimal: string): string => decimal.replace('.', separator('decimal'));

/**
 * Reads a number as it is written in the language, or with a point. Null if it is none. A decimal string throughout, because a
 * float would round.
 */
export function readDecimal(text: string): string | null {
  const [decimal, group] = [separator('decimal'), separator('group')];
  const [whole = '', ...fraction] = text.trim().split(decimal);
  const groups = whole.split(group);
  const grouped = groups.length > 1 && groups.slice(1).every(digits => /^\d{3}$/.test(digits));
  const plain = [grouped ? groups.join('') : whole, ...fraction].join('.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null;
}

/** Multiplies a decimal string by a power of ten. Null if the result is not a whole number. */
export function scale(decimal: string, zeros: number): string | null {
  const [whole = '', fraction = ''] = decimal.split('.');
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > zeros) return null;
  return String(BigInt(whole + kept.padEnd(zeros, '0')));
}
