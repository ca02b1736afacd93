import fc from 'fast-check';
import type { Charge } from '../../src/entities';
import { type DrawnLife, life } from '../support/money/draw';
import {
  exceeded,
  lineOf,
  modelLineOf,
  pricesOfUse,
  repeated,
  strange,
  sums,
} from '../support/money/invariants';
import { Played } from '../support/money/play';

/** `npm run test:nightly` is the long form. */
const LIVES = Number(process.env.RUNS ?? 160) * 62.5;
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

beforeAll(() => process.stderr.write(`ledger: seed ${SEED}\n`));

/** Plays a life. After each event the ledger has exactly the charges of the model. */
function play(drawn: DrawnLife): Charge[] {
  const played = new Played(drawn);
  const { model, books } = played;
  const compare = (from: number) => {
    const written = books.charges.slice(from).map(lineOf).sort();
    const expected = model.charges.slice(from).map(modelLineOf).sort();
    if (written.join() !== expected.join()) expect(written).toEqual(expected);
    if (!played.isEnded && +books.chargedUntil !== model.chargedUntil) {
      expect(books.chargedUntil).toEqual(new Date(model.chargedUntil));
    }
  };
  compare(0);
  for (const event of drawn.events) {
    if (played.isEnded) break;
    const from = model.charges.length;
    played.play(event);
    compare(from);
  }
  check(played);
  return books.charges;
}

/** Charges equal the price of the use, also when a subscription has ended; nothing is written or given back twice. */
function check({ model, books: { charges, currency } }: Played): void {
  const prices = pricesOfUse(model, charges);
  for (const [key, sum] of sums(charges))
    if (sum !== prices.get(key)) expect({ key, sum }).toEqual({ key, sum: prices.get(key) });
  for (const found of [repeated(charges), exceeded(charges), strange(charges, 'reseller', currency)])
    if (found.length > 0) expect(found).toEqual([]);
}

test(`in ${LIVES} random lives the ledger is the one of docs/money.md`, () => {
  fc.assert(
    fc.property(life, drawn => void play(drawn)),
    { numRuns: LIVES, seed: SEED },
  );
}, 3_600_000);

test('the same life gives the same ledger', () => {
  fc.assert(
    fc.property(life, drawn => expect(play(drawn).map(lineOf)).toEqual(play(drawn).map(lineOf))),
    { numRuns: 500, seed: SEED },
  );
}, 3_600_000);
