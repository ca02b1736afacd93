import type { Charge } from '../../../src/entities';
import type { Life, ModelCharge } from './model';
import { priceOfUse } from './use';

const iso = (time: number) => new Date(time).toISOString();

/** Charge of the ledger in one line. */
export const lineOf = ({
  kind,
  line,
  quantity,
  periodStart,
  periodEnd,
  amountMinor,
  cause,
}: Charge): string =>
  `${kind} ${line} ${quantity} ${iso(+periodStart)} ${iso(+periodEnd)} ${amountMinor} because of ${cause}`;

/** Charge of the model in one line. */
export const modelLineOf = ({ kind, lot, quantity, from, until, amount, cause }: ModelCharge): string =>
  `${kind} ${lot} ${quantity} ${iso(from)} ${iso(until)} ${amount} because of ${cause}`;

/** Sums amounts by lot and end of the period. */
export function sums(charges: readonly Charge[]): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const { line, periodEnd, amountMinor } of charges) {
    const key = `${line} ${iso(+periodEnd)}`;
    totals.set(key, (totals.get(key) ?? 0n) + BigInt(amountMinor));
  }
  return totals;
}

/** Price of the use of each lot in each period that is charged, from the time for which its units are held. */
export function pricesOfUse(life: Life, charges: readonly Charge[]): Map<string, bigint> {
  const charged = new Set(sums(charges).keys());
  const prices = new Map<string, bigint>();
  for (let n = 0; n < life.opened; n++) {
    const period = life.period(n);
    for (const lot of life.holdings.lots) {
      const key = `${lot.name} ${iso(period.end)}`;
      if (charged.has(key)) prices.set(key, priceOfUse(lot.unitMinor, lot.units, period));
    }
  }
  return prices;
}

/** Charges whose unique key another charge has. */
export function repeated(charges: readonly Charge[]): string[] {
  const keys = charges.map(({ subscriptionId, line, kind, periodStart, cause, reversesId }) =>
    [subscriptionId, line, kind, iso(+periodStart), cause, reversesId].join(' '),
  );
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

/** Charges that their credits exceed, and credits of more units than there are. */
export function exceeded(charges: readonly Charge[]): string[] {
  return charges
    .filter(({ id, kind, amountMinor, quantity, periodStart, periodEnd }) => {
      const credits = charges.filter(({ reversesId }) => reversesId === id);
      if (kind === 'CREDIT') return amountMinor > 0 || credits.length > 0;
      const left = credits.reduce((sum, credit) => sum + credit.amountMinor, amountMinor);
      const units = credits.reduce((sum, credit) => sum + credit.quantity, 0);
      const isOutside = credits.some(
        credit => credit.periodStart < periodStart || +credit.periodEnd !== +periodEnd,
      );
      return left < 0 || units > quantity || isOutside;
    })
    .map(lineOf);
}

/** Charges of another payer or in another currency than `charge`. */
export const strange = (charges: readonly Charge[], payer: string, currency: string): string[] =>
  charges.filter(charge => charge.accountId !== payer || charge.currency !== currency).map(lineOf);
