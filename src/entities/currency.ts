import * as iso4217 from 'dinero.js/currencies';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A currency with the number of its decimal places, as amounts in this database are written. Stored once and never
 * changed: a runtime or a library that counts otherwise must not move the decimal point of what was ordered.
 */
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

/** The currencies of ISO 4217, without metals, funds of testing and other codes that nothing is sold in. */
export const isoCurrencies = (): readonly Currency[] => [...ISO.values()];

/** A currency of ISO 4217 by its code. */
export const isoCurrency = (code: string): Currency | undefined => ISO.get(code);
