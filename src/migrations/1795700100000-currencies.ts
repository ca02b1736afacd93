import type { MigrationInterface, QueryRunner } from 'typeorm';
import { storedCurrencies } from './1795700100000-iso-4217';

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

/** Currencies in use without a row: former currencies and codes of ICU that ISO 4217 does not list. */
const UNKNOWN = `SELECT currency FROM (${[
  'price_lists',
  'basket_lines',
  'orders',
  'order_lines',
  'subscriptions',
]
  .map(table => `SELECT currency FROM ${table}`)
  .join(' UNION ')}) used
  WHERE currency NOT IN (SELECT code FROM currencies) ORDER BY currency`;

/**
 * Stores the decimal places of every currency, which the version before took from the ICU of its Node.js. Stops where
 * amounts may have been written otherwise, and where a currency in use has none. An operator answers by a row; it can be
 * repeated.
 */
export class Currencies1795700100000 implements MigrationInterface {
  name = 'Currencies1795700100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    const undecided: { code: string; currency: string }[] = await runner.query(UNDECIDED, [
      DOUBTFUL.replaceAll(' ', ','),
    ]);
    if (undecided.length > 0) throw new Error(explain(undecided));
    await runner.query(
      `INSERT IGNORE INTO currencies (code, exponent) VALUES ${storedCurrencies.map(() => '(?, ?)').join(', ')}`,
      storedCurrencies.flat(),
    );
    const unknown: { currency: string }[] = await runner.query(UNKNOWN);
    if (unknown.length > 0) throw new Error(explainUnknown(unknown.map(({ currency }) => currency)));
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

const explainUnknown = (codes: readonly string[]) =>
  `Price lists, basket lines, orders or subscriptions use currencies that are not in ISO 4217 (any more): ${codes.join(
    ', ',
  )}. Store the decimal places in which the amounts of each are written, for example INSERT INTO currencies VALUES ('${codes[0]}', 2), and run the migration again.`;
