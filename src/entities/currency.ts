import * as iso4217 from 'dinero.js/currencies';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Currency with its decimal places. Stored and never changed, so that no library moves the decimal point of amounts. */
@Entity('currencies')
export class Currency {
  @PrimaryColumn({ type: 'char', length: 3, charset: 'ascii', collation: 'ascii_bin' })
  code!: string;

  /** Decimal places: 2 for EUR, 0 for JPY. */
  @Column({ type: 'tinyint' })
  exponent!: number;
}

// ISO 4217 lists MGA and MRU with two decimals; the library describes them by their units of a fifth.
const ISO: ReadonlyMap<string, Currency> = new Map(
  Object.values(iso4217).map(({ code, base, exponent }: { code: string; base: number; exponent: number }) => [
    code,
    Object.assign(new Currency(), { code, exponent: base === 10 ? exponent : 2 }),
  ]),
);

/** Currencies of ISO 4217, without metals, testing codes and other codes that nothing is sold in. */
export const isoCurrencies = (): readonly Currency[] => [...ISO.values()];

/** Currency of ISO 4217 by its code. Undefined for any other code. */
export const isoCurrency = (code: string): Currency | undefined => ISO.get(code);
