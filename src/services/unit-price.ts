import { type Currency, minorUnits } from '../entities';
import { invalid, Refusal } from '../errors';
import { MAX_MINOR } from './ordering/overflow-rules';

/**
 * Parses the price of one unit to minor units. Refuses with INVALID_INPUT at `unitPrice` if it is negative, is more than a line can
 * hold, has more decimals than the currency, or if the currency is unknown.
 */
export function parseUnitPrice(unitPrice: string, code: string, currency: Currency | undefined): number {
  const minor = currency && minorUnits(unitPrice, currency);
  if (minor !== undefined && minor >= 0 && minor <= MAX_MINOR) return minor;
  throw new Refusal([invalid(['unitPrice'], `This is not a valid price in ${code}.`)]);
}
