import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isoCurrencies } from '../entities/currency';

/**
 * Currencies whose decimal places differ between ISO 4217 and releases of ICU, of which the version before took them:
 * how amounts in them were written depends on the Node.js that wrote them.
 */
const DOUBTFUL =
  'AFN ALL AMD COP CRC GYD HUF IDR IQD IRR ISK KPW LAK LBP MGA MMK MNT MRU MUR PKR RSD SOS SYP TZS UZS YER';

const CREATE = `CREATE TABLE IF NOT EXISTS currencies (
  code char(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exponent tinyint NOT NULL,
  PRIMARY KEY (code)
) ENGINE=InnoDB`;

/** Price lists with prices in a currency of which nobody has said how its amounts were written. */
const UNDECIDED = `SELECT l.code, l.currency FROM price_lists l
  WHERE FIND_IN_SET(l.currency, ?) AND l.currency NOT IN (SELECT code FROM currencies)
    AND (EXISTS (SELECT 1 FROM prices p WHERE p.priceListId = l.id)
      OR EXISTS (SELECT 1 FROM past_prices p WHERE p.priceListId = l.id))
  ORDER BY l.code`;

/**
 * Stores the decimal places of every currency, which the version before took from the ICU of its Node.js. Where amounts
 * exist that may have been written otherwise, an operator says how before it goes on; it may be repeated.
 */
export class Currencies1795700100000 implements MigrationInterface {
  name = 'Currencies1795700100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    const undecided: { code: string; currency: string }[] = await runner.query(UNDECIDED, [
      DOUBTFUL.replaceAll(' ', ','),
    ]);
    if (undecided.length > 0) throw new Error(explain(undecided));
    const rows = isoCurrencies();
    await runner.query(
      `INSERT IGNORE INTO currencies (code, exponent) VALUES ${rows.map(() => '(?, ?)').join(', ')}`,
      rows.flatMap(({ code, exponent }) => [code, exponent]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE currencies');
  }
}

function explain(undecided: readonly { code: string; currency: string }[]): string {
  const [{ currency } = { currency: '' }] = undecided;
  return `Releases of Node.js disagree on the decimal places of these currencies, so the amounts of these price lists cannot be read safely: ${undecided
    .map(list => `${list.code} (${list.currency})`)
    .join(
      ', ',
    )}. Compare a price that you know with its unitMinor in the table prices, store the decimal places for each currency, for example INSERT INTO currencies VALUES ('${currency}', 2) or ('${currency}', 0), and run the migration again.`;
}
